"""How a workshop is prepared: made, read in, changed as JSON, tried, copied, and deleted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from invoker.fault import Fault
from playground import json_body
from playground.database import in_database_thread
from playground.owner import owner_of
from playground.workshops import deletion, live, reading, workshop_store
from playground.workshops.models import Workshop
from playground.workshops.plan import WorkshopPlan
from playground.workshops.plan_document import plan_document
from playground.workshops.plan_files import plan_of_zip, zip_of_plan
from playground.workshops.plan_reader import read_plan
from playground.workshops.plans import plan_of
from playground.workshops.preparing.proof import proof_begun
from playground.workshops.shipped_workshops import shipped_names, shipped_workshop
from playground.workshops.teacher.own import own
from playground.workshops.teacher.pages import workshop_page

UPLOAD_BYTES_MAX = 16 * 1024 * 1024
CHANGED = "Another tab has changed the workshop since. Your text is still here: copy it, and reload."
FIRST_PLAN = {
    "title": "New workshop",
    "description": "What it is about.",
    "exercises": [
        {
            "id": "hello",
            "title": "Hello",
            "minutes": 10,
            "instructions": "Answer with a greeting for the `name` in the event.",
            "starter": {"files": {"index.mjs": "export const handler = async (event) => {\n};\n"}},
            "solution": {"index.mjs": "export const handler = async (event) => `Hello, ${event.name}!`;\n"},
            "test_events": [{"name": "ada", "event": '{"name": "Ada"}'}],
            "hints": ["A template literal puts a value into a text."],
            "checks": [
                {
                    "id": "greets",
                    "title": "Greets Ada",
                    "event": '{"name": "Ada"}',
                    "expectations": [{"kind": "response_equals", "value": "Hello, Ada!"}],
                }
            ],
        }
    ],
}
"""What a new workshop begins with: one of everything."""


@dataclass(frozen=True, slots=True)
class ShownFault:
    """A fault with the way to its place in words."""

    place: str
    message: str


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Make a workshop that has one exercise, and go on to change it."""
    plan = read_plan(FIRST_PLAN)
    if isinstance(plan, list):
        raise AssertionError(plan)
    return _made(request, plan, "workshop_plan")


@require_POST
def read_in(request: HttpRequest) -> HttpResponse:
    """Make a workshop of an archive of plain files, or of a JSON document."""
    upload = request.FILES.get("file")
    if upload is None or upload.size is None or upload.size > UPLOAD_BYTES_MAX:
        return _refused(request, [Fault((), "Choose a .zip or a .json of at most 16 MB.")])
    data = upload.read()
    plan = plan_of_zip(data) if data.startswith(b"PK") else _of_json(data)
    return _refused(request, plan) if isinstance(plan, list) else _made(request, plan)


@require_POST
def take_shipped(request: HttpRequest, name: str) -> HttpResponse:
    """Make a workshop of one that ships with the playground."""
    if name not in shipped_names():
        raise Http404
    return _made(request, shipped_workshop(name))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_text(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """The plan as JSON, with its faults at their places."""
    one = own(request, workshop_id)
    text = json.dumps(plan_document(plan_of(one)), indent=2, ensure_ascii=False)
    revision = one.revision
    faults: Sequence[Fault] = []
    if request.method == "POST":
        text = request.POST.get("plan", "").replace("\r\n", "\n")
        given = request.POST.get("revision", "")
        revision = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
        read = _of_json(text.encode(errors="surrogatepass"))
        if isinstance(read, list):
            faults = read
        elif revision != one.revision or not workshop_store.plan_changed(
            one, read.title, plan_document(read)
        ):
            faults = [Fault((), CHANGED)]
        else:
            live.tell_all(one.pk)
            return redirect("workshop", workshop_id=one.pk)
    context = {"workshop": one, "text": text, "revision": revision, "faults": _shown(faults)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "workshops/plan_text.html", context, status=status)


@require_safe
@never_cache
def export(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """The workshop as an archive of plain files, without anybody who takes part."""
    one = own(request, workshop_id)
    headers = {"Content-Disposition": 'attachment; filename="workshop.zip"'}
    return HttpResponse(zip_of_plan(plan_of(one)), content_type="application/zip", headers=headers)


@require_POST
def duplicate(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """The same plan as another workshop, in which nobody is."""
    return _made(request, plan_of(own(request, workshop_id)))


@require_POST
async def prove(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Run every solution against its checks."""
    one: Workshop = await in_database_thread(own, request, workshop_id)
    faults: list[Fault] = []
    for exercise in (await in_database_thread(plan_of, one)).exercises:
        begun = await proof_begun(one, exercise)
        if isinstance(begun, list):
            faults += reading.below((exercise.id,), begun)
    if faults:
        said = " ".join(f"{one.place}: {one.message}" for one in _shown(faults))
        return await in_database_thread(workshop_page, request, one, said, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("workshop", workshop_id=one.pk)


@require_POST
def delete(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Delete the workshop with everything of everybody in it, or only that."""
    one = own(request, workshop_id)
    if request.POST.get("sure") != "yes":
        sentence = "Tick the box first: what is deleted does not come back."
        return workshop_page(request, one, sentence, HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("what") == "participants":
        deletion.participants_deleted(one)
        live.tell_all(one.pk)
        return redirect("workshop", workshop_id=one.pk)
    workshop_id = one.pk
    deletion.workshop_deleted(one)
    live.tell_all(workshop_id)
    return redirect("workshops")


def _of_json(data: bytes) -> WorkshopPlan | list[Fault]:
    try:
        return read_plan(json_body.parse(data))
    except json_body.NotJson as error:
        return [Fault((), str(error))]


def _made(request: HttpRequest, plan: WorkshopPlan, then: str = "workshop") -> HttpResponse:
    try:
        one = workshop_store.created(owner_of(request), plan.title, plan_document(plan))
    except workshop_store.TooManyWorkshops as error:
        return _refused(request, [Fault((), str(error))])
    return redirect(then, workshop_id=one.pk)


def _refused(request: HttpRequest, faults: Sequence[Fault]) -> HttpResponse:
    context = {"faults": _shown(faults)}
    return render(request, "workshops/refused.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _shown(faults: Sequence[Fault]) -> list[ShownFault]:
    return [ShownFault(" / ".join(fault.field), fault.message) for fault in faults]
