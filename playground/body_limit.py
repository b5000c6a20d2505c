"""A limit on request bodies before they are kept anywhere, told as 413."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class _TooLarge(Exception):
    pass


class BodyLimit:
    """Wraps the HTTP application. Django spools a body to disk whole before it looks at its size."""

    def __init__(self, application: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        limit = body_limit(scope["path"])
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > limit:
            await _refuse(send, limit)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                if received > limit:
                    raise _TooLarge
            return message

        try:
            await self._application(scope, counted, send)
        except _TooLarge:
            await _refuse(send, limit)


def body_limit(path: str) -> int:
    """Bytes that a body to this path may have."""
    if path.startswith("/api/"):
        return int(settings.API_BODY_BYTES_MAX)
    return int(settings.LAMBDA_API_BODY_BYTES_MAX)


async def _refuse(send: Send, limit: int) -> None:
    fault: dict[str, Any] = {
        "field": [],
        "message": f"The body may have {limit} bytes at most.",
        "line": None,
        "column": None,
    }
    body = json.dumps({"errors": [fault]}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
