"""Limits on bodies before and while they are kept anywhere: their size, their pace, and how many at once."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.conf import settings

from playground.client_address import address_of_scope
from playground.held import Held
from playground.lambda_api.errors import LambdaApiError, throttled
from playground.lambda_api.large_body import is_lambda_api, too_large
from playground.refusal_body import refusal_body

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PIECE_BYTES = 64 * 1024
"""Of a response that goes out at once: as much as uvicorn keeps before it waits for the other end."""
_held = Held()


class _Refused(Exception):
    """`limit` is the name of the setting."""

    def __init__(self, status: HTTPStatus, sentence: str, limit: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.limit = limit


class BodyLimit:
    """Wraps the HTTP application. Django spools a body to disk whole before it looks at its size."""

    def __init__(self, application: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = _Request(address_of_scope(scope), body_limit(scope["path"]), receive, send)
        try:
            request.check(dict(scope["headers"]).get(b"content-length", b"0"))
            await self._application(scope, request.receive, request.send)
        except _Refused as refused:
            await _refuse(send, scope["path"], refused)
        finally:
            request.forget()


class _Request:
    """What one request has sent and is sent."""

    def __init__(self, address: str, size_max: int, receive: Receive, send: Send) -> None:
        self._address = address
        self._size_max = size_max
        self._receive = receive
        self._send = send
        self._began = time.monotonic()
        self._received = 0
        self._whole = False
        self._holds = 0

    def check(self, length: bytes) -> None:
        """Raises _Refused for a body that is told to be too large, and where too much is held already."""
        if length.isdigit() and int(length) > self._size_max:
            raise self._too_large()
        self._check_held()

    async def receive(self) -> Message:
        """The next message of the client. Raises _Refused."""
        if self._whole:
            return await self._receive()
        # So much time, and more for what has come.
        pace = settings.REQUEST_BODY_BYTES_PER_SECOND_MIN
        until = self._began + settings.REQUEST_BODY_SECONDS + self._received / pace
        try:
            async with asyncio.timeout(until - time.monotonic()):
                message = await self._receive()
        except TimeoutError:
            seconds = settings.REQUEST_BODY_SECONDS
            sentence = f"A body may take {seconds:g} seconds, and one more for each {pace} bytes."
            raise _Refused(HTTPStatus.REQUEST_TIMEOUT, sentence, "REQUEST_BODY_SECONDS") from None
        if message["type"] == "http.request":
            size = len(message.get("body", b""))
            self._received += size
            self._whole = not message.get("more_body", False)
            if self._received > self._size_max:
                raise self._too_large()
            self._hold(size)
            if size and not self._whole:
                self._check_held()
        return message

    async def send(self, message: Message) -> None:
        """Send a message, a large body in pieces: each waits until the one before it is taken."""
        body = message.get("body", b"")
        if message["type"] != "http.response.body" or len(body) <= PIECE_BYTES:
            await self._send(message)
            return
        self._hold(len(body))
        more = message.get("more_body", False)
        for start in range(0, len(body), PIECE_BYTES):
            piece = body[start : start + PIECE_BYTES]
            is_last = start + PIECE_BYTES >= len(body)
            await self._send({**message, "body": piece, "more_body": more or not is_last})
            self._hold(-len(piece))

    def forget(self) -> None:
        """It is answered."""
        self._hold(-self._holds)

    def _hold(self, size: int) -> None:
        self._holds += size
        _held.add((self._address,), size)

    def _check_held(self) -> None:
        if _held.of(self._address) > (most := settings.BODY_BYTES_PER_ADDRESS_MAX):
            sentence = f"Requests and answers of over {most} bytes from your address are under way."
            raise _Refused(HTTPStatus.TOO_MANY_REQUESTS, sentence, "BODY_BYTES_PER_ADDRESS_MAX")
        if _held.total > (most := settings.BODY_BYTES_MAX):
            sentence = f"Requests and answers of over {most} bytes are under way."
            raise _Refused(HTTPStatus.TOO_MANY_REQUESTS, sentence, "BODY_BYTES_MAX")

    def _too_large(self) -> _Refused:
        sentence = f"The body may have {self._size_max} bytes at most."
        return _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence, "")


def body_limit(path: str) -> int:
    """Bytes that a body to this path may have."""
    if path.startswith("/api/"):
        return int(settings.API_BODY_BYTES_MAX)
    return int(settings.LAMBDA_API_BODY_BYTES_MAX)


def _lambda_error(path: str, refused: _Refused) -> LambdaApiError:
    if refused.status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return too_large(path)
    if refused.status is HTTPStatus.REQUEST_TIMEOUT:
        return LambdaApiError("RequestTimeoutException", str(refused))
    return throttled(refused.limit, str(refused))


async def _refuse(send: Send, path: str, refused: _Refused) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    if is_lambda_api(path):
        error = _lambda_error(path, refused)
        body = json.dumps(error.body()).encode()
        headers += [(b"x-amzn-errortype", error.code.encode()), (b"x-amzn-requestid", str(uuid4()).encode())]
    else:
        body = refusal_body(str(refused))
    if refused.status is HTTPStatus.TOO_MANY_REQUESTS:
        headers.append((b"retry-after", b"1"))
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": refused.status.value, "headers": headers})
    await send({"type": "http.response.body", "body": body})
