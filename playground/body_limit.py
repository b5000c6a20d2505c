"""A limit on request bodies before they are kept anywhere, told as 413."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import uuid4

from django.conf import settings

from playground.lambda_api.large_body import is_lambda_api, too_large

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
            await _refuse(send, scope["path"], limit)
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
            await _refuse(send, scope["path"], limit)


def body_limit(path: str) -> int:
    """Bytes that a body to this path may have."""
    if path.startswith("/api/"):
        return int(settings.API_BODY_BYTES_MAX)
    return int(settings.LAMBDA_API_BODY_BYTES_MAX)


async def _refuse(send: Send, path: str, limit: int) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    if is_lambda_api(path):
        error = too_large(path)
        body = json.dumps(error.body()).encode()
        headers += [(b"x-amzn-errortype", error.code.encode()), (b"x-amzn-requestid", str(uuid4()).encode())]
    else:
        fault: dict[str, Any] = {
            "field": [],
            "message": f"The body may have {limit} bytes at most.",
            "line": None,
            "column": None,
        }
        body = json.dumps({"errors": [fault]}).encode()
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
