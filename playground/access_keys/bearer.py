"""Who asks the JSON API with an access key: `Authorization: Bearer ID.SECRET`."""

from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from playground.access_keys import key_store
from playground.access_keys.models import AccessKey
from playground.database import in_database_thread
from playground.json_errors import PATH
from playground.owner import act_as
from playground.refusal_body import refusal_body

CHALLENGE = 'Bearer realm="playground", error="invalid_token"'
UNKNOWN = "There is no such access key, or the secret is not its own."
REVOKED = "This access key was revoked."
EXPIRED = "This access key has expired."
_SCHEME = "bearer"
_KEY = "playground.access_key"


def bearer_token(key: AccessKey) -> str:
    """What a program sends to be let in with a key."""
    return f"{key.id}.{key.secret}"


def lacks(scopes: Iterable[str]) -> str:
    """What is said to whoever shows a key that has none of the scopes."""
    return f"This access key lacks the scope {' or '.join(scopes)}."


def token_in(authorization: str) -> str | None:
    """The token in an Authorization header; None for any other way of authorization, or none."""
    scheme, _, token = authorization.strip().partition(" ")
    return token.strip() if scheme.lower() == _SCHEME else None


def key_of_token(token: str) -> AccessKey | str:
    """The live key that a token is, or a sentence that says why nobody is let in with it."""
    key_id, _, secret = token.partition(".")
    key = key_store.found(key_id)
    if not key_store.has_secret(key, secret) or key is None:
        return UNKNOWN
    if not key.is_live:
        return EXPIRED if key.revoked_at is None else REVOKED
    key_store.used(key)
    return key


def key_of(request: HttpRequest) -> AccessKey | None:
    """The key that a request has shown; None for somebody who is known by a cookie, or not at all."""
    key: AccessKey | None = request.META.get(_KEY)
    return key


class BearerKeys:
    """The middleware that lets whoever shows a key be its owner, and nobody with a wrong one."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self._get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """Answer the request."""
        token = token_in(request.headers.get("Authorization", "")) if request.path.startswith(PATH) else None
        if token is None:
            answer: HttpResponseBase | Awaitable[HttpResponseBase] = self._get_response(request)
            return answer
        if self._is_async:
            return self._later(request, token)
        return _refusal(request, key_of_token(token)) or self._get_response(request)

    async def _later(self, request: HttpRequest, token: str) -> HttpResponseBase:
        refused = _refusal(request, await in_database_thread(key_of_token, token))
        response: HttpResponseBase = refused or await self._get_response(request)
        return response


def _refusal(request: HttpRequest, key: AccessKey | str) -> HttpResponse | None:
    if isinstance(key, str):
        headers = {"WWW-Authenticate": CHALLENGE}
        return HttpResponse(
            refusal_body(key),
            status=HTTPStatus.UNAUTHORIZED,
            headers=headers,
            content_type="application/json",
        )
    act_as(request, key.owner)
    request.META[_KEY] = key
    return None
