"""What is known of the workers, and where functions are warm."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from invoker.deployment_package import DeploymentPackage
from invoker.events import Finished, Outcome
from playground import worker_state
from playground.invocations import service, warm_workers
from playground.invocations.models import Invocation, State
from playground.invocations.recording import Recorder
from playground.invocations.service import Submission
from playground.redis_connection import connection
from playground.snippets import packages
from playground.worker_state import WorkerState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis", "fresh")]


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is known yet, and who speaks once is heard for the whole test."""
    monkeypatch.setattr(worker_state, "FRESH_S", 600)
    worker_state.forget()
    yield
    worker_state.forget()


READING = ("get", "mget", "smembers", "sort", "hgetall", "exists", "scan")


def spoke(name: str, full: bool = False) -> WorkerState:
    state = WorkerState(name, True, "local", "fine", "", f"{name}.dq", full)
    worker_state.tell(state)
    return state


def running_row() -> Invocation:
    row = service.submit(
        Submission(
            owner="alice",
            function_name="f",
            package_id=packages.stored(DeploymentPackage.of_texts({"index.mjs": "1"})),
            handler="index.handler",
            memory_size=128,
            timeout=3,
            environment={},
            event=b"{}",
        )
    )
    Invocation.objects.filter(id=row.id).update(state=State.RUNNING, worker="one")
    row.refresh_from_db()
    return row


def test_those_that_spoke_lately_live_and_the_silent_are_forgotten() -> None:
    states = [spoke(name) for name in ("one", "three", "two")]
    assert worker_state.living() == states
    connection().delete(f"{worker_state.KEY}:three")
    assert worker_state.living() == [states[0], states[2]]
    assert connection().smembers(worker_state.NAMES) == {"one", "two"}


def test_where_nobody_speaks_nobody_lives() -> None:
    assert worker_state.living() == []
    assert not worker_state.several()


def reads() -> int:
    """How many commands Redis has answered that read."""
    counted: Any = connection().info("commandstats")
    return sum(counted.get(f"cmdstat_{name}", {"calls": 0})["calls"] for name in READING)


def test_reading_them_is_one_command_however_many_there_are() -> None:
    for number in range(5):
        spoke(f"worker {number}")
    before = reads()
    assert len(worker_state.living()) == 5
    assert reads() - before == 1


def test_where_a_function_stays_warm_is_noted_along_with_its_end() -> None:
    spoke("one")
    spoke("two")
    row = running_row()
    recorder = Recorder(row, time.time(), warm_workers.note(row, "two.dq"))
    assert warm_workers.queue_for(row) is None
    recorder.take([Finished(time.time(), Outcome.OK, b"1")])
    assert warm_workers.queue_for(row) == "two.dq"


def test_a_full_worker_keeps_no_function_to_itself() -> None:
    spoke("one")
    spoke("two", full=True)
    row = running_row()
    Recorder(row, time.time(), warm_workers.note(row, "two.dq")).take(
        [Finished(time.time(), Outcome.OK, b"1")]
    )
    assert warm_workers.queue_for(row) is None
