"""The JSON API of snippets: create, list, read, save, delete, bring back."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Field
from ninja.errors import HttpError

from invoker.dependency_specs import dependency_faults
from invoker.fault import Fault
from invoker.typescript import is_compiled
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.scope import Scope
from playground.database import in_database_thread
from playground.json_answers import (
    REFUSALS,
    Refusal,
    faults_response,
    json_request,
    read_body,
    refuse_forged,
)
from playground.owner import owner_of
from playground.refusal_body import refusal
from playground.snippets import compiling, schemas, snippet_store
from playground.snippets.listing import AFTER_MAX, LIST_DEFAULT, LIST_MAX, Sort, Wanted, listed
from playground.snippets.models import Snippet
from playground.snippets.representation import short_object, snippet_object
from playground.snippets.snippet_reader import SnippetFields, read_snippet

router = ScopedRouter(tags=["snippets"])
BODY = json_request(schemas.SnippetBody)
WRITES: Any = {409: schemas.Conflict, 413: Refusal, 429: Refusal, **REFUSALS}


def own(request: HttpRequest, snippet_id: UUID, among: QuerySet[Snippet] | None = None) -> Snippet:
    """One's own snippet. Raises HttpError where there is none."""
    snippet = snippet_store.found(owner_of(request), snippet_id, among)
    if snippet is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no such snippet.")
    return snippet


@router.post(
    "",
    auth=needs(Scope.WRITE, in_loop=True),
    response={201: schemas.Snippet, **WRITES},
    openapi_extra=BODY,
    summary="Create a snippet",
)
async def create(request: HttpRequest) -> HttpResponse:
    """Store a snippet, whose TypeScript is compiled. Without a name it gets a free one."""
    return await _written(request, _created)


@router.put(
    "/{uuid:snippet_id}",
    auth=needs(Scope.WRITE, in_loop=True),
    response={200: schemas.Snippet, **WRITES},
    openapi_extra=BODY,
    summary="Save a snippet",
)
async def save(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Give $LATEST other content. A `revision_id` that is not its own any more is refused with 409."""

    def saved(request: HttpRequest, fields: SnippetFields, files: dict[str, str]) -> Snippet:
        return snippet_store.saved(own(request, snippet_id), fields, files)

    await in_database_thread(own, request, snippet_id)
    return await _written(request, saved, snippet_id)


@router.get(
    "", auth=needs(Scope.READ), response={200: schemas.Snippets, 422: Refusal}, summary="List one's snippets"
)
def list_snippets(
    request: HttpRequest,
    search: Annotated[str, Field(max_length=200)] = "",
    tag: Annotated[str, Field(max_length=128)] = "",
    sort: Sort = "changed",
    deleted: bool = False,
    limit: Annotated[int, Field(ge=1, le=LIST_MAX)] = LIST_DEFAULT,
    after: Annotated[int, Field(ge=0, le=AFTER_MAX)] = 0,
) -> HttpResponse:
    """One's own snippets in short; `next` of an answer is the `after` of the next page."""
    wanted = Wanted(owner_of(request), search, tag, sort, deleted, limit, after)
    page = listed(wanted)
    snippets = [short_object(snippet, page.runs.get(snippet.pk)) for snippet in page.snippets]
    return JsonResponse({"snippets": snippets, "next": page.next})


@router.get(
    "/{uuid:snippet_id}",
    auth=needs(Scope.READ),
    response={200: schemas.Snippet, **REFUSALS},
    summary="Read a snippet",
)
def read(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Everything of it, with the values of its environment variables."""
    return JsonResponse(snippet_object(own(request, snippet_id)))


@router.delete(
    "/{uuid:snippet_id}",
    auth=needs(Scope.WRITE),
    response={204: None, **REFUSALS},
    summary="Delete a snippet",
)
def delete(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Put it into the bin, from which it can be brought back for a time."""
    refuse_forged(request)
    snippet_store.deleted(own(request, snippet_id))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@router.post(
    "/{uuid:snippet_id}/undelete",
    auth=needs(Scope.WRITE),
    response={200: schemas.Snippet, **REFUSALS},
    summary="Bring it back",
)
def undelete(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Take a snippet out of the bin, under another name where its own was taken in between."""
    refuse_forged(request)
    snippet = own(request, snippet_id, Snippet.objects.all())
    return JsonResponse(snippet_object(snippet_store.undeleted(snippet)))


Write = Callable[[HttpRequest, SnippetFields, dict[str, str]], Snippet]


def _created(request: HttpRequest, fields: SnippetFields, files: dict[str, str]) -> Snippet:
    return snippet_store.created(owner_of(request), fields, files)


async def _written(request: HttpRequest, write: Write, snippet_id: UUID | None = None) -> HttpResponse:
    fields = await in_database_thread(read_body, request, read_snippet)
    if isinstance(fields, HttpResponse):
        return fields
    files: dict[str, str] | list[Fault] = fields.function.files
    if is_compiled(fields.function.files):
        # The files have to be compiled first, which no thread of the database should wait for.
        files = await compiling.compiled(fields.function.files)
    return await in_database_thread(_stored, request, write, fields, files, snippet_id)


def _stored(
    request: HttpRequest,
    write: Write,
    fields: SnippetFields,
    files: dict[str, str] | list[Fault],
    snippet_id: UUID | None,
) -> HttpResponse:
    # What does not compile or cannot be run is saved as it is: nobody's work waits until it is right.
    faults = files if isinstance(files, list) else []
    faults = [*faults, *dependency_faults(fields.function.files)]
    try:
        snippet = write(request, fields, fields.function.files if isinstance(files, list) else files)
    except snippet_store.NameTaken as error:
        return faults_response([error.fault], HTTPStatus.CONFLICT)
    except snippet_store.ChangedMeanwhile:
        assert snippet_id is not None  # Nothing that is new has changed.
        return conflict(own(request, snippet_id))
    status = HTTPStatus.CREATED if snippet_id is None else HTTPStatus.OK
    return JsonResponse(snippet_object(snippet, faults), status=status)


def conflict(current: Snippet) -> HttpResponse:
    """409 with the snippet as it is now."""
    fault = Fault(("revision_id",), "The snippet was changed in between.")
    body = {**refusal([fault]), "current": snippet_object(current)}
    return JsonResponse(body, status=HTTPStatus.CONFLICT)
