"""The Runtime API as the runtime client sees it, served by the worker in front of the RIE's own.

Standing between the two shows the end of init, the exact moments of an invocation, success or error, and
every streamed chunk, without trust in anything that a function prints. Each call still goes on to the RIE.
Source of the calls: "Using the Lambda runtime API for custom runtimes".
"""

import asyncio
import base64
import binascii
import contextlib
import json
import re
import socket
import time
from collections.abc import Iterable

import h11

from invoker import limits
from invoker.exchange import Answer, Exchange, shortened_error
from invoker.http_connection import ConnectionLost, HttpConnection

NEXT = "/2018-06-01/runtime/invocation/next"
INIT_ERROR = "/2018-06-01/runtime/init/error"
RESULT = re.compile(r"/2018-06-01/runtime/invocation/([^/]+)/(response|error)")
# The stack trace for X-Ray: of no use here, and larger than the RIE takes when a message is.
DROPPED_HEADERS = frozenset({b"lambda-runtime-function-xray-error-cause", b"host", b"connection"})
ERROR_TYPE_HEADER = b"lambda-runtime-function-error-type"
INVALID_REQUEST_ID = (400, {"errorMessage": "Invalid request ID", "errorType": "InvalidRequestID"})
INVALID_STATE = (
    403,
    {"errorMessage": "State transition is not allowed", "errorType": "InvalidStateTransition"},
)
TOO_LARGE_MESSAGE = (
    f"Response payload size exceeded maximum allowed payload size ({limits.RESPONSE_BYTES_MAX} bytes)."
)
TOO_LARGE = (413, {"errorMessage": TOO_LARGE_MESSAGE, "errorType": "Function.ResponseSizeTooLarge"})


Headers = Iterable[tuple[bytes, bytes]]


