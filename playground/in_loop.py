"""Django's own middlewares without a thread of their own.

In an async stack Django moves both halves of each of its middlewares to a thread, which takes longer than a
warm invocation does. They only touch headers, cookies and lazy objects, apart from what is said at each.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware

Half = Callable[..., HttpResponseBase] | None


class _InLoop:
    """Mixed in before a middleware of Django's: calls its halves where it is called itself."""

    get_response: Any

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        process_request: Half = getattr(self, "process_request", None)
        response: HttpResponseBase | None = process_request(request) if process_request else None
        if response is None:
            response = await self.get_response(request)
        process_response: Half = getattr(self, "process_response", None)
        if process_response is None:
            return response
        if self.may_block(request):
            return await sync_to_async(process_response)(request, response)
        return process_response(request, response)

    def may_block(self, request: HttpRequest) -> bool:
        """Whether the second half asks the database this time."""
        return False


class Security(_InLoop, SecurityMiddleware):
    """Headers and the redirect to HTTPS."""


class Sessions(_InLoop, SessionMiddleware):
    """A session that somebody looked at may have to be stored."""

    def may_block(self, request: HttpRequest) -> bool:
        """Whether somebody looked at the session."""
        return bool(request.session.accessed or request.session.modified)


class Common(_InLoop, CommonMiddleware):
    """The host, and addresses without their last slash."""


class Csrf(_InLoop, CsrfViewMiddleware):
    """The token is in a cookie, never in the session."""

    async def process_view(  # type: ignore[override]
        self, request: HttpRequest, view: Any, *rest: Any
    ) -> HttpResponseBase | None:
        """Refuse a forged request. The token may be in a form, which is read in a thread."""
        if getattr(view, "csrf_exempt", False) or request.method in {"GET", "HEAD"}:
            return super().process_view(request, view, *rest)
        return await sync_to_async(super().process_view)(request, view, *rest)


class Authentication(_InLoop, AuthenticationMiddleware):
    """The user is lazy."""


class Messages(_InLoop, MessageMiddleware):
    """Messages may lie in the session."""

    def may_block(self, request: HttpRequest) -> bool:
        """Whether a message was read or added."""
        storage: Any = getattr(request, "_messages", None)
        return storage is not None and bool(storage.used or storage.added_new)


class FrameOptions(_InLoop, XFrameOptionsMiddleware):
    """No page of ours is framed."""
