"""The JSON API of a snippet's test events: list, create, read, change, delete, order."""

from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError

from invoker.fault import Fault
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.scope import Scope
from playground.json_answers import REFUSALS, faults_response, json_request, read_body, refuse_forged
from playground.snippets import schemas, snippet_store
from playground.snippets.api import WRITES, own
from playground.snippets.models import Snippet, TestEvent
from playground.snippets.representation import event_object
from playground.snippets.test_event import TestEventFields, read_test_event, size_faults

router = ScopedRouter(tags=["test events"])
_WRONG_IDS = Fault(("ids",), "ids must name each test event of the snippet once.")
_EVENT = "/{uuid:snippet_id}/test-events/{uuid:event_id}"


@router.get(
    "/{uuid:snippet_id}/test-events",
    auth=needs(Scope.READ),
    response={200: schemas.TestEvents, **REFUSALS},
    summary="List test events",
)
def list_events(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """The test events of $LATEST in their order."""
    return _listed(own(request, snippet_id))


@router.post(
    "/{uuid:snippet_id}/test-events",
    auth=needs(Scope.WRITE),
    response={201: schemas.TestEvent, **WRITES},
    openapi_extra=json_request(schemas.TestEventBody),
    summary="Add a test event",
)
def create(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Add one behind the others."""
    fields = read_body(request, read_test_event)
    if isinstance(fields, HttpResponse):
        return fields
    snippet = own(request, snippet_id)
    return _replaced(snippet, [*snippet_store.events_of(snippet), fields], fields.name, HTTPStatus.CREATED)


@router.get(
    _EVENT, auth=needs(Scope.READ), response={200: schemas.TestEvent, **REFUSALS}, summary="Read a test event"
)
def read(request: HttpRequest, snippet_id: UUID, event_id: UUID) -> HttpResponse:
    """One test event of $LATEST."""
    return JsonResponse(event_object(_one(own(request, snippet_id), event_id)))


@router.put(
    _EVENT,
    auth=needs(Scope.WRITE),
    response={200: schemas.TestEvent, **WRITES},
    openapi_extra=json_request(schemas.TestEventBody),
    summary="Change a test event",
)
def change(request: HttpRequest, snippet_id: UUID, event_id: UUID) -> HttpResponse:
    """Give a test event other content at its place."""
    fields = read_body(request, read_test_event)
    if isinstance(fields, HttpResponse):
        return fields
    snippet = own(request, snippet_id)
    position = _position(snippet, event_id)
    events = snippet_store.events_of(snippet)
    events[position] = fields
    return _replaced(snippet, events, fields.name, HTTPStatus.OK, {fields.name: event_id})


@router.delete(_EVENT, auth=needs(Scope.WRITE), response={204: None, **WRITES}, summary="Delete a test event")
def delete(request: HttpRequest, snippet_id: UUID, event_id: UUID) -> HttpResponse:
    """Remove a test event from $LATEST; versions keep theirs."""
    refuse_forged(request)
    snippet = own(request, snippet_id)
    position = _position(snippet, event_id)
    events = snippet_store.events_of(snippet)
    snippet_store.events_changed(snippet, events[:position] + events[position + 1 :])
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@router.post(
    "/{uuid:snippet_id}/test-events/order",
    auth=needs(Scope.WRITE),
    response={200: schemas.TestEvents, **WRITES},
    openapi_extra=json_request(schemas.Order),
    summary="Order test events",
)
def order(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Bring all test events into an order."""
    ids = read_body(request, _ids)
    if isinstance(ids, HttpResponse):
        return ids
    snippet = own(request, snippet_id)
    rows = {str(row.id): row for row in snippet.test_events.filter(version=None)}
    if sorted(ids) != sorted(rows):
        return faults_response([_WRONG_IDS], HTTPStatus.UNPROCESSABLE_ENTITY)
    snippet_store.events_changed(snippet, [snippet_store.fields_of(rows[one]) for one in ids])
    return _listed(snippet)


def _listed(snippet: Snippet) -> HttpResponse:
    rows = snippet.test_events.filter(version=None)
    return JsonResponse({"test_events": [event_object(row) for row in rows]})


def _ids(body: object) -> tuple[str, ...] | list[Fault]:
    ids = body.get("ids") if isinstance(body, dict) else None
    return tuple(map(str, ids)) if isinstance(ids, list) else [_WRONG_IDS]


def _one(snippet: Snippet, event_id: UUID) -> TestEvent:
    row = snippet.test_events.filter(version=None, pk=event_id).first()
    if row is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no such test event.")
    return row


def _position(snippet: Snippet, event_id: UUID) -> int:
    ids = list(snippet.test_events.filter(version=None).values_list("id", flat=True))
    return ids.index(_one(snippet, event_id).pk)


def _replaced(
    snippet: Snippet,
    events: list[TestEventFields],
    name: str,
    status: HTTPStatus,
    ids: dict[str, UUID] | None = None,
) -> HttpResponse:
    if faults := size_faults(events):
        return faults_response(faults, HTTPStatus.UNPROCESSABLE_ENTITY)
    with transaction.atomic():
        snippet_store.events_changed(snippet, events, ids)
        row = snippet.test_events.get(version=None, name=name)
    return JsonResponse(event_object(row), status=status)
