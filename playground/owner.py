"""Who owns what is made here: an account, or somebody without one with a random key in a signed cookie."""

import secrets
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import get_token

from playground import visitor
from playground.middleware import AfterResponse

COOKIE = "owner"
ACCOUNT = "user:"
"""How the owner that an account is begins."""
KEPT_S = 365 * 24 * 3_600
_KEY = "playground.owner"
_NEW = "playground.owner.new"
_SHOWN = "playground.owner.shown"
_signer = Signer(salt="playground.owner")


def owner_of_cookies(cookies: Mapping[str, str]) -> str | None:
    """The owner whose signed key is among the cookies."""
    try:
        return _signer.unsign(cookies.get(COOKIE, ""))
    except BadSignature:
        return None


def cookies_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """The cookies of an ASGI scope."""
    header = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    return {name: morsel.value for name, morsel in SimpleCookie(header.decode("latin-1")).items()}


def owner_of_user(user: Any) -> str | None:
    """The owner that an account is; None for nobody's."""
    return f"{ACCOUNT}{user.pk}" if user.is_authenticated and user.is_active else None


def owner_of(request: HttpRequest) -> str:
    """The owner who asks. Somebody without account and key gets one of 128 random bits with the answer."""
    if _KEY not in request.META:
        owner = visitor.owner_in(request)
        # A session that nobody looks at costs no thread and no question to the database.
        if owner is None and settings.SESSION_COOKIE_NAME in request.COOKIES:
            owner = owner_of_user(request.user)
        owner = owner or owner_of_cookies(request.COOKIES)
        if owner is None:
            owner = secrets.token_hex(16)
            request.META[_NEW] = True
            # The key comes with the token that the browser has to show along with it.
            get_token(request)
        request.META[_KEY] = owner
    return str(request.META[_KEY])


def act_as(request: HttpRequest, owner: str) -> None:
    """Whoever asks has shown in the request itself to be this owner; no cookie of it counts."""
    request.COOKIES = {}
    request.META[_KEY] = owner
    request.META[_SHOWN] = True


def has_shown_owner(request: HttpRequest) -> bool:
    """Whether it was shown in the request itself who asks, as no other site's page can do."""
    return _SHOWN in request.META


def has_cookie(request: HttpRequest) -> bool:
    """Whether a request carries a cookie that says who asks, so that another site could abuse it."""
    return COOKIE in request.COOKIES or settings.SESSION_COOKIE_NAME in request.COOKIES


class OwnerMiddleware(AfterResponse):
    """Hand a new owner's key out with the answer."""

    def touch(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Set the cookie when this request made a new owner."""
        if request.META.get(_NEW):
            response.set_cookie(
                COOKIE,
                _signer.sign(owner_of(request)),
                max_age=KEPT_S,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
