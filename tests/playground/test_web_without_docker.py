"""Where everything is embedded, the worker uses the Docker Engine and the web process never does."""

import os
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client import Person
from tests.serving import Served, has_docker

ENGINE = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")


class Watched:
    """A socket that passes everything on to the engine, and knows which processes came."""

    def __init__(self, path: Path) -> None:
        self.pids: set[int] = set()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                comer, _ = self._listener.accept()
            except OSError:
                return
            credentials = comer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            self.pids.add(struct.unpack("3i", credentials)[0])
            engine = socket.socket(socket.AF_UNIX)
            engine.connect(ENGINE.removeprefix("unix://"))
            for one, other in ((comer, engine), (engine, comer)):
                threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    try:
        while content := one.recv(65_536):
            other.sendall(content)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        other.close()


@pytest.fixture
def watched(short_folder: Path) -> Iterator[Watched]:
    """The engine's socket, watched; the test is skipped outside CI where there is none."""
    if not has_docker() or not ENGINE.startswith("unix://"):
        assert not os.environ.get("CI"), "no Docker Engine is reachable"
        pytest.skip("no Docker Engine is reachable at a socket")
    watched = Watched(short_folder / "docker.sock")
    yield watched
    watched.close()


@pytest.mark.docker
def test_the_worker_alone_comes_to_the_engine(watched: Watched, short_folder: Path) -> None:
    served = Served(SANDBOX="docker", WAITING_SANDBOXES="0", DOCKER_HOST=f"unix://{short_folder}/docker.sock")
    try:
        served.wait_until_ready()
        person = Person(served.url)
        assert person.run("export const handler = async () => 42")["response"] == "42"
        assert person.http.get("/healthz").status_code == 200
        assert person.http.get("/api/openapi.json").status_code == 200
        parts = served.parts()
    finally:
        served.stop()
    assert parts["worker"] in watched.pids
    assert parts["web"] not in watched.pids
