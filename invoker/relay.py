"""The Runtime API as the runtime client sees it, served by the worker in front of the RIE's own.

Standing between the two shows the end of init, the exact moments of an invocation, success or error, and
every streamed chunk, without trust in anything that a function prints. Each call still goes on to the RIE.
Source of the calls: "Using the Lambda runtime API for custom runtimes".
"""

import asyncio
import base64
import binascii
import re
import socket
import time

from invoker import limits
from invoker.answer import Answer, shortened_error
from invoker.exchange import Exchange
from invoker.http_connection import ConnectionLost, HttpConnection, Pace
from invoker.http_message import End, Request, Requests, header
from invoker.runtime_api import (
    ACCEPTED,
    ERROR_BODY_TRAILER,
    ERROR_TYPE_HEADER,
    INIT_ERROR,
    INVALID_REQUEST_ID,
    INVALID_STATE,
    INVOCATION,
    NEXT,
    NOT_FOUND,
    REQUEST_ID_HEADER,
    RESPONSE_MODE_HEADER,
    TOO_LARGE,
    Message,
    RieRuntimeApi,
)

RESULT = re.compile(rf"{INVOCATION}/([^/]+)/(response|error)")
UNNAMED_ERROR = "Unhandled"


class RuntimeApiRelay:
    """The relay of one execution environment.

    `lost` is set when the runtime went away while idle, `runtime_waits` while it waits for an event.
    """

    def __init__(self) -> None:
        self.lost = asyncio.Event()
        self.runtime_waits = asyncio.Event()
        self._rie = RieRuntimeApi()
        self._pace = Pace()
        self._exchange: Exchange | None = None
        self._exchange_set = asyncio.Event()
        self._parked: asyncio.Task[Message] | None = None
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def serve(self, runtime: socket.socket, api: socket.socket) -> None:
        """Serve the runtime on one listening socket, and take the RIE's Runtime API from the other."""
        await self._rie.serve(api)
        self._server = await asyncio.start_unix_server(self._on_runtime, sock=runtime)

    async def rehearse(self) -> None:
        """Take the RIE through an event of nobody in place of the runtime, and ask it for the next one.

        The RIE starts the runtime with its first event only. From here on it waits for an event as a warm
        runtime does. Raises ConnectionLost.
        """
        event = await self._rie.next()
        request_id = header(event.headers, REQUEST_ID_HEADER)
        await self._rie.post(f"{INVOCATION}/{request_id}/response", b"{}")
        self._parked = asyncio.create_task(self._rie.next())
        self._parked.add_done_callback(self._on_parked_done)

    def begin(self, exchange: Exchange) -> None:
        """From now on the runtime's calls belong to this exchange."""
        self._exchange = exchange
        self._exchange_set.set()

    def end(self) -> None:
        """No invocation is under way any more."""
        self._exchange = None
        self._exchange_set.clear()

    def close(self) -> None:
        """Stop serving and drop every connection."""
        if self._server is not None:
            self._server.close()
        for task in self._connections:
            task.cancel()
        if self._parked is not None:
            self._parked.cancel()
        self._rie.close()

    async def _on_runtime(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        connection = HttpConnection(reader, writer, Requests(), self._pace)
        try:
            while await self._serve_one(connection):
                pass
        except (ConnectionLost, asyncio.CancelledError):
            # Either end may go at any time; what that means is seen elsewhere.
            pass
        finally:
            self._connections.discard(task)
            connection.close()

    async def _serve_one(self, connection: HttpConnection) -> bool:
        request = await connection.request()
        call = (request.method, request.target)
        if call == ("GET", NEXT):
            await connection.whole_body()
            await self._next(connection)
        elif call == ("POST", INIT_ERROR):
            await self._init_error(connection, request)
        elif call[0] == "POST" and (found := RESULT.fullmatch(call[1])):
            await self._result(connection, request, found[1], found[2])
        else:
            await connection.whole_body()
            await NOT_FOUND.send(connection)
        return connection.reusable()

    async def _next(self, connection: HttpConnection) -> None:
        exchange = self._exchange
        if exchange is not None and exchange.handed_out.done() and not exchange.answered.done():
            # The event of this invocation is out already; there is no other that could be taken.
            await connection.closed()
            raise ConnectionLost("the runtime went away")
        if exchange is not None and not exchange.ready.done():
            exchange.ready.set_result(time.monotonic())
        self.runtime_waits.set()
        event = await self._next_event(connection)
        self.runtime_waits.clear()
        await self._exchange_set.wait()
        assert self._exchange is not None
        if event.status != 200:
            await event.send(connection)
            return
        self._exchange.hand_out(header(event.headers, REQUEST_ID_HEADER))
        await event.send(connection, *self._exchange.headers(time.time()))

    def _on_parked_done(self, parked: asyncio.Task[Message]) -> None:
        if not parked.cancelled() and parked.exception() is not None:
            self.lost.set()

    async def _next_event(self, connection: HttpConnection) -> Message:
        asked, self._parked = self._parked or asyncio.create_task(self._rie.next()), None
        gone = asyncio.create_task(connection.closed())
        try:
            await asyncio.wait({asked, gone}, return_when=asyncio.FIRST_COMPLETED)
            if gone.done() or not asked.done():
                raise ConnectionLost("the runtime went away while it waited")
            return asked.result()
        except ConnectionLost:
            # When a whole sandbox dies, either end may be seen first.
            self.lost.set()
            raise
        finally:
            gone.cancel()
            asked.cancel()
            # Nothing may read from the connection any more when its next message is awaited.
            await asyncio.gather(gone, asked, return_exceptions=True)

    async def _init_error(self, connection: HttpConnection, request: Request) -> None:
        body = shortened_error(await connection.whole_body())
        if self._exchange is None or self._exchange.handed_out.done():
            # Init is over: the RIE would refuse it too, and nothing of it may look like the outcome.
            await INVALID_STATE.send(connection)
            return
        error_type = header(request.headers, ERROR_TYPE_HEADER) or UNNAMED_ERROR
        self._exchange.answer(Answer(time.monotonic(), body, error_type, in_init=True))
        # The RIE's own init ended when the runtime began to wait; it hears of this as the runtime's exit.
        await ACCEPTED.send(connection)

    async def _result(self, connection: HttpConnection, request: Request, request_id: str, kind: str) -> None:
        exchange = self._exchange
        if exchange is None or request_id != exchange.invocation.request_id:
            await connection.whole_body()
            await INVALID_REQUEST_ID.send(connection)
            return
        streamed = header(request.headers, RESPONSE_MODE_HEADER) == "streaming"
        body, trailing_error = await self._read_result(connection, exchange, streamed)
        answer = _answer(kind, body, trailing_error, header(request.headers, ERROR_TYPE_HEADER))
        exchange.answer(answer)
        # Whoever invoked hears of the end before the emulator and the runtime do, which takes 0.3 ms.
        await exchange.over.wait()
        target = f"{INVOCATION}/{exchange.rie_request_id}/"
        if answer.too_large:
            # The RIE has to hear of an end as well, and would not take this one.
            await self._rie.post(target + "error", b"{}")
            await TOO_LARGE.send(connection)
            return
        await (await self._rie.post(target + kind, answer.body, request.headers)).send(connection)

    async def _read_result(
        self, connection: HttpConnection, exchange: Exchange, streamed: bool
    ) -> tuple[bytes, bytes | None]:
        """The body, cut just above the limit, and the error in the trailers of a broken stream."""
        body = bytearray()
        async for part in connection.body():
            if isinstance(part, End):
                encoded = header(part.trailers, ERROR_BODY_TRAILER)
                return bytes(body), _decoded(encoded) if encoded else None
            room = limits.RESPONSE_BYTES_MAX + 1 - len(body)
            if room > 0:
                kept = part[:room]
                body += kept
                if streamed:
                    exchange.on_chunk(kept)
        raise ConnectionLost("the body has no end")


def _answer(kind: str, body: bytes, trailing_error: bytes | None, error_type: str) -> Answer:
    now = time.monotonic()
    if trailing_error is not None:
        return Answer(now, trailing_error, UNNAMED_ERROR)
    if kind == "error":
        return Answer(now, shortened_error(body), error_type or UNNAMED_ERROR)
    if len(body) > limits.RESPONSE_BYTES_MAX:
        return Answer(now, b"", too_large=True)
    return Answer(now, body)


def _decoded(encoded: str) -> bytes:
    try:
        return shortened_error(base64.b64decode(encoded, validate=True))
    except (binascii.Error, ValueError):
        return b"{}"
