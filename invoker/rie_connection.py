"""The way from the worker to one of the RIE's ports: a connection that the sandbox makes at its start."""

import asyncio
import socket
from typing import Final

from invoker.http_connection import HttpConnection
from invoker.http_message import Responses

HOST: Final = (b"host", b"rie")


class RieConnection:
    """The one connection to a port of the RIE, made before any code of the function."""

    def __init__(self) -> None:
        self._connection: asyncio.Future[HttpConnection] = asyncio.get_running_loop().create_future()
        self._server: asyncio.Server | None = None

    async def serve(self, listener: socket.socket) -> None:
        """Wait for the sandbox's connection on a listening socket; a second one is refused."""
        self._server = await asyncio.start_unix_server(self._on_connection, sock=listener)

    async def connected(self) -> HttpConnection:
        """The connection, as soon as the sandbox is up."""
        return await asyncio.shield(self._connection)

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
