"""Engines on both sandboxes, for tests that run real functions."""

import contextlib
import os
import shutil
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from invoker.deployment_package import DeploymentPackage
from invoker.engine import Engine
from invoker.errors import InvokerError
from invoker.events import Event, Finished, LogLine, Stream
from invoker.invocation import FunctionConfiguration, Invocation
from invoker.pool_settings import PoolSettings
from invoker.sandbox.choice import SandboxSettings

WAITING = 2
CHECKOUT = Path(__file__).parents[2]


@dataclass
class Run:
    """Everything that one invocation told."""

    request_id: str
    events: list[Event] = field(default_factory=list)

    @property
    def finished(self) -> Finished:
        last = self.events[-1]
        assert isinstance(last, Finished)
        return last

    @property
    def lines(self) -> list[LogLine]:
        return [event for event in self.events if isinstance(event, LogLine)]

    @property
    def log(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def platform_lines(self) -> list[str]:
        return [line.text for line in self.lines if line.stream is Stream.PLATFORM]

    @property
    def report(self) -> str:
        return next(text for text in reversed(self.platform_lines) if text.startswith("REPORT "))


@dataclass
class Runner:
    """Invokes functions on one engine."""

    engine: Engine
    kind: str
    state: Path

    def invocation(
        self,
        code: str | dict[str, str],
        event: bytes = b"{}",
        owner: str = "somebody",
        name: str = "function",
        start_cold: bool = False,
        client_context: str | None = None,
        **configuration: object,
    ) -> Invocation:
        files = {"index.mjs": code} if isinstance(code, str) else code
        return Invocation(
            request_id=str(uuid.uuid4()),
            owner=owner,
            configuration=FunctionConfiguration(name, **configuration),  # type: ignore[arg-type]
            package=DeploymentPackage.of_texts(files),
            event=event,
            start_cold=start_cold,
            client_context=client_context,
        )

    def wait_until_filled(self) -> None:
        """Wait until the engine has its sandboxes waiting."""
        deadline = time.monotonic() + 60
        while self.engine.waiting() < WAITING:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def kill_waiting(self) -> None:
        """SIGKILL to Node.js in every waiting sandbox of this engine."""
        folders = [str(path) for path in self.state.glob("sandboxes/*/*/task") if not any(path.iterdir())]
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                mounts = (process / "mountinfo").read_text()
                if "waiting.mjs" in (process / "cmdline").read_text() and any(f in mounts for f in folders):
                    os.kill(int(process.name), signal.SIGKILL)

    def run(self, invocation: Invocation) -> Run:
        run = Run(invocation.request_id)
        run.events.extend(self.engine.invoke(invocation))
        return run

    def __call__(self, code: str | dict[str, str], **options: object) -> Run:
        return self.run(self.invocation(code, **options))  # type: ignore[arg-type]


def pids_of(code: str) -> list[int]:
    """The processes of the sandbox that holds this code as its index.mjs, as this host sees them."""
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _code_in(folder) == code]


def _code_in(process: Path) -> str:
    try:
        return (process / "root/var/task/index.mjs").read_text()
    except OSError:
        return ""


def start_engine(
    kind: str, state: Path, pool_settings: PoolSettings | None = None, oci_runtime: str = ""
) -> Engine:
    """An engine on a sandbox of this kind; the test is skipped outside CI where that is missing."""
    try:
        settings = SandboxSettings(
            kind=kind,
            runtime=CHECKOUT / ".state" / "runtime",
            oci_runtime=oci_runtime or os.environ.get("OCI_RUNTIME", ""),
        )
        return Engine.start(state, settings, pool_settings or PoolSettings(waiting=WAITING))
    except InvokerError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the {kind} sandbox is missing: {error}")


@pytest.fixture(scope="session", params=["docker", "local"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """Runs functions on each sandbox in turn."""
    state = tmp_path_factory.mktemp(f"{request.param}-state")
    engine = start_engine(request.param, state)
    yield Runner(engine, request.param, state)
    engine.close()
    assert list((state / "sandboxes").iterdir()) == []
    shutil.rmtree(state)


Invoke = Callable[..., Run]
