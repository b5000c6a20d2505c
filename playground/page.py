"""The editor page, and everything that it needs to know before it asks for anything."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from invoker import limits
from invoker.environment_variables import PLATFORM_SWITCHES, RESERVED
from playground import worker_state
from playground.owner import owner_of
from playground.security import nonce_of
from playground.snippets import snippet_store
from playground.snippets.representation import snippet_object


@require_safe
@never_cache
@ensure_csrf_cookie
def page(request: HttpRequest, snippet_id: UUID | None = None) -> HttpResponse:
    """The page, with its visitor's key and token in cookies. Somebody else's snippet is not found."""
    if snippet_id is None:
        return editor_page(request)
    snippet = snippet_store.found(owner_of(request), snippet_id)
    if snippet is None:
        raise Http404
    # As it is now: what somebody types meets no answer that comes late.
    return editor_page(request, stored=snippet_object(snippet))


def editor_page(request: HttpRequest, context: dict[str, Any] | None = None, **more: Any) -> HttpResponse:
    """The editor page with its owner's key. `more` is what it starts from beside `boot`."""
    owner_of(request)
    told = {**boot(), "stored": None, **more}
    return render(request, "editor.html", {"boot": told, "nonce": nonce_of(request), **(context or {})})


def boot() -> dict[str, Any]:
    """What every page starts from: the limits, and what kind of sandbox there is."""
    return {"limits": page_limits(), "sandbox": _sandbox()}


def page_limits() -> dict[str, Any]:
    """The limits that pages tell before anything is sent."""
    return {
        "memory_size_min": limits.MEMORY_MIN_MB,
        "memory_size_max": limits.MEMORY_MAX_MB,
        "timeout_min": limits.TIMEOUT_MIN_S,
        "timeout_max": limits.TIMEOUT_MAX_S,
        "ephemeral_storage_min": limits.EPHEMERAL_STORAGE_MIN_MB,
        "ephemeral_storage_max": limits.EPHEMERAL_STORAGE_MAX_MB,
        "environment_bytes_max": limits.ENVIRONMENT_VARIABLES_BYTES_MAX,
        "handler_length_max": limits.HANDLER_LENGTH_MAX,
        "event_bytes_max": limits.EVENT_BYTES_MAX,
        "reserved_environment_variables": sorted(RESERVED | PLATFORM_SWITCHES),
    }


def _sandbox() -> dict[str, str]:
    try:
        state = worker_state.latest()
    except RedisError:
        state = None
    if state is None:
        return {"kind": "", "notice": "No worker is running: an invocation waits until one is."}
    return {"kind": state.sandbox_kind, "notice": state.sandbox_notice}
