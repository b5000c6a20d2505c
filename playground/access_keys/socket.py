"""Who opens a WebSocket with an access key in its Authorization header, which no browser's page can set."""

from typing import Any

from playground.access_keys import key_store
from playground.access_keys.bearer import CHALLENGE, key_of_token, lacks, token_in
from playground.access_keys.models import AccessKey
from playground.access_keys.scope import Scope
from playground.database import in_database_thread
from playground.refusal_body import refusal_body

FOLLOWING = (Scope.INVOKE, Scope.READ)
"""A key needs one of them to follow a run."""
_KEY = "access_key"


def key_of_scope(scope: Any) -> AccessKey | None:
    """The key that a connection has shown; None for a page, which is known by its cookies."""
    key: AccessKey | None = scope.get(_KEY)
    return key


def is_still_good(key: AccessKey) -> bool:
    """Whether the key of a connection that stays open still lets its owner follow a run."""
    now = key_store.found(key.pk)
    return now is not None and now.is_live and now.allows(FOLLOWING)


class KeyedSockets:
    """Wraps the WebSocket application: a wrong key is refused before the connection is opened."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        """Go on with one connection, or refuse it."""
        shown = [value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"]
        token = token_in(",".join(shown))
        if token is None:
            return await self._application(scope, receive, send)
        key = await in_database_thread(key_of_token, token)
        if isinstance(key, str):
            return await _refuse(send, 401, key, [(b"www-authenticate", CHALLENGE.encode())])
        if not key.allows(FOLLOWING):
            return await _refuse(send, 403, lacks(FOLLOWING))
        return await self._application({**scope, _KEY: key}, receive, send)


async def _refuse(
    send: Any, status: int, sentence: str, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    told = [(b"content-type", b"application/json"), *(headers or [])]
    await send({"type": "websocket.http.response.start", "status": status, "headers": told})
    await send({"type": "websocket.http.response.body", "body": refusal_body(sentence)})
