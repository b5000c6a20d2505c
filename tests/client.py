"""A person who uses a served playground as the page does: with cookies, token and WebSocket."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

Message = dict[str, Any]


class Person:
    """One browser's worth of cookies at the playground of this address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=30, trust_env=False)
        self.http.get("/").raise_for_status()

    def post(self, path: str, body: object = None) -> httpx.Response:
        """A POST with the token."""
        headers = {"X-CSRFToken": self.http.cookies["csrftoken"], "Origin": self.url}
        return self.http.post(path, json=body, headers=headers)

    def submit(self, source: str, **changes: object) -> str:
        """Submit an ES module; gives the invocation's id."""
        answer = self.post("/api/invocations", {"files": {"index.mjs": source}, **changes})
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def read(self, invocation_id: str) -> Message:
        """The invocation as it is now."""
        answer = self.http.get(f"/api/invocations/{invocation_id}")
        assert answer.status_code == 200, answer.text
        told: Message = answer.json()
        return told

    def cancel(self, invocation_id: str) -> None:
        """Ask for its end."""
        assert self.post(f"/api/invocations/{invocation_id}/cancel").status_code == 202

    @contextmanager
    def socket(
        self, invocation_id: str, after: int | str | None = None, **options: Any
    ) -> Iterator[ClientConnection]:
        """The WebSocket of an invocation; `options` are those of `connect`."""
        query = "" if after is None else f"?after={after}"
        with self._connected(f"/{invocation_id}{query}", options) as socket:
            yield socket

    @contextmanager
    def page_socket(self, **options: Any) -> Iterator[ClientConnection]:
        """The WebSocket of a page, on which it follows one run after the other."""
        with self._connected("", options) as socket:
            yield socket

    @contextmanager
    def _connected(self, path: str, options: Mapping[str, Any]) -> Iterator[ClientConnection]:
        address = f"{self.url.replace('http', 'ws', 1)}/ws/invocations{path}"
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)
        headers = {"Cookie": cookies} if cookies else {}
        origin = Origin(self.url)
        with connect(address, additional_headers=headers, origin=origin, proxy=None, **options) as socket:
            yield socket

    def follow(self, invocation_id: str, after: int | str | None = None) -> list[Message]:
        """Every event until the server closes."""
        with self.socket(invocation_id, after) as socket:
            messages, code = until_closed(socket)
        assert code == 1000, code
        return messages

    def run(self, source: str, **changes: object) -> Message:
        """Submit, follow to the end, and read."""
        invocation_id = self.submit(source, **changes)
        self.follow(invocation_id)
        return self.read(invocation_id)


def until_closed(socket: ClientConnection, timeout_s: float = 60) -> tuple[list[Message], int | None]:
    """What comes until the server closes, and the code with which it does."""
    messages = []
    while True:
        try:
            messages.append(json.loads(socket.recv(timeout_s)))
        except ConnectionClosed as closed:
            return messages, closed.rcvd.code if closed.rcvd else None


def texts(messages: list[Message], stream: str | None = None) -> list[str]:
    """The log texts, of one stream or all."""
    return [
        message["text"]
        for message in messages
        if message["type"] == "log" and stream in {None, message["stream"]}
    ]
