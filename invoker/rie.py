"""The only place that speaks HTTP to the RIE's invoke endpoint."""

import asyncio
import socket
from dataclasses import dataclass

from invoker.http_connection import HttpConnection
from invoker.http_message import Request, Responses

INVOKE = "/2015-03-31/functions/function/invocations"


@dataclass(frozen=True, slots=True)
class RieAnswer:
    """What the RIE said: 200 with the result, or 502 when the runtime ended without one."""

    status: int
    body: bytes


class Rie:
    """One sandbox's RIE, over the one connection that the sandbox made at its start."""

    def __init__(self) -> None:
        self._connection: asyncio.Future[HttpConnection] = asyncio.get_running_loop().create_future()
        self._server: asyncio.Server | None = None

    async def serve(self, listener: socket.socket) -> None:
        """Wait for the sandbox's connection on a listening socket; a second one is refused."""
        self._server = await asyncio.start_unix_server(self._on_connection, sock=listener)

    async def connected(self) -> None:
        """Wait until the sandbox is up."""
        await asyncio.shield(self._connection)

    async def invoke(self, event: bytes) -> RieAnswer:
        """Send one event and wait for the answer. Raises ConnectionLost when the RIE ended."""
        connection = await asyncio.shield(self._connection)
        head = Request("POST", INVOKE, [(b"host", b"rie"), (b"content-type", b"application/json")])
        await connection.send(head, event)
        response = await connection.response()
        body = await connection.whole_body()
        connection.reusable()
        return RieAnswer(response.status, body)

    def close(self) -> None:
        """Drop the connection and stop listening."""
        if self._server is not None:
            self._server.close()
        if self._connection.done() and not self._connection.cancelled():
            self._connection.result().close()

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._connection.done():
            writer.close()
            return
        self._connection.set_result(HttpConnection(reader, writer, Responses()))
