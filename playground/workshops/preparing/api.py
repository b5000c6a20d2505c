"""What the plan editor asks for: the plan, Markdown as it will look, and a solution at its checks."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError

from invoker.fault import Fault
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.scope import Scope
from playground.database import in_database_thread
from playground.json_answers import REFUSALS, Refusal, faults_response, read_body, refuse_forged
from playground.refusal_body import refusal
from playground.workshops import attempt_store, live, reading, workshop_store
from playground.workshops.led import led_by
from playground.workshops.markdown import html_of
from playground.workshops.models import Workshop
from playground.workshops.participant.exercise_view import HEADING
from playground.workshops.plan import Exercise
from playground.workshops.plan_document import plan_document
from playground.workshops.plans import exercise_of, plan_of
from playground.workshops.preparing import schemas
from playground.workshops.preparing.plan_body import PlanChange, read_change, read_markdown
from playground.workshops.preparing.proof import proof_begun, proof_object

router = ScopedRouter(tags=["workshops"])
CHANGED = "Another tab has changed the workshop since."
WRITES: Any = {413: Refusal, **REFUSALS}


def _plan_object(workshop: Workshop) -> dict[str, Any]:
    return {"revision": workshop.revision, "plan": plan_document(plan_of(workshop))}


@router.get(
    "/{uuid:workshop_id}/plan",
    auth=needs(Scope.READ),
    response={200: schemas.StoredPlan, **REFUSALS},
    summary="Read a workshop's plan",
)
def read_plan(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """The whole plan, solutions and hidden checks with it."""
    return JsonResponse(_plan_object(led_by(request, workshop_id)))


@router.put(
    "/{uuid:workshop_id}/plan",
    auth=needs(Scope.WRITE),
    response={200: schemas.StoredPlan, 409: schemas.PlanConflict, **WRITES},
    openapi_extra=schemas.PLAN_BODY,
    summary="Save a workshop's plan",
)
def save_plan(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Put a plan in the place of the one of `revision`: 409 where that is not the newest.

    Whoever has begun an exercise keeps their work; a changed starter reaches all others.
    """
    workshop = led_by(request, workshop_id)
    change = read_body(request, read_change)
    if isinstance(change, HttpResponse):
        return change
    if not _is_saved(workshop, change):
        current = _plan_object(led_by(request, workshop_id))
        conflict = {**refusal([Fault(("revision",), CHANGED)]), "current": current}
        return JsonResponse(conflict, status=HTTPStatus.CONFLICT)
    live.tell_all(workshop.pk)
    return JsonResponse(_plan_object(workshop))


def _is_saved(workshop: Workshop, change: PlanChange) -> bool:
    if change.revision != workshop.revision:
        return False
    return workshop_store.plan_changed(workshop, change.plan.title, plan_document(change.plan))


@router.post(
    "/{uuid:workshop_id}/exercises/{exercise}/proof",
    auth=needs(Scope.INVOKE, in_loop=True),
    response={202: schemas.Proof, 429: Refusal, **REFUSALS},
    summary="Try a model solution",
)
async def prove(request: HttpRequest, workshop_id: UUID, exercise: str) -> HttpResponse:
    """Run the solution of one exercise, as it is stored, against all checks of it."""
    workshop, one = await in_database_thread(_to_prove, request, workshop_id, exercise)
    begun = await proof_begun(workshop, one)
    if isinstance(begun, list):
        index = plan_of(workshop).exercises.index(one)
        faults = reading.below(("plan", "exercises", str(index)), begun)
        return faults_response(faults, HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(proof_object(begun), status=HTTPStatus.ACCEPTED)


def _to_prove(request: HttpRequest, workshop_id: UUID, exercise: str) -> tuple[Workshop, Exercise]:
    refuse_forged(request)
    workshop = led_by(request, workshop_id)
    one = exercise_of(workshop, exercise)
    if one is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no such exercise.")
    return workshop, one


@router.get(
    "/{uuid:workshop_id}/exercises/{exercise}/proof",
    auth=needs(Scope.READ),
    response={200: schemas.Proof, **REFUSALS},
    summary="Read what came of a model solution",
)
def read_proof(request: HttpRequest, workshop_id: UUID, exercise: str) -> HttpResponse:
    """The last attempt at the plan as it is now."""
    attempts = attempt_store.of_solutions(led_by(request, workshop_id))
    last = next((one for one in attempts if one.exercise == exercise), None)
    if last is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "The solution has not been tried at this version.")
    return JsonResponse(proof_object(last))


@router.post(
    "/markdown",
    auth=needs(Scope.READ),
    response={200: schemas.Preview, **WRITES},
    openapi_extra=schemas.MARKDOWN_BODY,
    summary="Show Markdown as it will look",
)
def preview(request: HttpRequest) -> HttpResponse:
    """A text of a plan as participants see it. Nothing is kept."""
    text = read_body(request, read_markdown)
    if isinstance(text, HttpResponse):
        return text
    return JsonResponse({"html": html_of(text, HEADING)})
