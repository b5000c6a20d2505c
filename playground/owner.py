"""Who owns what is made here: an account, or somebody without one with a random key in a signed cookie.

Each app that keeps something of an owner listens to `owner_moved` and `owner_deleted`.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import get_token

from playground import visitor
from playground.kept_cookie import keep
from playground.middleware import AfterResponse

COOKIE = "owner"
ACCOUNT = "user:"
"""How the owner that an account is begins."""
FAILED = 500
_KEY = "playground.owner"
_NEW = "playground.owner.new"
_SHOWN = "playground.owner.shown"
_FORGOTTEN = "playground.owner.forgotten"
_signer = Signer(salt="playground.owner")


@dataclass(frozen=True, slots=True)
class Move:
    """Everything of the owner `old` is `new`'s from now on. Who listens notes here what came of it."""

    old: str
    new: str
    renamed: dict[UUID, tuple[str, str]] = field(default_factory=dict)
    """The name before and after, by the id of each snippet whose name the new owner had given already."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many went, by what they are."""
    told: list[str] = field(default_factory=list)
    """What else whoever has signed in should know, in sentences."""


class OwnerGone(Exception):
    """The account was deleted meanwhile: nothing more can be its own."""


owner_moved = Signal()
"""Sent with a `move` within its transaction."""
owner_deleted = Signal()
"""Everything of an owner goes; sent with `owner` within a transaction."""
successions: list[Callable[[str], str]] = []
"""Each gives whose it is now what is about to be an owner's; parts above this one add theirs."""


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


def owner_of_scope(scope: Mapping[str, Any]) -> str | None:
    """The owner that the session or the cookies of an ASGI scope name."""
    return owner_of_user(scope["user"]) or owner_of_cookies(cookies_of(scope))


def owner_of_user(user: Any) -> str | None:
    """The owner that an account is; None for nobody's."""
    return f"{ACCOUNT}{user.pk}" if user.is_authenticated and user.is_active else None


def whose_now(owner: str) -> str:
    """Whose it is to be what is made for an owner, asked in the transaction that makes it.

    Somebody may have signed in since the request came, and what their browser made has gone to the account.
    Raises OwnerGone.
    """
    for succession in successions:
        owner = succession(owner)
    return owner


def forget(request: HttpRequest) -> None:
    """Whoever sent the request is from now on not who its cookie says; the browser forgets that key."""
    request.META.pop(_KEY, None)
    request.META.pop(_NEW, None)
    request.META[_FORGOTTEN] = True


def owner_of(request: HttpRequest) -> str:
    """The owner who asks. Somebody without account and key gets one of 128 random bits with the answer."""
    if _KEY not in request.META:
        owner = visitor.owner_in(request)
        # A session that nobody looks at costs no thread and no question to the database.
        if owner is None and settings.SESSION_COOKIE_NAME in request.COOKIES:
            owner = owner_of_user(request.user)
        if owner is None and _FORGOTTEN not in request.META:
            owner = owner_of_cookies(request.COOKIES)
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
    """Hand a new owner's key out with the answer, or have one that is over forgotten."""

    def touch(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Set the cookie when this request made a new owner, delete it when it ended one."""
        if request.META.get(_NEW):
            keep(response, COOKIE, _signer.sign(owner_of(request)))
        elif _FORGOTTEN in request.META and COOKIE in request.COOKIES and response.status_code < FAILED:
            # Where the request failed, what it was to move is still that key's.
            response.delete_cookie(COOKIE, samesite="Lax")
