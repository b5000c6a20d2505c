"""What the wall asks for: how it stands, somebody's code and runs; and what is done from it."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError

from invoker.fault import Fault
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.scope import Scope
from playground.invocations.models import Invocation
from playground.invocations.representation import SHORT_FIELDS, short_object
from playground.json_answers import REFUSALS, Refusal, faults_response, read_body, refuse_forged
from playground.json_body import Fields
from playground.workshops import live, participants, showing, work_store
from playground.workshops.led import led_by
from playground.workshops.limits import NOTES_PER_PARTICIPANT_MAX
from playground.workshops.models import Attempt, Note, Participant
from playground.workshops.participant.exercise_view import attempt_object
from playground.workshops.plan import Exercise
from playground.workshops.plans import exercise_of
from playground.workshops.shapes import Shown
from playground.workshops.wall import schemas
from playground.workshops.wall.state import wall_object
from playground.workshops.wall.steering import read_steering, read_text, steered

router = ScopedRouter(tags=["workshops"])
ATTEMPTS_SHOWN = 20
RUNS_SHOWN = 20
WRITES: Any = {413: Refusal, **REFUSALS}


def _participant(request: HttpRequest, workshop_id: UUID, participant_id: UUID) -> Participant:
    workshop = led_by(request, workshop_id)
    found = Participant.objects.filter(pk=participant_id, workshop=workshop, removed_at=None).first()
    if found is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no such participant.")
    return found


@router.get(
    "/{uuid:workshop_id}/wall",
    auth=needs(Scope.READ),
    response={200: schemas.Wall, **REFUSALS},
    summary="Read the wall",
)
def wall(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Everything that it shows. The WebSocket `/ws/workshops/{id}/wall` sends it, and then what changes."""
    return JsonResponse(wall_object(led_by(request, workshop_id)))


