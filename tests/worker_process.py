"""A Celery worker on a host of its own making, one that a test may kill."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from celery.utils.nodenames import worker_direct
from django.conf import settings
from django.db import connection

from invoker.sandbox import choice
from invoker.sandbox.choice import SandboxSettings
from playground import worker_state
from playground.supervisor import commands
from tests.serving import CHECKOUT

# A host is known by its name, so a process that believes in another name is on another host.
ON_HOST = "import socket, sys; socket.gethostname = lambda: {host!r}; from celery.bin.celery import main; sys.exit(main())"


class WorkerProcess:
    """A worker named `name` that believes to be on `host`. Its database and Redis are those of the test."""

    def __init__(self, folder: Path, name: str, host: str, **environment: str) -> None:
        self.name = name
        self._log = folder / f"{name}.log"
        self._state = folder / name
        self._state.mkdir()
        given = {
            "DJANGO_SETTINGS_MODULE": "playground.settings",
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "REDIS_URL": settings.REDIS_URL,
            "SECRET_KEY": settings.SECRET_KEY,
            "ENCRYPTION_KEYS": ",".join(settings.ENCRYPTION_KEYS),
            "PLAYGROUND_STATE": str(self._state),
            "PLAYGROUND_RUNTIME": str(settings.PLAYGROUND_RUNTIME),
            "SANDBOX": "local",
            "WAITING_SANDBOXES": "1",
        }
        arguments = [argument.replace("worker@%h", f"{name}@test") for argument in commands.worker()[3:]]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", ON_HOST.format(host=host), *arguments],
                cwd=CHECKOUT,
                env={**os.environ, **given, **environment},
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> "WorkerProcess":
        """Wait until it says that it lives."""
        until(
            lambda: any(state.queue == self.queue for state in worker_state.living()),
            lambda: f"{self.name} does not come up: {self._log.read_text()[-2000:]}",
        )
        return self

    @property
    def queue(self) -> str:
        """The queue that only this worker takes messages from."""
        return str(worker_direct(f"{self.name}@test").name)

    @property
    def worker(self) -> str:
        """The name under which it claims rows."""
        return next(state.name for state in worker_state.living() if state.queue == self.queue)

    def kill(self) -> None:
        """End it as a crash does."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it as its host does, and remove what it left if it was killed, as the next one there would."""
        self._process.terminate()
        try:
            self._process.wait(30)
        finally:
            self.kill()
            # What is frozen cannot die with its worker.
            settled = SandboxSettings("local", runtime=Path(settings.PLAYGROUND_RUNTIME))
            asyncio.run(choice.sweep(choice.provider(self._state, settled), self._state))


def until(
    condition: Callable[[], bool], failure: Callable[[], str] = lambda: "", timeout_s: float = 60
) -> None:
    """Wait for something to become true. Raises AssertionError with what `failure` says."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, failure()
        time.sleep(0.02)
