"""A sandbox that is killed: by whoever it was that is told, as far as a function cannot have done it."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import docker
import pytest

from invoker.events import Finished, LogLine, Outcome
from tests.worker_process import until

from .conftest import Run, Runner, pids_of

BEGINS = """
import { setTimeout as sleep } from 'node:timers/promises'
export const handler = async () => { console.log('begun'); await sleep(60000) } // %s
"""
BEGINS_IN_INIT = """
import { setTimeout as sleep } from 'node:timers/promises'
console.log('begun'); await sleep(9000)
export const handler = async () => 1 // %s
"""
KILLS = """
import fs from 'node:fs'
import { spawn } from 'node:child_process'
const named = (name) => fs.readdirSync('/proc').filter(
  (pid) => /^[0-9]+$/.test(pid) && fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name)
export const handler = async (event) => {
  for (const pid of event.first ? ['1'] : event.name ? named(event.name) : ['-1']) process.kill(pid, event.signal)
  await new Promise((resolve) => setTimeout(resolve, 20000))
}
"""


def interrupted(run: Runner, code: str, kill: Callable[[], object]) -> Run:
    """An invocation to which something happens after its first line."""
    invocation = run.invocation(code, timeout=60)
    result = Run(invocation.request_id)
    for event in run.engine.invoke(invocation):
        result.events.append(event)
        if isinstance(event, LogLine) and event.text.endswith("begun"):
            threading.Thread(target=kill).start()
    return result


def first_process(code: str) -> int:
    """The process id, on this host, of the first process of the sandbox that holds this code."""
    statuses = {pid: Path(f"/proc/{pid}/status").read_text() for pid in pids_of(code)}
    return next(
        pid
        for pid, status in statuses.items()
        for line in status.splitlines()
        if line.startswith("NSpid:") and line.split()[1:] == [str(pid), "1"]
    )


def is_ours(finished: Finished) -> bool:
    """Whether the end is told as the platform's, with the reason in words."""
    return finished.outcome is Outcome.PLATFORM_ERROR and "Your code is not the reason" in (
        finished.notice or ""
    )


@pytest.mark.parametrize("source", [BEGINS, BEGINS_IN_INIT], ids=["handler", "init"])
def test_a_sandbox_that_is_killed_from_outside_is_the_platforms_fault(run: Runner, source: str) -> None:
    code = source % f"killed from outside on {run.kind}"
    result = interrupted(run, code, lambda: os.kill(first_process(code), signal.SIGKILL))
    assert is_ours(result.finished), result.finished
    assert [line.text.split("\t")[-1] for line in result.lines][:1] in (
        ["begun"],
        [f"START RequestId: {result.request_id} Version: $LATEST"],
    )
    until(lambda: not pids_of(code))


def test_a_container_that_somebody_kills_or_removes_is_the_platforms_fault(run: Runner) -> None:
    if run.kind != "docker":
        return
    client = docker.from_env()
    for name in ("kill", "remove"):
        code = BEGINS % f"container by {name}"

        def end(name: str = name, code: str = code) -> None:
            first = first_process(code)
            container = next(one for one in client.containers.list() if one.attrs["State"]["Pid"] == first)
            container.kill() if name == "kill" else container.remove(force=True)

        assert is_ours(interrupted(run, code, end).finished)


@pytest.mark.parametrize(
    "event",
    [
        b'{"name": "aws-lambda-rie", "signal": "SIGKILL"}',
        b'{"name": "aws-lambda-rie", "signal": "SIGTERM"}',
        b'{"signal": "SIGKILL"}',
    ],
    ids=["emulator", "emulator, mildly", "everything"],
)
def test_what_a_function_can_have_killed_is_the_functions_fault(run: Runner, event: bytes) -> None:
    finished = run(KILLS, event=event, timeout=15).finished
    assert finished.outcome is Outcome.FUNCTION_ERROR, finished
    assert finished.error
    assert finished.error.type == "Runtime.ExitError"


def test_the_first_process_cannot_be_killed_from_within(run: Runner) -> None:
    for name in ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP", "SIGSEGV"):
        event = f'{{"first": true, "signal": "{name}"}}'.encode()
        finished = run(KILLS.replace("20000", "300"), event=event, timeout=15).finished
        assert finished.outcome in {Outcome.OK, Outcome.FUNCTION_ERROR}, (name, finished)
