"""The JSON API of versions: make one, list, read and restore them."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError

from invoker.fault import Fault
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.scope import Scope
from playground.json_answers import REFUSALS, json_request, read_body, refuse_forged
from playground.json_body import Fields
from playground.snippets import schemas, snippet_store
from playground.snippets.api import WRITES, conflict, own
from playground.snippets.models import Version
from playground.snippets.representation import snippet_object, version_in_short, version_object
from playground.snippets.snippet_reader import read_description, read_revision_id

router = ScopedRouter(tags=["versions"])
BODY = json_request(schemas.VersionBody)
RESTORING = json_request(schemas.Restoring, required=False)


@router.post(
    "/{uuid:snippet_id}/versions",
    auth=needs(Scope.WRITE),
    response={200: schemas.SavedVersion, 201: schemas.SavedVersion, **WRITES},
    openapi_extra=BODY,
    summary="Make a version",
)
def create(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Keep $LATEST as a version. Where nothing has changed since, the newest one is answered, with 200."""
    description = read_body(request, _description)
    if isinstance(description, HttpResponse):
        return description
    snippet = own(request, snippet_id)
    before = snippet.last_version
    version = snippet_store.published(snippet, description)
    created = version.number > before
    status = HTTPStatus.CREATED if created else HTTPStatus.OK
    return JsonResponse({**version_in_short(version), "created": created}, status=status)


@router.get(
    "/{uuid:snippet_id}/versions",
    auth=needs(Scope.READ),
    response={200: schemas.Versions, **REFUSALS},
    summary="List versions",
)
def list_versions(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Every version of a snippet, the newest first."""
    rows = own(request, snippet_id).versions.only("number", "description", "created_at")
    return JsonResponse({"versions": [version_in_short(row) for row in rows.order_by("-number")]})


@router.get(
    "/{uuid:snippet_id}/versions/{int:number}",
    auth=needs(Scope.READ),
    response={200: schemas.Version, **REFUSALS},
    summary="Read a version",
)
def read(request: HttpRequest, snippet_id: UUID, number: int) -> HttpResponse:
    """Everything of a version, with the values of its environment variables."""
    return JsonResponse(version_object(own_version(request, snippet_id, number)))


@router.post(
    "/{uuid:snippet_id}/versions/{int:number}/restore",
    auth=needs(Scope.WRITE),
    response={200: schemas.Snippet, **WRITES},
    openapi_extra=RESTORING,
    summary="Restore a version",
)
def restore(request: HttpRequest, snippet_id: UUID, number: int) -> HttpResponse:
    """Give $LATEST a version's content. A `revision_id` that is not its own any more is refused with 409."""
    refuse_forged(request)
    revision_id = read_body(request, _revision_id) if request.body else None
    if isinstance(revision_id, HttpResponse):
        return revision_id
    version = own_version(request, snippet_id, number)
    try:
        restored = snippet_store.restored(own(request, snippet_id), version, revision_id)
        return JsonResponse(snippet_object(restored))
    except snippet_store.ChangedMeanwhile:
        return conflict(own(request, snippet_id))


def _description(body: object) -> str | list[Fault]:
    fields = Fields(body, "a version", ("description",))
    description = fields.take("description", "", read_description)
    return fields.faults or description


def _revision_id(body: object) -> UUID | list[Fault] | None:
    fields = Fields(body, "a restoring", ("revision_id",))
    revision_id = fields.take("revision_id", None, read_revision_id)
    return fields.faults or revision_id


def own_version(request: HttpRequest, snippet_id: UUID, number: int) -> Version:
    """A version of one's own snippet. Raises HttpError where there is none."""
    rows = own(request, snippet_id).versions.select_related("package")
    version = rows.filter(number=number).first() if number < 2**31 else None
    if version is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no such version.")
    return version
