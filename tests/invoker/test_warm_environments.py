"""Environments that stay warm: for how long, how many, and what becomes of them when their engine is killed."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import docker
import pytest

from invoker.pool_settings import PoolSettings
from invoker.sandbox.docker import LABEL
from tests.leftovers import control_groups

from .conftest import CHECKOUT, Runner, start_engine

COUNTER = "let calls = 0; export const handler = async () => ++calls"


@pytest.fixture
def engine(run: Runner, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Runner]:
    """An engine of its own, with the settings that the test names."""
    started = start_engine(run.kind, tmp_path, request.param)
    yield Runner(started, run.kind, tmp_path)
    started.close()


def calls(run: Runner, name: str) -> int:
    value = json.loads(run(COUNTER, name=name).finished.response)
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize("engine", [PoolSettings(waiting=0, warm=2)], indirect=True, ids=["two"])
def test_the_one_that_was_used_least_lately_makes_room(engine: Runner) -> None:
    assert [calls(engine, name) for name in ("a", "b", "a", "c")] == [1, 1, 2, 1]
    assert calls(engine, "a") == 3
    assert calls(engine, "b") == 1


@pytest.mark.parametrize(
    "engine", [PoolSettings(waiting=0, warm_idle_s=2.0)], indirect=True, ids=["two-seconds"]
)
def test_an_idle_environment_is_shut_down_after_its_time(engine: Runner) -> None:
    assert calls(engine, "idle") == 1
    deadline = time.monotonic() + 20
    while list(engine.state.glob("sandboxes/*/*/control")):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert calls(engine, "idle") == 1


IDLE_ENGINE = """
import sys, uuid
from pathlib import Path
from invoker.deployment_package import DeploymentPackage
from invoker.engine import Engine
from invoker.invocation import FunctionConfiguration, Invocation
from invoker.pool_settings import PoolSettings
from invoker.sandbox.choice import SandboxSettings
state, runtime, kind = sys.argv[1:]
engine = Engine.start(Path(state), SandboxSettings(kind=kind, runtime=Path(runtime)), PoolSettings(waiting=1))
package = DeploymentPackage.of_texts({"index.mjs": "export const handler = async () => 1"})
for _ in range(2):
    for _ in engine.invoke(Invocation(str(uuid.uuid4()), "somebody", FunctionConfiguration("f"), package)): pass
import time
while engine.waiting() < 1: time.sleep(0.05)
print("idle", flush=True)
time.sleep(60)
"""


def test_frozen_and_waiting_environments_of_a_killed_engine_are_swept(run: Runner, tmp_path: Path) -> None:
    runtime = CHECKOUT / ".state" / "runtime"
    killed = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(IDLE_ENGINE), str(tmp_path), str(runtime), run.kind],
        stdout=subprocess.PIPE,
        cwd=CHECKOUT,
        text=True,
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == "idle\n"
    sandbox_ids = [path.parent.name for path in tmp_path.glob("sandboxes/*/*/control")]
    assert len(sandbox_ids) == 2
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    start_engine(run.kind, tmp_path, PoolSettings(waiting=0)).close()
    assert list((tmp_path / "sandboxes").iterdir()) == []
    for sandbox_id in sandbox_ids:
        assert sandbox_id not in {group.name for group in control_groups()}
        assert not processes_of(sandbox_id)
        if run.kind == "docker":
            left = docker.from_env().containers.list(all=True, filters={"label": f"{LABEL}={sandbox_id}"})
            assert left == []


def processes_of(sandbox_id: str) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if sandbox_id in (folder / "mountinfo").read_text():
                found.append((folder / "cmdline").read_text())
        except OSError:
            continue
    return found
