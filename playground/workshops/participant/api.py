"""What a participant's page asks for. The token of the personal link in the address says whose it is."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError

from invoker.fault import Fault
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.scope import Scope
from playground.client_address import client_address
from playground.database import in_database_thread
from playground.invocations import admission
from playground.json_answers import REFUSALS, Refusal, faults_response, read_body, refuse_forged, try_later
from playground.json_body import Fields
from playground.refusal_body import refusal
from playground.workshops import live, participants, showing, work_store, workshop_store
from playground.workshops.checking import Checked, checked
from playground.workshops.models import Attempt, Copy, Participant, Work
from playground.workshops.participant import schemas
from playground.workshops.participant.exercise_view import attempt_object, exercise_object, work_object
from playground.workshops.participant.state import state_object
from playground.workshops.participant.work_reader import WorkFields, read_work
from playground.workshops.plan import Exercise
from playground.workshops.plans import exercise_of
from playground.workshops.shapes import AttemptObject, Shown

router = ScopedRouter(tags=["workshops"])
GONE = "This link opens nothing, or you are no longer in the workshop."
NO_EXERCISE = "There is no such exercise, or it is not open."
LOCKED = "Whoever leads the workshop takes nothing more: your work stays as it was."
CHANGED = "This exercise was changed in another tab."
WRITES: Any = {413: Refusal, **REFUSALS}


def _participant(token: str) -> Participant:
    found = participants.found(token)
    if found is None:
        raise HttpError(HTTPStatus.NOT_FOUND, GONE)
    return found


def _exercise(token: str, exercise_id: str) -> tuple[Participant, Exercise]:
    participant = _participant(token)
    exercise = exercise_of(participant.workshop, exercise_id)
    if exercise is None or exercise_id not in workshop_store.open_exercises(participant.workshop):
        raise HttpError(HTTPStatus.NOT_FOUND, NO_EXERCISE)
    return participant, exercise


def _to_change(request: HttpRequest, token: str, exercise_id: str) -> tuple[Participant, Exercise]:
    refuse_forged(request)
    participant, exercise = _exercise(token, exercise_id)
    if participant.workshop.locked:
        raise HttpError(HTTPStatus.FORBIDDEN, LOCKED)
    return participant, exercise


@router.get(
    "/{token}", auth=needs(Scope.READ), response={200: schemas.State, **REFUSALS}, summary="How it stands"
)
def state(request: HttpRequest, token: str) -> HttpResponse:
    """The workshop and one's own progress. The WebSocket `/ws/participants/{token}` sends the same, at once
    and whenever something changes."""
    return JsonResponse(state_object(_participant(token)))


@router.post(
    "/{token}/hand",
    auth=needs(Scope.WRITE),
    response={200: schemas.State, **WRITES},
    openapi_extra=schemas.HAND_BODY,
    summary="Ask for help, or no longer",
)
def hand(request: HttpRequest, token: str) -> HttpResponse:
    """Raise or lower one's hand."""
    raised = read_body(request, _raised)
    if isinstance(raised, HttpResponse):
        return raised
    participants.hand_raised(_participant(token), raised)
    participant = _participant(token)
    live.tell_of(participant)
    return JsonResponse(state_object(participant))


@router.post(
    "/{token}/showing",
    auth=needs(Scope.WRITE),
    response={200: schemas.State, **WRITES},
    openapi_extra=schemas.ANSWER_BODY,
    summary="Agree to be shown, or not",
)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Let one's own attempt be shown to all, or no longer."""
    agrees = read_body(request, _agrees)
    if isinstance(agrees, HttpResponse):
        return agrees
    participant = _participant(token)
    if not showing.answered(participant, agrees):
        raise HttpError(HTTPStatus.NOT_FOUND, "Nobody asks for that any more.")
    return JsonResponse(state_object(participant))


