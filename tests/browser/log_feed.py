"""Stands in for the events of an invocation, so that a test decides which lines a page is given, and when."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.editor_page import EditorPage


def event(seq: int, **body: object) -> str:
    return json.dumps({"seq": seq, "time": "2026-01-01T12:00:00.000Z", **body})


def log(seq: int, text: str) -> str:
    return event(seq, type="log", stream="stdout", level="INFO", text=text)


FINISHED = {
    "type": "finished",
    "outcome": "ok",
    "response": "null",
    "response_size": 4,
    "response_truncated": False,
    "error": None,
    "notice": None,
    "metrics": None,
}


class Feed:
    """Stands in for the events of one invocation. What is fed is shown as if a worker had told it."""

    def __init__(self, page: Page) -> None:
        self._seq = 0
        self._socket: WebSocketRoute | None = None
        self._followed: str | None = None
        page.route_web_socket(re.compile("/ws/invocations$"), self._take)

    def _take(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.on_message(self._hear)

    def _hear(self, wish: str | bytes) -> None:
        self._followed = json.loads(wish)["follow"]

    def wait(self, editor: EditorPage) -> None:
        """Until the page asks for events."""
        expect(editor.state).to_have_text(re.compile("^Queued"))
        while self._followed is None:
            editor.page.wait_for_timeout(50)

    def lines(self, texts: list[str]) -> None:
        for text in texts:
            self._seq += 1
            self._send(log(self._seq, text))

    def finish(self) -> None:
        self._seq += 1
        self._send(event(self._seq, **FINISHED))

    def _send(self, message: str) -> None:
        assert self._socket
        self._socket.send(json.dumps({"invocation": self._followed, "messages": [json.loads(message)]}))


@pytest.fixture
def feed(editor: EditorPage) -> Iterator[Feed]:
    """An invocation whose events the test tells; a page of its own, as the route stays with it."""
    page = editor.page.context.new_page()
    feed = Feed(page)
    page.goto(editor.page.url)
    yield feed
    page.close()


def fed_editor(editor: EditorPage) -> EditorPage:
    return EditorPage(editor.page.context.pages[-1], editor.watch)
