"""One HTTP/1.1 connection over asyncio streams."""

import asyncio
import time
from collections.abc import AsyncIterator

from invoker.http_message import (
    End,
    Part,
    Request,
    Requests,
    Response,
    Responses,
    message_bytes,
)

READ_BYTES = 64 * 1024
# The runtime client puts a whole stack trace into a header of its error reports.
HEADERS_BYTES_MAX = 8 * 1024 * 1024
# Above the largest event and response, so that neither is ever cut.
BODY_BYTES_MAX = 8 * 1024 * 1024


class Pace:
    """Keeps a function that floods its Runtime API from taking the event loop that all environments share.

    One for all connections of an environment. A message of 6 MB has some hundred pieces: it hardly waits.
    """

    PIECES = 128
    WITHIN_S = 0.2
    PAUSE_S = 0.02

    def __init__(self) -> None:
        self._pieces = 0
        self._since = 0.0
        self._until = 0.0

    async def piece(self, weight: int = 1) -> None:
        """Count one piece of a message as so many, and wait when many have come in a short time."""
        now = time.monotonic()
        if now - self._since > self.WITHIN_S:
            self._since, self._pieces = now, 0
        self._pieces += weight
        if self._pieces >= self.PIECES:
            self._until = max(now, self._until) + self.PAUSE_S * (self._pieces // self.PIECES)
            self._pieces = 0
        # All connections of the environment wait, without a lock, which every message would pay for.
        while now < self._until:
            await asyncio.sleep(self._until - now)
            now = time.monotonic()


class ConnectionLost(Exception):
    """The other end went away, or does not speak HTTP."""


class HttpConnection:
    """Either end of a connection, one message after the other. `messages` are those of the other end."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        messages: Requests | Responses,
        pace: Pace | None = None,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._messages = messages
        self._pace = pace or Pace()
        self._ahead = b""
        self._end: End | None = None

    async def request(self) -> Request:
        """The head of the next request. Raises ConnectionLost."""
        head = await self._part()
        if not isinstance(head, Request):
            raise ConnectionLost("no request, or out of turn")
        return head

    async def response(self) -> Response:
        """The head of the next response. Raises ConnectionLost."""
        head = await self._part()
        if not isinstance(head, Response):
            raise ConnectionLost("no response, or out of turn")
        return head

    async def body(self) -> AsyncIterator[bytes | End]:
        """The pieces of the current message's body, and its end. Raises ConnectionLost."""
        while True:
            part = await self._part()
            if isinstance(part, bytes):
                yield part
            elif isinstance(part, End):
                self._end = part
                yield part
                return

    async def whole_body(self, bytes_max: int = BODY_BYTES_MAX) -> bytes:
        """The current message's body, cut at `bytes_max`: the rest is read and dropped.

        Raises ConnectionLost.
        """
        body = bytearray()
        async for part in self.body():
            if isinstance(part, bytes):
                body += part[: max(0, bytes_max - len(body))]
        return bytes(body)

    async def send(self, head: Request | Response, body: bytes = b"") -> None:
        """Send a message, in one piece: each write wakes every process between here and the other end.

        Raises ConnectionLost.
        """
        try:
            self._writer.write(message_bytes(head, body))
            await self._writer.drain()
        except (ValueError, OSError) as error:
            raise ConnectionLost(str(error)) from error

    async def closed(self) -> None:
        """Wait until the other end closes; only while it has nothing to say."""
        if data := await self._reader.read(1):
            self._ahead += data
            await asyncio.Event().wait()

    def reusable(self) -> bool:
        """Make ready for the next message; False when the connection has to be closed instead."""
        end, self._end = self._end, None
        return end is not None and end.keep_alive

    def close(self) -> None:
        """Close without waiting."""
        self._writer.close()

    async def _part(self) -> Part:
        parts = self._messages.parts
        held = 0
        while not parts:
            # What is held is copied with each piece of a head that comes.
            await self._pace.piece(1 + held // READ_BYTES)
            held += await self._read()
            if held > HEADERS_BYTES_MAX and not parts:
                raise ConnectionLost("the head of a message is too long")
        if isinstance(parts[0], bytes):
            await self._pace.piece()
        return parts.popleft()

    async def _read(self) -> int:
        data, self._ahead = self._ahead, b""
        try:
            data = data or await self._reader.read(READ_BYTES)
            if not data:
                raise ConnectionLost("closed by the other end")
            self._messages.feed(data)
        except (ValueError, OSError) as error:
            raise ConnectionLost(str(error)) from error
        return len(data)