@router.get(
    "/{token}/showing",
    auth=needs(Scope.READ),
    response={200: Shown, **REFUSALS},
    summary="Read what is shown to all",
)
def shown(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's code and results."""
    told = showing.shown_object(_participant(token).workshop)
    if told is None:
        raise HttpError(HTTPStatus.NOT_FOUND, showing.NOTHING)
    return JsonResponse(told)


@router.get(
    "/{token}/exercises/{exercise}",
    auth=needs(Scope.READ),
    response={200: schemas.ExerciseObject, **REFUSALS},
    summary="Read an exercise",
)
def read(request: HttpRequest, token: str, exercise: str) -> HttpResponse:
    """Instructions, the hints that were opened, titles of checks, one's own work and attempts."""
    participant, one = _exercise(token, exercise)
    return JsonResponse(exercise_object(participant, one, work_store.found(participant, one.id)))


@router.put(
    "/{token}/exercises/{exercise}/work",
    auth=needs(Scope.WRITE),
    response={200: schemas.StoredWork, 409: schemas.Conflict, **WRITES},
    openapi_extra=schemas.WORK_BODY,
    summary="Save one's work",
)
def save(request: HttpRequest, token: str, exercise: str) -> HttpResponse:
    """Keep what is in the editor. A `revision` that is not the work's own any more is refused with 409."""
    participant, one = _to_change(request, token, exercise)
    fields = read_body(request, read_work)
    if isinstance(fields, HttpResponse):
        return fields
    work = work_store.found(participant, one.id)
    return _saved(participant, one, work, fields)


def _saved(participant: Participant, one: Exercise, work: Work, fields: WorkFields) -> HttpResponse:
    content = work_store.Content(function=fields.function, test_events=fields.test_events)
    try:
        row = work_store.saved(work, content, fields.revision)
    except work_store.ChangedMeanwhile:
        current = work_object(work_store.found(participant, one.id), one)
        return JsonResponse(
            {**refusal([Fault(("revision",), CHANGED)]), "current": current}, status=HTTPStatus.CONFLICT
        )
    participants.seen(participant, one.id)
    live.tell_wall(participant.workshop_id, participant.pk)
    return JsonResponse(work_object(row, one))


@router.post(
    "/{token}/exercises/{exercise}/hints",
    auth=needs(Scope.WRITE),
    response={200: schemas.ExerciseObject, **REFUSALS},
    summary="Open the next hint",
)
def hint(request: HttpRequest, token: str, exercise: str) -> HttpResponse:
    """One more hint; where all are open nothing changes."""
    return _changed(request, token, exercise, work_store.hint_opened)


@router.post(
    "/{token}/exercises/{exercise}/starter",
    auth=needs(Scope.WRITE),
    response={200: schemas.ExerciseObject, **REFUSALS},
    summary="Bring the starter back",
)
def starter(request: HttpRequest, token: str, exercise: str) -> HttpResponse:
    """Begin anew; one's own work is kept as a copy."""
    return _changed(request, token, exercise, lambda work, _: work_store.reset(work))


@router.post(
    "/{token}/exercises/{exercise}/restore",
    auth=needs(Scope.WRITE),
    response={200: schemas.ExerciseObject, **WRITES},
    openapi_extra=schemas.COPY_BODY,
    summary="Bring a copy back",
)
def restore(request: HttpRequest, token: str, exercise: str) -> HttpResponse:
    """Earlier work in place of what is there, which is kept as a copy in turn."""
    copy_id = read_body(request, _copy_id)
    if isinstance(copy_id, HttpResponse):
        return copy_id

    def bring_back(work: Work, _: Exercise) -> Work:
        copy = Copy.objects.filter(pk=copy_id, work_id=work.pk).first() if work.pk else None
        if copy is None:
            raise HttpError(HTTPStatus.NOT_FOUND, "There is no such copy.")
        return work_store.restored(work, copy)

    return _changed(request, token, exercise, bring_back)


def _changed(
    request: HttpRequest, token: str, exercise: str, change: Callable[[Work, Exercise], Work]
) -> HttpResponse:
    participant, one = _to_change(request, token, exercise)
    work = change(work_store.found(participant, one.id), one)
    participants.seen(participant, one.id)
    live.tell_of(participant)
    return JsonResponse(exercise_object(participant, one, work))


@router.post(
    "/{token}/exercises/{exercise}/attempts",
    auth=needs(Scope.INVOKE, in_loop=True),
    response={202: AttemptObject, 429: Refusal, **REFUSALS},
    summary="Run the checks",
)
async def attempt(request: HttpRequest, token: str, exercise: str) -> HttpResponse:
    """Run all checks against one's work as it is stored, or go on with those that run already."""
    participant, one = await in_database_thread(_to_change, request, token, exercise)
    content = await in_database_thread(_content, participant, one)
    try:
        begun = await checked(
            Checked(workshop=participant.workshop, participant=participant, exercise=one, function=content),
            client_address(request),
        )
    except admission.Refused as error:
        return try_later(error, error.retry_after_s)
    if isinstance(begun, list):
        return faults_response(begun, HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(attempt_object(begun), status=HTTPStatus.ACCEPTED)


def _content(participant: Participant, exercise: Exercise) -> Any:
    participants.seen(participant, exercise.id)
    return work_store.content_of(work_store.found(participant, exercise.id), exercise).function


@router.get(
    "/{token}/attempts/{uuid:attempt_id}",
    auth=needs(Scope.READ),
    response={200: AttemptObject, **REFUSALS},
    summary="Read an attempt",
)
def read_attempt(request: HttpRequest, token: str, attempt_id: UUID) -> HttpResponse:
    """What came of each check."""
    row = Attempt.objects.filter(pk=attempt_id, participant=_participant(token)).first()
    if row is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no such attempt of yours.")
    return JsonResponse(attempt_object(row))


def _raised(body: object) -> bool | list[Fault]:
    return _truth(body, "a hand", "raised")


def _agrees(body: object) -> bool | list[Fault]:
    return _truth(body, "an answer", "agrees")


def _truth(body: object, what: str, name: str) -> bool | list[Fault]:
    fields = Fields(body, what, (name,))
    value = fields.truth(name, False)
    if name not in fields:
        fields.faults.append(Fault((name,), f"{name} is missing."))
    return fields.faults or value


def _copy_id(body: object) -> int | list[Fault]:
    fields = Fields(body, "a copy", ("copy_id",))
    number = fields.whole_number("copy_id", 0, "no unit")
    return fields.faults or min(number, 2**62)