class RuntimeApiRelay:
    """The relay of one execution environment. `lost` is set when the runtime went away while idle."""

    def __init__(self) -> None:
        self.lost = asyncio.Event()
        self._upstream: asyncio.Future[HttpConnection] = asyncio.get_running_loop().create_future()
        self._upstream_free = asyncio.Lock()
        self._exchange: Exchange | None = None
        self._exchange_set = asyncio.Event()
        self._servers: list[asyncio.Server] = []
        self._connections: set[asyncio.Task[None]] = set()

    async def serve(self, runtime: socket.socket, api: socket.socket) -> None:
        """Serve the runtime on one listening socket, and take the RIE's Runtime API from the other."""
        self._servers = [
            await asyncio.start_unix_server(self._on_runtime, sock=runtime),
            await asyncio.start_unix_server(self._on_upstream, sock=api),
        ]

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
        for server in self._servers:
            server.close()
        for task in self._connections:
            task.cancel()
        if self._upstream.done() and not self._upstream.cancelled():
            self._upstream.result().close()

    async def _on_upstream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._upstream.done():
            # Only the first is the RIE's: it was made before any code of the function ran.
            writer.close()
            return
        self._upstream.set_result(HttpConnection(reader, writer, h11.CLIENT))

    async def _on_runtime(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        connection = HttpConnection(reader, writer, h11.SERVER)
        try:
            while await self._serve_one(connection):
                pass
        except (ConnectionLost, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            connection.close()

    async def _serve_one(self, connection: HttpConnection) -> bool:
        request = await connection.next_event()
        if not isinstance(request, h11.Request):
            return False
        target = request.target.decode("latin-1")
        if request.method == b"GET" and target == NEXT:
            await connection.whole_body()
            await self._next(connection)
        elif request.method == b"POST" and target == INIT_ERROR:
            await self._init_error(connection, request)
        elif request.method == b"POST" and (found := RESULT.fullmatch(target)):
            await self._result(connection, request, found[1], found[2])
        else:
            await connection.whole_body()
            await _reply(connection, 404, {"errorMessage": "Not found", "errorType": "NotFound"})
        return connection.reusable()

    async def _next(self, connection: HttpConnection) -> None:
        exchange = self._exchange
        if exchange is not None and exchange.handed_out.done() and not exchange.answered.done():
            # The event of this invocation is out already; there is no other that could be taken.
            await connection.closed()
            raise ConnectionLost("the runtime went away")
        if exchange is not None and not exchange.ready.done():
            exchange.ready.set_result(time.time())
        asked = asyncio.create_task(self._ask_next())
        gone = asyncio.create_task(connection.closed())
        try:
            await asyncio.wait({asked, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                self.lost.set()
                raise ConnectionLost("the runtime went away while it waited")
            status, headers, body = asked.result()
        finally:
            for task in (gone, asked):
                task.cancel()
            # Nothing may read from the connection any more when the next message is awaited.
            await asyncio.gather(gone, asked, return_exceptions=True)
        await self._exchange_set.wait()
        assert self._exchange is not None
        current = self._exchange
        rie_request_id = _header(headers, b"lambda-runtime-aws-request-id").decode("latin-1")
        if status == 200:
            handed_out = current.hand_out(rie_request_id)
            out = [("Content-Type", "application/json"), *current.headers(handed_out)]
        else:
            out = [("Content-Type", "application/json")]
        await connection.send(
            h11.Response(status_code=status, headers=[*out, ("Content-Length", str(len(body)))]),
            h11.Data(data=body),
            h11.EndOfMessage(),
        )

    async def _ask_next(self) -> tuple[int, Headers, bytes]:
        async with self._upstream_free:
            upstream = await asyncio.shield(self._upstream)
            await upstream.send(
                h11.Request(method="GET", target=NEXT, headers=[("Host", "rie")]), h11.EndOfMessage()
            )
            return await _read_response(upstream)

    async def _init_error(self, connection: HttpConnection, request: h11.Request) -> None:
        body = await connection.whole_body()
        if self._exchange is None or self._exchange.handed_out.done():
            # Init is over: the RIE would refuse it too, and nothing of it may look like the outcome.
            await _reply(connection, *INVALID_STATE)
            return
        if not self._exchange.answered.done():
            error_type = _header(request.headers, ERROR_TYPE_HEADER).decode("latin-1") or "Unhandled"
            self._exchange.answer(Answer(time.time(), shortened_error(body), error_type, in_init=True))
        await self._pass_on(connection, INIT_ERROR, request, shortened_error(body))

    async def _result(
        self, connection: HttpConnection, request: h11.Request, request_id: str, kind: str
    ) -> None:
        exchange = self._exchange
        if exchange is None or request_id != exchange.invocation.request_id:
            await connection.whole_body()
            await _reply(connection, *INVALID_REQUEST_ID)
            return
        streamed = _header(request.headers, b"lambda-runtime-function-response-mode") == b"streaming"
        body, trailer_error = await self._read_result(connection, exchange, streamed)
        target = f"/2018-06-01/runtime/invocation/{exchange.rie_request_id}/{kind}"
        if kind == "error":
            error_type = _header(request.headers, ERROR_TYPE_HEADER).decode("latin-1") or "Unhandled"
            body = shortened_error(body)
            exchange.answer(Answer(time.time(), body, error_type))
        elif trailer_error is not None:
            exchange.answer(Answer(time.time(), trailer_error, "Unhandled"))
        elif len(body) > limits.RESPONSE_BYTES_MAX:
            exchange.answer(Answer(time.time(), b"", too_large=True))
            # The RIE must hear of an end as well, and would not take this one.
            await self._tell_rie(f"/2018-06-01/runtime/invocation/{exchange.rie_request_id}/error", b"{}")
            await _reply(connection, *TOO_LARGE)
            return
        else:
            exchange.answer(Answer(time.time(), body))
        await self._pass_on(connection, target, request, body)

    async def _read_result(
        self, connection: HttpConnection, exchange: Exchange, streamed: bool
    ) -> tuple[bytes, bytes | None]:
        """The body, cut just above the limit, and the error in the trailers of a broken stream."""
        body = bytearray()
        async for part in connection.body():
            if isinstance(part, h11.EndOfMessage):
                encoded = _header(part.headers, b"lambda-runtime-function-error-body")
                return bytes(body), _decoded(encoded) if encoded else None
            room = limits.RESPONSE_BYTES_MAX + 1 - len(body)
            if room > 0:
                kept = bytes(part.data[:room])
                body += kept
                if streamed:
                    exchange.on_chunk(kept)
        raise ConnectionLost("the body has no end")

    async def _tell_rie(self, target: str, body: bytes) -> None:
        async with self._upstream_free:
            upstream = await asyncio.shield(self._upstream)
            await upstream.send(_post(target, body), h11.Data(data=body), h11.EndOfMessage())
            await _read_response(upstream)

    async def _pass_on(
        self, connection: HttpConnection, target: str, request: h11.Request, body: bytes
    ) -> None:
        kept = [
            (name, value)
            for name, value in request.headers
            if name.startswith((b"lambda-runtime-function-error", b"content-type"))
            and name not in DROPPED_HEADERS
        ]
        async with self._upstream_free:
            upstream = await asyncio.shield(self._upstream)
            await upstream.send(_post(target, body, kept), h11.Data(data=body), h11.EndOfMessage())
            status, _, answer = await _read_response(upstream)
        with contextlib.suppress(ConnectionLost):
            await connection.send(
                h11.Response(
                    status_code=status,
                    headers=[("Content-Type", "application/json"), ("Content-Length", str(len(answer)))],
                ),
                h11.Data(data=answer),
                h11.EndOfMessage(),
            )


def _post(target: str, body: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> h11.Request:
    lines = [("Host", "rie"), ("Content-Length", str(len(body)))]
    encoded = [(name.encode(), value.encode()) for name, value in lines]
    return h11.Request(method="POST", target=target, headers=[*encoded, *(headers or [])])


async def _read_response(upstream: HttpConnection) -> tuple[int, Headers, bytes]:
    response = await upstream.next_event()
    if not isinstance(response, h11.Response):
        raise ConnectionLost("the RIE did not answer")
    body = await upstream.whole_body()
    if not upstream.reusable():
        raise ConnectionLost("the RIE closes its connection")
    return response.status_code, response.headers, body


async def _reply(connection: HttpConnection, status: int, value: dict[str, str]) -> None:
    body = json.dumps(value).encode()
    head = h11.Response(
        status_code=status,
        headers=[("Content-Type", "application/json"), ("Content-Length", str(len(body)))],
    )
    await connection.send(head, h11.Data(data=body), h11.EndOfMessage())


def _header(headers: Headers, name: bytes) -> bytes:
    return next((value for key, value in headers if key.lower() == name), b"")


def _decoded(encoded: bytes) -> bytes:
    try:
        return shortened_error(base64.b64decode(encoded, validate=True))
    except binascii.Error:
        return b"{}"
