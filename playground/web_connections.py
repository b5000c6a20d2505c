"""Connections to the web process, before any request on them is whole: how many, and for how long.

uvicorn alone would keep a socket that says nothing, or a head that never ends, while the other end likes.
"""

import asyncio
import socket
from http import HTTPStatus

from django.conf import settings
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from playground.client_address import address_of
from playground.held import Held
from playground.refusal_body import refusal_body

_open = Held()


class LimitedConnection(HttpToolsProtocol):
    """One connection of a client."""

    _address: str | None = None
    _in_head = False
    _head_bytes = 0
    _is_upgraded = False
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Keep it, or say that there are too many."""
        super().connection_made(transport)
        if connection := transport.get_extra_info("socket"):
            # The kernel ends what does not take for so long what was sent to it, WebSockets too.
            stalled_ms = int(settings.RESPONSE_STALLED_SECONDS * 1_000)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, stalled_ms)
        self._wait_for_head()
        # Behind a proxy all connections come from one address.
        remote = self.client[0] if self.client and not settings.TRUSTED_PROXIES else ""
        address = address_of(remote, "", 0)
        if _open.total >= settings.CONNECTIONS_MAX:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "Too many connections are open.")
        elif _open.of(address) >= settings.CONNECTIONS_PER_ADDRESS_MAX:
            self._refuse(HTTPStatus.TOO_MANY_REQUESTS, "Too many connections from your address are open.")
        else:
            self._address = address
            _open.add((address,), 1)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take some bytes. A head may have so many, and so much time."""
        super().data_received(data)
        if self.transport.is_closing() or self._is_upgraded:
            return
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > settings.REQUEST_HEAD_BYTES_MAX:
                self._refuse(
                    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    f"The head of a request may have {settings.REQUEST_HEAD_BYTES_MAX} bytes at most.",
                )
                return
        if self._in_head or self.cycle is None or self.cycle.response_complete:
            self._wait_for_head()

    def on_message_begin(self) -> None:
        """The first byte of a head has come."""
        super().on_message_begin()
        self._in_head = True
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        self._stop_waiting()
        super().on_headers_complete()

    def handle_websocket_upgrade(self) -> None:
        """It is another protocol's from here on, with limits of its own."""
        self._is_upgraded = True
        self._forget()
        super().handle_websocket_upgrade()

    def _wait_for_head(self) -> None:
        if self._patience is None:
            self._patience = self.loop.call_later(settings.REQUEST_HEAD_SECONDS, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _too_slow(self) -> None:
        self._patience = None
        if self.transport.is_closing() or (self.cycle is not None and not self.cycle.response_complete):
            # A head that was sent behind a request which is still answered: uvicorn waits for it afterwards.
            return
        if self._in_head:
            seconds = settings.REQUEST_HEAD_SECONDS
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, f"The head of a request may take {seconds:g} seconds.")
        else:
            # A browser that connected ahead of its need has asked for nothing.
            self.transport.close()

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        body = refusal_body(sentence)
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()

    def _forget(self) -> None:
        self._stop_waiting()
        if self._address is not None:
            _open.add((self._address,), -1)
            self._address = None
