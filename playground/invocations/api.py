"""The JSON API of invocations: create one, read it, its events and its whole response, cancel it."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Field
from ninja.errors import HttpError
from redis.exceptions import RedisError

from invoker.deployment_package import DeploymentPackage
from invoker.event_payload import normalised
from invoker.fault import Fault
from invoker.typescript import is_compiled
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.scope import Scope
from playground.client_address import client_address
from playground.database import in_database_thread
from playground.invocations import admission, schemas, service, stream, submission_reader, visibility
from playground.invocations.models import Invocation
from playground.invocations.representation import SHORT_FIELDS, invocation_object, short_object
from playground.json_answers import (
    REFUSALS,
    Refusal,
    faults_response,
    json_request,
    read_body,
    refuse_forged,
    try_later,
)
from playground.owner import owner_of
from playground.snippets import compiling, packages
from playground.snippets.models import Snippet
from playground.snippets.schemas import FunctionName

router = ScopedRouter(tags=["invocations"])
SEQ_MAX = 2**53
NO_SUCH_INVOCATION = "There is no such invocation."
LIST_DEFAULT = 20
LIST_MAX = 100
BYTES: Any = {
    "responses": {
        HTTPStatus.OK: {
            "description": "OK",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
BODY = json_request(schemas.Submission)


def readable(request: HttpRequest) -> QuerySet[Invocation]:
    """The invocations that whoever asks may read."""
    return visibility.readable(getattr(request, "user", AnonymousUser()), owner_of(request))


def _one(request: HttpRequest, invocation_id: UUID) -> Invocation:
    row = readable(request).select_related("package").filter(id=invocation_id).first()
    if row is None:
        raise HttpError(HTTPStatus.NOT_FOUND, NO_SUCH_INVOCATION)
    return row


@router.post(
    "",
    auth=needs(Scope.INVOKE, in_loop=True),
    response={202: schemas.Invocation, 413: Refusal, 429: Refusal, **REFUSALS},
    openapi_extra=BODY,
    summary="Create an invocation",
)
async def create(request: HttpRequest) -> HttpResponse:
    """Check a submission and queue it. Every fault of it is told at once, at its field."""
    answer = await in_database_thread(_create, request)
    if isinstance(answer, HttpResponse):
        return answer
    # The files have to be compiled first, which no thread of the database should wait for.
    files = await compiling.compiled(answer.function.files)
    if isinstance(files, list):
        return faults_response(files, HTTPStatus.UNPROCESSABLE_ENTITY)
    return await in_database_thread(_submit, request, answer, files)


def _create(request: HttpRequest) -> HttpResponse | submission_reader.Draft:
    """The answer, or the submission where it is good and in TypeScript."""
    draft = read_body(request, submission_reader.read)
    if isinstance(draft, HttpResponse):
        return draft
    if not is_compiled(draft.function.files):
        return _submit(request, draft, draft.function.files)
    try:
        # Nothing is compiled for a submission that is refused.
        admission.admit(owner_of(request), client_address(request))
    except admission.Refused as error:
        return try_later(error, error.retry_after_s)
    return draft


def _submit(request: HttpRequest, draft: submission_reader.Draft, files: dict[str, str]) -> HttpResponse:
    """Queue a submission; `files` are those of its package."""
    owner, address = owner_of(request), client_address(request)
    function_name = draft.function_name
    if draft.snippet_id:
        snippet = Snippet.live.filter(pk=draft.snippet_id, owner=owner).only("function_name").first()
        if snippet is None:
            fault = Fault(("snippet",), "There is no such snippet of yours.")
            return faults_response([fault], HTTPStatus.UNPROCESSABLE_ENTITY)
        function_name = snippet.function_name
    package = DeploymentPackage.of_texts(files)
    try:
        if not packages.is_stored(package):
            # Nothing is kept for a submission that is refused.
            admission.admit(owner, address)
            packages.store(package)
        row = service.submit(
            service.Submission(
                owner=owner,
                address=address,
                function_name=function_name,
                snippet_id=draft.snippet_id,
                from_editor=True,
                package_id=package.sha256,
                handler=draft.function.handler,
                memory_size=draft.function.memory_size,
                timeout=draft.function.timeout,
                ephemeral_storage=draft.function.ephemeral_storage,
                environment=draft.function.environment,
                event=normalised(draft.event),
                start_cold=draft.start_cold,
            )
        )
    except admission.Refused as error:
        return try_later(error, error.retry_after_s)
    except service.QueueUnavailable as error:
        raise HttpError(HTTPStatus.SERVICE_UNAVAILABLE, str(error)) from error
    return JsonResponse(invocation_object(row, draft.function.files), status=HTTPStatus.ACCEPTED)


@router.get(
    "",
    auth=needs(Scope.READ),
    response={200: schemas.Invocations, 422: Refusal},
    summary="List a function's last",
)
def last(
    request: HttpRequest,
    function_name: FunctionName = submission_reader.FUNCTION_NAME_DEFAULT,
    limit: Annotated[int, Field(ge=1, le=LIST_MAX)] = LIST_DEFAULT,
) -> HttpResponse:
    """One's own last invocations of a function, the latest first, in short."""
    own = readable(request).filter(owner=owner_of(request), function_name=function_name)
    rows = own.only(*SHORT_FIELDS).order_by("-created_at")[:limit]
    return JsonResponse({"invocations": [short_object(row) for row in rows]})


