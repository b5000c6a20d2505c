"""After a timeout, a crash or an out-of-memory the next invocation is a new process that counts its init."""

import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.outcomes.invoked import invoke
from tests.playground.lambda_api.clients import create

INIT_MS = 150
LEFT_AFTER_S = 10
CODE = """
const { spawn } = require('node:child_process')
const until = performance.now() + %d
while (performance.now() < until);
let calls = 0
exports.handler = async (event) => {
  calls += 1
  if (event.mark) spawn('/bin/sh', ['-c', 'sleep 600; : ' + event.mark], { detached: true, stdio: 'ignore' })
  if (event.mark) await new Promise((resolve) => setTimeout(resolve, 100))
  if (event.end === 'timeout') for (;;);
  if (event.end === 'exit') process.exit(1)
  if (event.end === 'throw') throw new Error('only this')
  const kept = []
  while (event.end === 'memory') kept.push(Buffer.alloc(8e6, 1))
  return { calls, pid: process.pid }
}
"""
FAILURES = {"timeout": "Sandbox.Timedout", "exit": "Runtime.ExitError", "memory": "Runtime.ExitError"}


def function(client: Any, timeout_s: int) -> str:
    return create(client, CODE % INIT_MS, MemorySize=256, Timeout=timeout_s)


@pytest.mark.parametrize("end", FAILURES)
def test_the_next_invocation_is_new_and_its_duration_includes_init(client: Any, end: str) -> None:
    name = function(client, timeout_s=5 if end == "timeout" else 20)
    assert invoke(client, name).value["calls"] == 1
    assert invoke(client, name, {"end": end}).value["errorType"] == FAILURES[end]
    after, warm = invoke(client, name), invoke(client, name)
    assert after.value["calls"] == 1
    assert after.init_ms is None
    assert after.duration_ms >= INIT_MS
    assert int(after.report["billed_duration_ms"]) == -(-after.duration_ms // 1)
    assert warm.value == {**after.value, "calls": 2}
    assert warm.duration_ms < INIT_MS


def test_an_error_that_was_thrown_keeps_the_environment(client: Any) -> None:
    name = function(client, timeout_s=3)
    first = invoke(client, name)
    assert invoke(client, name, {"end": "throw"}).value["errorMessage"] == "only this"
    assert invoke(client, name).value == {**first.value, "calls": 3}


@pytest.mark.parametrize("end", FAILURES)
def test_no_process_of_a_failed_invocation_is_left(client: Any, end: str) -> None:
    mark = uuid4().hex
    name = function(client, timeout_s=5 if end == "timeout" else 20)
    assert invoke(client, name, {"end": end, "mark": mark}).value["errorType"] == FAILURES[end]
    deadline = time.monotonic() + LEFT_AFTER_S
    while left := processes_with(mark):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def test_the_process_that_is_looked_for_can_be_seen(client: Any) -> None:
    mark = uuid4().hex
    invoke(client, function(client, timeout_s=3), {"mark": mark})
    assert processes_with(mark)


def processes_with(mark: str) -> list[str]:
    """The processes of this machine that have a text in their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found
