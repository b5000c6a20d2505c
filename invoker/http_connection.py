"""One HTTP/1.1 connection over asyncio streams, with h11 doing the protocol."""

import asyncio
import time
from collections.abc import AsyncIterator

import h11

READ_BYTES = 64 * 1024
# The runtime client puts a whole stack trace into a header of its error reports.
HEADERS_BYTES_MAX = 8 * 1024 * 1024
# Above the largest event and response, so that neither is ever cut.
BODY_BYTES_MAX = 8 * 1024 * 1024
# A head of a million lines takes seconds to parse, in which no other environment would be served.
HEAD_LINES_MAX = 1_000


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

    async def piece(self) -> None:
        """Count one piece of a message, and wait when many have come in a short time."""
        now = time.monotonic()
        if now - self._since > self.WITHIN_S:
            self._since, self._pieces = now, 0
        self._pieces += 1
        if self._pieces >= self.PIECES:
            self._pieces = 0
            self._until = max(now, self._until) + self.PAUSE_S
        # All connections of the environment wait, without a lock, which every message would pay for.
        while now < self._until:
            await asyncio.sleep(self._until - now)
            now = time.monotonic()


class ConnectionLost(Exception):
    """The other end went away, or does not speak HTTP."""


class HttpConnection:
    """Either end of a connection, one message after the other."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        role: type[h11.CLIENT] | type[h11.SERVER],
        pace: Pace | None = None,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._pace = pace or Pace()
        self._lines = 0
        self._http = h11.Connection(role, max_incomplete_event_size=HEADERS_BYTES_MAX)

    async def next_event(self) -> h11.Event:
        """The next h11 event. Raises ConnectionLost."""
        await self._pace.piece()
        try:
            while True:
                event = self._http.next_event()
                if event is not h11.NEED_DATA:
                    break
                if self._lines > HEAD_LINES_MAX:
                    raise ConnectionLost("the head of a message has too many lines")
                data = await self._reader.read(READ_BYTES)
                self._lines += data.count(b"\n")
                self._http.receive_data(data)
        except (h11.RemoteProtocolError, OSError) as error:
            raise ConnectionLost(str(error)) from error
        self._lines = 0
        if not isinstance(event, h11.Event) or isinstance(event, h11.ConnectionClosed):
            raise ConnectionLost("closed by the other end, or out of turn")
        return event

    async def body(self) -> AsyncIterator[h11.Data | h11.EndOfMessage]:
        """The pieces of the current message's body up to and including its end."""
        while True:
            event = await self.next_event()
            if isinstance(event, h11.Data):
                yield event
            elif isinstance(event, h11.EndOfMessage):
                yield event
                return

    async def whole_body(self, bytes_max: int = BODY_BYTES_MAX) -> bytes:
        """The current message's body, cut at `bytes_max`: the rest is read and dropped."""
        body = bytearray()
        async for part in self.body():
            if isinstance(part, h11.Data):
                body += part.data[: max(0, bytes_max - len(body))]
        return bytes(body)

    async def send(self, *events: h11.Event) -> None:
        """Send events, in one piece: each write wakes every process between here and the other end.

        Raises ConnectionLost.
        """
        try:
            self._writer.write(b"".join([self._http.send(event) or b"" for event in events]))
            await self._writer.drain()
        except (h11.LocalProtocolError, OSError) as error:
            raise ConnectionLost(str(error)) from error

    async def closed(self) -> None:
        """Wait until the other end closes; only while it has nothing to say."""
        data = await self._reader.read(1)
        if data:
            self._http.receive_data(data)
            await asyncio.Event().wait()

    def reusable(self) -> bool:
        """Make ready for the next message; False when the connection has to be closed instead."""
        if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return False
        self._http.start_next_cycle()
        return True

    def close(self) -> None:
        """Close without waiting."""
        self._writer.close()
