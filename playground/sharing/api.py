"""The JSON API of links: made, listed, changed and taken back by the owner; opened by anyone."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError

from invoker.fault import Fault
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.scope import Scope
from playground.json_answers import REFUSALS, Refusal, faults_response, read_body, refuse_forged
from playground.owner import owner_of
from playground.sharing import schemas, share_store
from playground.sharing.life import Life
from playground.sharing.models import Share
from playground.sharing.representation import share_object, shared_object
from playground.sharing.share_reader import Change, read_change, read_replacement, read_share
from playground.snippets.api import own

NO_SUCH_LINK = "There is no such link: it was taken back, has expired, or never was."
snippet_router = ScopedRouter(tags=["sharing"])
share_router = ScopedRouter(tags=["sharing"])
shared_router = ScopedRouter(tags=["sharing"])


@snippet_router.post(
    "/{uuid:snippet_id}/shares",
    auth=needs(Scope.WRITE),
    response={201: schemas.Share, 413: Refusal, **REFUSALS},
    openapi_extra=schemas.BODY,
    summary="Share a snippet",
)
def create(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Make a link to a version, or to whichever is the newest. A version or run that shows the value of a
    variable which is not named in `variables` is refused."""
    snippet, fields = own(request, snippet_id), read_body(request, read_share)
    if isinstance(fields, HttpResponse):
        return fields
    return _answer(share_store.created(snippet, fields), HTTPStatus.CREATED)


@snippet_router.get(
    "/{uuid:snippet_id}/shares",
    auth=needs(Scope.READ),
    response={200: schemas.Shares, **REFUSALS},
    summary="List links",
)
def links(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """The links of a snippet, the latest first, with those that do not open any more."""
    shares = own(request, snippet_id).shares.select_related("version").all()
    return JsonResponse({"shares": [share_object(share) for share in shares]})


@share_router.put(
    "/{token}",
    auth=needs(Scope.WRITE),
    response={200: schemas.Share, 413: Refusal, **REFUSALS},
    openapi_extra=schemas.BODY,
    summary="Change all of a link",
)
def replace(request: HttpRequest, token: str) -> HttpResponse:
    """What is shared under an address that stays: what the body does not name is as in a new link. A link
    that was taken back stays so."""
    return _changed(request, token, read_replacement)


@share_router.patch(
    "/{token}",
    auth=needs(Scope.WRITE),
    response={200: schemas.Share, 413: Refusal, **REFUSALS},
    openapi_extra=schemas.BODY,
    summary="Change something of a link",
)
def change(request: HttpRequest, token: str) -> HttpResponse:
    """What the body does not name stays as it is. A link that has expired opens again with another end."""
    return _changed(request, token, read_change)


@share_router.delete(
    "/{token}", auth=needs(Scope.WRITE), response={204: None, **REFUSALS}, summary="Take a link back"
)
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """The link opens for nobody any more, and its runs are their owner's alone."""
    refuse_forged(request)
    share_store.taken_back(_own(request, token))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@shared_router.get(
    "/{token}", auth=needs(Scope.READ), response={200: schemas.Shared, **REFUSALS}, summary="Open a link"
)
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody else may see of a snippet. No cookie is needed."""
    share = share_store.found(token)
    if share is None or share_store.life(share) is not Life.LIVE:
        raise HttpError(HTTPStatus.NOT_FOUND, NO_SUCH_LINK)
    content = share_store.content(share)
    if content is None:
        raise HttpError(HTTPStatus.NOT_FOUND, NO_SUCH_LINK)
    return JsonResponse(shared_object(share, content))


def _changed(
    request: HttpRequest, token: str, read: Callable[[object], Change | list[Fault]]
) -> HttpResponse:
    share, change = _own(request, token), read_body(request, read)
    if isinstance(change, HttpResponse):
        return change
    return _answer(share_store.changed(share, change), HTTPStatus.OK)


def _answer(stored: Share | list[Fault] | None, status: HTTPStatus) -> HttpResponse:
    if stored is None:
        raise HttpError(HTTPStatus.NOT_FOUND, NO_SUCH_LINK)
    if isinstance(stored, list):
        return faults_response(stored, HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(share_object(stored), status=status)


def _own(request: HttpRequest, token: str) -> Share:
    share = Share.objects.select_related("snippet", "version").filter(token=token).first()
    if share is None or share.snippet.owner != owner_of(request) or share.snippet.deleted_at:
        raise HttpError(HTTPStatus.NOT_FOUND, NO_SUCH_LINK)
    return share