@router.get(
    "/{uuid:invocation_id}",
    auth=needs(Scope.INVOKE, Scope.READ),
    response={200: schemas.Invocation, **REFUSALS},
    summary="Read an invocation",
)
def read(request: HttpRequest, invocation_id: UUID) -> HttpResponse:
    """The invocation as it is now."""
    return JsonResponse(invocation_object(_one(request, invocation_id)))


@router.get(
    "/{uuid:invocation_id}/response",
    auth=needs(Scope.INVOKE, Scope.READ),
    response=REFUSALS,
    openapi_extra=BYTES,
    summary="Read the whole response",
)
def response(request: HttpRequest, invocation_id: UUID) -> HttpResponse:
    """The response's own bytes, uncut; empty until the invocation is finished."""
    content = bytes(_one(request, invocation_id).response)
    # A function chooses these bytes: no browser may take them for a page of ours.
    headers = {"Content-Disposition": f'attachment; filename="{invocation_id}.json"'}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@router.get(
    "/{uuid:invocation_id}/events",
    auth=needs(Scope.INVOKE, Scope.READ, in_loop=True),
    response={200: schemas.Events, **REFUSALS},
    summary="Read the events",
)
async def events(
    request: HttpRequest, invocation_id: UUID, after: Annotated[int, Field(ge=0, le=SEQ_MAX)] = 0
) -> HttpResponse:
    """The events after number `after` that have happened by now. The WebSocket
    `/ws/invocations/{id}?after=` sends the same as they happen, and closes after `finished`."""
    await in_database_thread(_one, request, invocation_id)
    try:
        return JsonResponse({"events": await stream.so_far(invocation_id, after)})
    except RedisError as error:
        raise HttpError(HTTPStatus.SERVICE_UNAVAILABLE, "The live events cannot be read.") from error


@router.post(
    "/{uuid:invocation_id}/cancel",
    auth=needs(Scope.INVOKE),
    response={202: schemas.Invocation, **REFUSALS},
    summary="Cancel",
)
def cancel(request: HttpRequest, invocation_id: UUID) -> HttpResponse:
    """End an invocation; one that is finished stays as it is."""
    refuse_forged(request)
    row = _one(request, invocation_id)
    if not visibility.may_change(getattr(request, "user", AnonymousUser()), owner_of(request), row):
        raise HttpError(HTTPStatus.NOT_FOUND, NO_SUCH_INVOCATION)
    service.cancel(row)
    row.refresh_from_db()
    return JsonResponse(invocation_object(row), status=HTTPStatus.ACCEPTED)
