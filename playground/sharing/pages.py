"""What a link opens in a browser: the editor page, a frame of another site, a badge; and the public list."""

from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from playground import visitor
from playground.page import boot, editor_page
from playground.security import allow_frames, nonce_of
from playground.sharing import public_list, share_store
from playground.sharing.content import Content
from playground.sharing.life import Life
from playground.sharing.models import Share

DESCRIPTION_DEFAULT = "An AWS Lambda function in Node.js, open to be read, run and changed."
ENTRIES_A_PAGE = 20
SEARCH_LENGTH_MAX = 100
BADGE_KEPT_S = 300
THEMES = ("light", "dark")
GONE = {
    Life.TAKEN_BACK: ("This link was taken back", "Whoever shared this function does not share it any more."),
    Life.EXPIRED: (
        "This link has expired",
        "It was made to open for a while. Ask whoever gave it to you for a new one.",
    ),
    Life.DELETED: ("This function was deleted", "Whoever shared it has deleted it."),
    Life.LIVE: (
        "This link shows nothing now",
        "Its newest version holds something that is not meant to be shared.",
    ),
}


@require_safe
@never_cache
@ensure_csrf_cookie
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The editor page with what is shared."""
    opened = _opened(request, token)
    if isinstance(opened, HttpResponse):
        return opened
    share, content = opened
    preview = {
        "title": share.snippet.function_name,
        "description": content.version.description or DESCRIPTION_DEFAULT,
        "url": request.build_absolute_uri(f"/s/{token}"),
        "public": share.public,
    }
    response = editor_page(request, {"preview": preview}, shared=token)
    if not share.public:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@never_cache
def embedded(request: HttpRequest, token: str) -> HttpResponse:
    """A small page for a frame on any site. It needs no cookie and sets none."""
    opened = _opened(request, token)
    if isinstance(opened, HttpResponse):
        allow_frames(request, opened)
        return opened
    share, _ = opened
    theme = request.GET.get("theme", "")
    context = {
        "title": share.snippet.function_name,
        "theme": theme if theme in THEMES else "",
        "nonce": nonce_of(request),
        "boot": boot() | {"shared": token, "visitor": visitor.new_key()},
    }
    response = render(request, "sharing/embed.html", context)
    response["X-Robots-Tag"] = "noindex"
    allow_frames(request, response)
    return response


@require_safe
def badge(request: HttpRequest, token: str) -> HttpResponse:
    """A picture that leads to the link."""
    share = share_store.found(token)
    if share is None or share_store.life(share) is not Life.LIVE:
        return HttpResponse("There is no such link.", "text/plain", HTTPStatus.NOT_FOUND)
    response = render(request, "sharing/badge.svg", content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={BADGE_KEPT_S}"
    return response


@require_safe
@never_cache
def explore(request: HttpRequest) -> HttpResponse:
    """The public links, newest first."""
    search = request.GET.get("search", "").replace("\0", "").strip()[:SEARCH_LENGTH_MAX]
    page = Paginator(public_list.public(search), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    entries = [public_list.entry(share) for share in page]
    return render(request, "sharing/explore.html", {"search": search, "page": page, "entries": entries})


def _opened(request: HttpRequest, token: str) -> tuple[Share, Content] | HttpResponse:
    share = share_store.found(token)
    if share is None:
        heading, sentence = "There is no such link", "The address may have been copied in part."
        return _gone(request, heading, sentence, HTTPStatus.NOT_FOUND)
    life = share_store.life(share)
    content = share_store.content(share) if life is Life.LIVE else None
    return (share, content) if content else _gone(request, *GONE[life], HTTPStatus.GONE)


def _gone(request: HttpRequest, heading: str, sentence: str, status: int) -> HttpResponse:
    # An embed has no editor that keeps anything.
    is_page = request.resolver_match is not None and request.resolver_match.url_name == "shared"
    was_open = is_page and status is HTTPStatus.GONE
    context = {"heading": heading, "sentence": sentence, "was_open": was_open}
    response = render(request, "sharing/gone.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
