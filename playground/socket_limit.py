"""How many WebSockets are open, of one owner, from one address and in all; one more is answered 429."""

from typing import Any

from django.conf import settings

from playground.access_keys.socket import key_of_scope
from playground.client_address import address_of_scope
from playground.held import Held
from playground.owner import cookies_of, owner_of_cookies
from playground.refusal_body import refusal_body

_open = Held()


class SocketLimit:
    """Wraps the WebSocket application."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        """Go on with one connection, or refuse it."""
        key = key_of_scope(scope)
        cookies, address = cookies_of(scope), address_of_scope(scope)
        # Whoever has signed in is one owner in each session.
        of_cookies = owner_of_cookies(cookies) or cookies.get(settings.SESSION_COOKIE_NAME, "")[:64]
        owner = key.owner if key else of_cookies
        # An owner is made by a cookie of ours, an address by nobody: the names cannot meet.
        holders = (owner and f"owner {owner}", address and f"address {address}")
        if sentence := _refusal(*holders):
            await _refuse(send, sentence)
            return None
        _open.add(holders, 1)
        try:
            return await self._application(scope, receive, send)
        finally:
            _open.add(holders, -1)


def _refusal(owner: str, address: str) -> str:
    if _open.of(owner) >= (most := settings.WEBSOCKETS_PER_OWNER_MAX):
        return f"You have {most} WebSockets open, and no more may be."
    if _open.of(address) >= (most := settings.WEBSOCKETS_PER_ADDRESS_MAX):
        return f"{most} WebSockets from your address are open, and no more may be."
    if _open.total >= (most := settings.WEBSOCKETS_MAX):
        return f"{most} WebSockets are open, and no more may be."
    return ""


async def _refuse(send: Any, sentence: str) -> None:
    headers = [(b"content-type", b"application/json"), (b"retry-after", b"1")]
    await send({"type": "websocket.http.response.start", "status": 429, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": refusal_body(sentence)})
