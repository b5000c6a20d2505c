"""WebSockets of a workshop as its pages have them: read all the time, and back whenever they were lost."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.client import Person

LOOK_EACH_S = 0.05
BACK_AFTER_S = 0.25
"""As the page's first wait."""
NOT_FOUND = 4404


class Following:
    """Keeps every message of every connection, in the order in which they came."""

    def __init__(self, person: Person, path: str) -> None:
        self.messages: list[Any] = []
        self.codes: list[int | None] = []
        """With which each connection was closed that was."""
        self._address = person.url.replace("http", "ws", 1) + path
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.http.cookies.jar)
        self._options: Any = {
            "additional_headers": {"Cookie": cookies},
            "origin": Origin(person.url),
            "proxy": None,
            "max_size": None,
            "open_timeout": 60,
        }
        self._stopped = threading.Event()
        self._open = threading.Event()
        self._socket: ClientConnection | None = None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self._open.wait(60), path

    def _read(self) -> None:
        while not self._stopped.is_set():
            try:
                with connect(self._address, **self._options) as self._socket:
                    self._open.set()
                    self._read_connection(self._socket)
                self.codes.append(self._socket.close_code)
                if self._socket.close_code == NOT_FOUND:
                    return
            except (OSError, InvalidHandshake):
                pass
            self._stopped.wait(BACK_AFTER_S)

    def _read_connection(self, socket: ClientConnection) -> None:
        try:
            for text in socket:
                self.messages.append(json.loads(text))
        except ConnectionClosed:
            pass

    def until(self, holds: Callable[[], object], within_s: float) -> float:
        """Seconds until something holds of what was told."""
        begun = time.monotonic()
        while not holds():
            assert time.monotonic() - begun < within_s, self.messages[-1:]
            time.sleep(LOOK_EACH_S)
        return time.monotonic() - begun

    def close(self) -> None:
        """Go away."""
        self._stopped.set()
        if self._socket:
            self._socket.close()
        self._reader.join(10)


class Wall(Following):
    """The wall of whoever leads, folded as its page does it."""

    def rows(self) -> dict[str, Any]:
        """The rows by participant."""
        rows: dict[str, Any] = {}
        for message in list(self.messages):
            if message["type"] == "wall":
                rows = {}
            rows |= {row["id"]: row for row in message["participants"]}
            for gone in message.get("removed", []):
                rows.pop(gone, None)
        return rows

    def until_rows(self, hold: Callable[[dict[str, Any]], object], within_s: float) -> float:
        """Seconds until something holds of the rows."""
        return self.until(lambda: hold(self.rows()), within_s)
