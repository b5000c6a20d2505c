"""Execution environments: what stays between invocations, what never does, and what is cleaned up."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import docker
import pytest

from invoker.events import Outcome, State, StateChanged
from invoker.sandbox.cgroup import of_process
from invoker.sandbox.docker import LABEL
from tests.leftovers import control_groups

from .conftest import CHECKOUT, Run, Runner, pids_of

COUNTER = "let calls = 0; export const handler = async () => ++calls"


def count(run: Run) -> int:
    value = json.loads(run.finished.response)
    assert isinstance(value, int)
    return value


def test_the_second_invocation_keeps_globals_and_has_no_init(run: Runner) -> None:
    first, second = run(COUNTER, name="kept"), run(COUNTER, name="kept")
    assert (count(first), count(second)) == (1, 2)
    assert "Init Duration" in first.report
    assert "Init Duration" not in second.report
    assert first.finished.metrics is not None
    assert first.finished.metrics.cold_start
    assert second.finished.metrics is not None
    assert not second.finished.metrics.cold_start


@pytest.mark.parametrize(
    "change",
    [
        {"code": COUNTER + " // changed"},
        {"environment": {"STAGE": "test"}},
        {"memory_size": 256},
        {"timeout": 4},
        {"name": "another"},
        {"owner": "somebody else"},
        {"start_cold": True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_starts_fresh(run: Runner, change: dict[str, object]) -> None:
    run(COUNTER, name="changed")
    assert count(run(**{"code": COUNTER, "name": "changed", **change})) == 1  # type: ignore[arg-type]


def test_after_a_timeout_the_next_invocation_is_fresh(run: Runner) -> None:
    code = "let calls = 0; export const handler = async (event) => { calls++; if (event.hang) for (;;); return calls }"
    assert run(code, event=b'{"hang":true}', timeout=1).finished.outcome is Outcome.TIMEOUT
    assert count(run(code, timeout=1)) == 1


def test_a_runtime_that_dies_between_two_invocations_is_replaced(run: Runner) -> None:
    code = f"{COUNTER} // {uuid.uuid4()}"
    assert count(run(code)) == 1
    thaw_and_kill(code, only="node")
    time.sleep(0.3)
    assert count(run(code)) == 1


def test_a_sandbox_that_dies_while_it_is_idle_is_removed(run: Runner) -> None:
    code = f"{COUNTER} // {uuid.uuid4()}"
    run(code)
    (folder,) = [
        path.parents[1] for path in run.state.glob("sandboxes/*/*/task/index.mjs") if path.read_text() == code
    ]
    thaw_and_kill(code)
    deadline = time.monotonic() + 15
    while folder.exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def thaw_and_kill(code: str, only: str = "") -> None:
    """SIGKILL to the processes of the sandbox that holds this code, as an administrator would send it."""
    pids = [pid for pid in pids_of(code) if not only or "/node" in Path(f"/proc/{pid}/cmdline").read_text()]
    assert pids
    group = of_process(pids[0])
    assert group is not None
    group.thaw()
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_max_memory_used_grows_with_what_the_function_takes(run: Runner) -> None:
    def used(megabytes: int) -> int:
        code = f"const kept = Buffer.alloc({megabytes}e6, 1); export const handler = async () => kept.length"
        metrics = run(code, memory_size=512, timeout=20).finished.metrics
        assert metrics is not None
        return metrics.max_memory_used_mb

    small, large = used(1), used(150)
    assert 20 < small < 100
    assert 130 < large - small < 170


def test_a_cancelled_invocation_ends_at_once(run: Runner) -> None:
    invocation = run.invocation(
        "export const handler = () => new Promise(() => setInterval(() => {}, 9))", timeout=60
    )
    result = Run(invocation.request_id)
    began = time.monotonic()
    for event in run.engine.invoke(invocation):
        result.events.append(event)
        if isinstance(event, StateChanged) and event.state is State.RUNNING:
            threading.Timer(0.2, run.engine.cancel, [invocation.request_id]).start()
    assert result.finished.outcome is Outcome.CANCELLED
    assert time.monotonic() - began < 5
    assert result.platform_lines[-1].startswith("REPORT ")


def test_invocations_at_the_same_time_are_kept_apart(run: Runner) -> None:
    code = (
        "let busy = false; export const handler = async (event) => { if (busy) return 'shared'; busy = true;"
        " console.log('I am ' + event.me); await new Promise((r) => setTimeout(r, 300)); busy = false; return event.me }"
    )
    results: dict[int, Run] = {}

    def one(number: int) -> None:
        results[number] = run(code, event=json.dumps({"me": number}).encode(), timeout=20)

    threads = [threading.Thread(target=one, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, result in results.items():
        assert json.loads(result.finished.response) == number
        assert next(line for line in result.log.splitlines() if "I am" in line).endswith(f"I am {number}")
        assert result.log.count("I am") == 1


def test_a_killed_engine_leaves_nothing_once_it_is_swept(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "index.mjs").write_text(
        "export const handler = () => new Promise(() => setInterval(() => {}, 9))"
    )
    state = tmp_path / "state"
    state.mkdir()
    (state / "runtime").symlink_to(CHECKOUT / ".state" / "runtime")
    command = [sys.executable, "-m", "invoker"]
    options = ["--state", str(state), "--sandbox", run.kind]
    engine = subprocess.Popen(
        [*command, str(tmp_path), "--timeout", "60", *options], stderr=subprocess.PIPE, text=True
    )
    assert engine.stderr is not None
    assert engine.stderr.readline().startswith("START ")
    sandbox_ids = [path.parent.name for path in (state / "sandboxes").glob("*/*/control")]
    assert len(sandbox_ids) == 1
    os.kill(engine.pid, signal.SIGKILL)
    engine.wait()
    swept = subprocess.run([*command, "sweep", *options], capture_output=True, text=True, check=True)
    assert swept.stdout == "1 sandboxes removed\n"
    assert list((state / "sandboxes").iterdir()) == []
    assert sandbox_ids[0] not in {group.name for group in control_groups()}
    if run.kind == "docker":
        left = docker.from_env().containers.list(all=True, filters={"label": f"{LABEL}={sandbox_ids[0]}"})
        assert left == []
