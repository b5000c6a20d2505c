"""Sign-in held against guessing, on every page that takes a password: ours and the admin's.

django-axes asks it before a password is looked at, and shows its page where there may be no further try.
"""

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from axes.handlers.base import AxesHandler
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, salted_hmac
from redis.exceptions import RedisError

from playground.accounts import tries
from playground.accounts.tries import Counter
from playground.accounts.words import waiting_words
from playground.client_address import client_address
from playground.kept_cookie import KEPT_S, keep

logger = logging.getLogger(__name__)
KNOWN_COOKIE = "known"
REDIS_BACK_S = 5
_signer = TimestampSigner(salt="playground.known")
_BEGUN = "playground.sign_in"
_WAIT = "playground.sign_in.wait"
HOUR_S = 3_600


class Guard(AxesHandler):  # type: ignore[misc]
    """Counts a try before the password is looked at, and takes the count back when it was right."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether there may be no try now; else this is one."""
        name = str((credentials or {}).get("username") or "")
        counters = _counters(request, name)
        wait = _wait(counters, settings.SIGN_IN_LOCK_SECONDS)
        request.META[_WAIT] = wait
        request.META[_BEGUN] = counters
        return wait > 0

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """The password was right."""
        succeeded(request)


def succeeded(request: HttpRequest) -> None:
    """What this request tried does not count, and its name has as many tries from here as at first."""
    counters = request.META.pop(_BEGUN, [])
    if counters:
        _quietly(tries.give_back, counters)
        _quietly(tries.forget, counters[:1])


def freed(request: HttpRequest, name: str) -> None:
    """Whoever got an e-mail of the account has shown enough to try again."""
    _quietly(tries.forget, (_of_name_here(request, name), _of_name(name)))


def know(response: HttpResponseBase, name: str) -> None:
    """This browser has signed in by this name: it has tries of its own, which no others use up."""
    keep(response, KNOWN_COOKIE, _signer.sign(_mark(name)))


def unknow(response: HttpResponseBase) -> None:
    """The name has no account any more."""
    response.delete_cookie(KNOWN_COOKIE, samesite="Lax")


def locked(request: HttpRequest, *_: Any) -> HttpResponse:
    """The page in place of the one that would have said whether the password was right."""
    return too_many(request, "attempts to sign in", request.META.get(_WAIT, REDIS_BACK_S))


def refused(request: HttpRequest, what: str, most: int) -> HttpResponse | None:
    """The answer where something was tried from this address as often as may be within an hour."""
    wait = _wait([tries.counter(what, most, client_address(request))], HOUR_S)
    return too_many(request, what, wait) if wait else None


def may_mail(mailbox: str) -> bool:
    """Whether one more e-mail may go to a mailbox within an hour. Whoever asked is not told."""
    return not _wait([tries.counter("mail", settings.RESETS_PER_MAILBOX_MAX, mailbox.casefold())], HOUR_S)


def too_many(request: HttpRequest, what: str, seconds: int) -> HttpResponse:
    """429 with when to try again."""
    context = {"what": what, "wait": waiting_words(seconds)}
    response = render(request, "accounts/too_many.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def _of_name_here(request: HttpRequest, name: str) -> Counter:
    return tries.counter("name here", settings.SIGN_IN_FAILURES_MAX, name, client_address(request))


def _of_name(name: str) -> Counter:
    return tries.counter("name", settings.SIGN_IN_FAILURES_PER_NAME_MAX, name)


def _counters(request: HttpRequest, name: str) -> list[Counter]:
    if (known := request.COOKIES.get(KNOWN_COOKIE, "")) and _is_known(known, name):
        # Else anybody could keep somebody out for good, by trying their name or by failing at their address.
        return [tries.counter("known browser", settings.SIGN_IN_FAILURES_MAX, known)]
    here = tries.counter("address", settings.SIGN_IN_FAILURES_PER_ADDRESS_MAX, client_address(request))
    return [_of_name_here(request, name), here, _of_name(name)]


def _is_known(cookie: str, name: str) -> bool:
    try:
        mark = _signer.unsign(cookie, max_age=KEPT_S)
    except BadSignature:
        return False
    return constant_time_compare(mark, _mark(name))


def _mark(name: str) -> str:
    return salted_hmac("playground.known", name, algorithm="sha256").hexdigest()


def _wait(counters: Sequence[Counter], seconds: int) -> int:
    try:
        return tries.begin(counters, seconds)
    except RedisError:
        logger.warning("Redis does not answer; no password is taken.")
        return REDIS_BACK_S


def _quietly(work: Callable[[Sequence[Counter]], None], counters: Sequence[Counter]) -> None:
    try:
        work(counters)
    except RedisError:
        logger.warning("Redis does not answer; a try that was right counts as one that was not.")
