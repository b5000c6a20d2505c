"""A further web process on the state of a served playground, one that a test may kill and start again."""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import httpx

from tests.serving import CHECKOUT, Served, free_port, serve_environment


class SecondWeb:
    """`python -m playground.web` on a port of its own, beside the one that the supervisor started.

    It starts again when the test says so, so that what happens in between can be looked at.
    """

    def __init__(self, served: Served, **environment: str) -> None:
        self._state = served.state
        self._environment = environment
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()
        self.wait_until_ready()

    def start(self) -> None:
        """Start it; it answers about a second later."""
        log = (self._state / "logs" / "second-web.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "playground.web"],
                cwd=CHECKOUT,
                env=serve_environment(self._state, self.port) | self._environment,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> None:
        """Wait for its first answer."""
        deadline = time.monotonic() + 30
        while True:
            try:
                httpx.get(f"{self.url}/favicon.ico", trust_env=False)
                return
            except httpx.TransportError:
                assert time.monotonic() < deadline, "the second web process does not answer"
                assert self._process.poll() is None, "the second web process ended"
                time.sleep(0.05)

    def sockets(self) -> int:
        """How many sockets it has open."""
        found = 0
        for descriptor in Path(f"/proc/{self._process.pid}/fd").iterdir():
            with suppress(FileNotFoundError):
                found += str(descriptor.readlink()).startswith("socket:")
        return found

    def kill(self) -> None:
        """End it as a crash does."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> "SecondWeb":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