@router.post(
    "/{uuid:workshop_id}/steer",
    auth=needs(Scope.WRITE),
    response={200: schemas.Wall, **WRITES},
    openapi_extra=schemas.STEERING_BODY,
    summary="Change something for all",
)
def steer(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Announce, open and close exercises, lock submissions, limit runs: all that is named, at once."""
    workshop = led_by(request, workshop_id)
    steering = read_body(request, read_steering)
    if isinstance(steering, HttpResponse):
        return steering
    if faults := steered(workshop, steering):
        return faults_response(faults, HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(wall_object(workshop))


@router.post(
    "/{uuid:workshop_id}/showing",
    auth=needs(Scope.WRITE),
    response={200: schemas.Wall, **WRITES},
    openapi_extra=schemas.SHOWING_BODY,
    summary="Ask to show an attempt to all",
)
def show(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Ask whoever made it, in place of what was asked or shown before. Nobody sees it until they agree."""
    workshop = led_by(request, workshop_id)
    attempt_id = read_body(request, _read_attempt)
    if isinstance(attempt_id, HttpResponse):
        return attempt_id
    if showing.asked(workshop, attempt_id) is None:
        fault = Fault(("attempt",), "There is no such attempt of somebody who is in.")
        return faults_response([fault], HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(wall_object(workshop))


@router.get(
    "/{uuid:workshop_id}/showing",
    auth=needs(Scope.READ),
    response={200: Shown, **REFUSALS},
    summary="Read what is shown to all",
)
def shown(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """The same as participants see, so that a projector shows no hidden check."""
    told = showing.shown_object(led_by(request, workshop_id))
    if told is None:
        raise HttpError(HTTPStatus.NOT_FOUND, showing.NOTHING)
    return JsonResponse(told)


@router.delete(
    "/{uuid:workshop_id}/showing",
    auth=needs(Scope.WRITE),
    response={200: schemas.Wall, **REFUSALS},
    summary="Show nothing any more",
)
def show_nothing(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Neither shown nor asked for."""
    refuse_forged(request)
    workshop = led_by(request, workshop_id)
    showing.ended(workshop)
    return JsonResponse(wall_object(workshop))


@router.get(
    "/{uuid:workshop_id}/participants/{uuid:participant_id}/exercises/{exercise}",
    auth=needs(Scope.READ),
    response={200: schemas.Look, **REFUSALS},
    summary="Look at somebody's code and runs",
)
def look(request: HttpRequest, workshop_id: UUID, participant_id: UUID, exercise: str) -> HttpResponse:
    """What is in their editor now, what came of their checks, and their last tests."""
    participant = _participant(request, workshop_id, participant_id)
    one = exercise_of(participant.workshop, exercise)
    if one is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no such exercise.")
    return JsonResponse(_look_object(participant, one))


def _look_object(participant: Participant, exercise: Exercise) -> dict[str, Any]:
    work = work_store.found(participant, exercise.id)
    function = asdict(work_store.content_of(work, exercise).function)
    attempts = participant.attempts.filter(exercise=exercise.id).order_by("-created_at")[:ATTEMPTS_SHOWN]
    tests = Invocation.objects.filter(owner=participant.runs_as).only(*SHORT_FIELDS)
    return {
        "participant": str(participant.pk),
        "exercise": exercise.id,
        "revision": work.revision,
        "is_begun": work.started_at is not None,
        "files": function["files"],
        "handler": function["handler"],
        "attempts": [_attempt_object(one) for one in attempts],
        "runs": [short_object(row) for row in tests.order_by("-created_at")[:RUNS_SHOWN]],
    }


def _attempt_object(attempt: Attempt) -> dict[str, Any]:
    """As its participant is told of it, and what is hidden from them."""
    return {**attempt_object(attempt), "error": attempt.error, "results": attempt.results}


@router.post(
    "/{uuid:workshop_id}/participants/{uuid:participant_id}/notes",
    auth=needs(Scope.WRITE),
    response={201: schemas.Noted, **WRITES},
    openapi_extra=schemas.NOTE_BODY,
    summary="Leave a note",
)
def note(request: HttpRequest, workshop_id: UUID, participant_id: UUID) -> HttpResponse:
    """A note that appears in their editor."""
    participant = _participant(request, workshop_id, participant_id)
    said = read_body(request, _read_note)
    if isinstance(said, HttpResponse):
        return said
    text, exercise = said
    if exercise and exercise_of(participant.workshop, exercise) is None:
        fault = Fault(("exercise",), "There is no such exercise.")
        return faults_response([fault], HTTPStatus.UNPROCESSABLE_ENTITY)
    if participant.notes.count() >= NOTES_PER_PARTICIPANT_MAX:
        message = f"There are {NOTES_PER_PARTICIPANT_MAX} notes for them, the most there may be."
        return faults_response([Fault(("text",), message)], HTTPStatus.UNPROCESSABLE_ENTITY)
    row = Note.objects.create(participant=participant, text=text, exercise=exercise)
    live.tell_of(participant)
    return JsonResponse({"id": row.pk}, status=HTTPStatus.CREATED)


@router.post(
    "/{uuid:workshop_id}/participants/{uuid:participant_id}/lower-hand",
    auth=needs(Scope.WRITE),
    response={204: None, **REFUSALS},
    summary="Lower somebody's hand",
)
def lower_hand(request: HttpRequest, workshop_id: UUID, participant_id: UUID) -> HttpResponse:
    """They have been helped."""
    refuse_forged(request)
    participant = _participant(request, workshop_id, participant_id)
    participants.hand_raised(participant, False)
    live.tell_of(participant)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _read_attempt(body: object) -> UUID | list[Fault]:
    fields = Fields(body, "what is to be shown", ("attempt",))
    text = fields.text("attempt", "", 64)
    try:
        return fields.faults or UUID(text)
    except ValueError:
        return [Fault(("attempt",), "attempt must be the id of an attempt.")]


def _read_note(body: object) -> tuple[str, str] | list[Fault]:
    fields = Fields(body, "a note", ("text", "exercise"))
    text: str = fields.take("text", "", read_text("text"))
    exercise = fields.text("exercise", "", 64)
    if "text" not in fields:
        fields.faults.append(Fault(("text",), "text is missing."))
    return fields.faults or (text, exercise)
