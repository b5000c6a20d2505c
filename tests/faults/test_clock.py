"""The clock jumps by an hour: deadlines and durations go by one that does not, and what waits is still run."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from invoker.engine import Engine
from invoker.events import Finished, LogLine, Outcome
from playground.invocations import queue
from playground.invocations.models import Invocation
from tests.invoker.conftest import Runner, start_engine
from tests.playground.test_queue import HERE, row

HOUR_S = 3_600.0
SLEEPS = """export const handler = async () => {
  console.log("begun");
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return "slept";
};"""
NEVER_ENDS = 'export const handler = async () => { console.log("begun"); for (;;); };'
JUMPS = pytest.mark.parametrize("jump_s", [HOUR_S, -HOUR_S], ids=["forward", "back"])


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = start_engine("local", tmp_path_factory.mktemp("state"))
    yield engine
    engine.close()


@pytest.fixture
def jump(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets this process's wall clock, as an administrator or a time server would."""
    real = time.time
    return lambda seconds: monkeypatch.setattr(time, "time", lambda: real() + seconds)


def invoke(engine: Engine, source: str, at_begin: Callable[[], None], timeout: int) -> Finished:
    """Runs a function and lets `at_begin` happen once it has printed its first line."""
    last = None
    for event in engine.invoke(Runner(engine, "local", Path()).invocation(source, timeout=timeout)):
        if isinstance(event, LogLine) and event.text.endswith("begun"):
            at_begin()
        last = event
    assert isinstance(last, Finished)
    return last


@JUMPS
def test_a_function_has_its_time_and_is_billed_for_no_other(
    engine: Engine, jump: Callable[[float], None], jump_s: float
) -> None:
    finished = invoke(engine, SLEEPS, lambda: jump(jump_s), timeout=60)
    assert (finished.outcome, finished.response) == (Outcome.OK, b'"slept"')
    assert finished.metrics
    assert 900 <= finished.metrics.duration_ms < 60_000
    assert finished.metrics.sandbox_ms < 60_000


@JUMPS
def test_a_function_that_never_ends_is_timed_out(
    engine: Engine, jump: Callable[[float], None], jump_s: float
) -> None:
    began = time.monotonic()
    finished = invoke(engine, NEVER_ENDS, lambda: jump(jump_s), timeout=1)
    assert finished.outcome is Outcome.TIMEOUT
    assert 1 <= time.monotonic() - began < 30
    assert finished.metrics
    assert finished.metrics.duration_ms == 1_000


@pytest.mark.django_db(transaction=True)
@JUMPS
def test_what_was_queued_before_the_jump_is_found(jump_s: float, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = row(age_s=10)
    now: Any = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(seconds=jump_s))
    assert queue.overdue(HERE, 2) == [lost]
    claimed = queue.claim(HERE)
    assert claimed
    assert claimed.id == lost
    assert Invocation.objects.get(id=lost).state == "running"
