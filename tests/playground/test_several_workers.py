"""Workers on several hosts share one queue: real workers, sandboxes, Redis and database."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from invoker.deployment_package import DeploymentPackage
from playground import worker_state
from playground.invocations import service
from playground.invocations.abandoned import STOPPED
from playground.invocations.models import Invocation, State
from playground.snippets import packages
from tests.worker_process import WorkerProcess, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
    pytest.mark.timeout(180),
]
COUNTING = "let n = 0; export const handler = async () => ++n;"
SLEEPING = "export const handler = (ms) => new Promise((resolve) => setTimeout(resolve, ms));"
Start = Callable[..., WorkerProcess]


@pytest.fixture
def start(short_folder: Path) -> Iterator[Start]:
    started: list[WorkerProcess] = []

    def start(name: str, host: str, **environment: str) -> WorkerProcess:
        started.append(WorkerProcess(short_folder, name, host, **environment))
        return started[-1]

    yield start
    for worker in started:
        worker.stop()


def submit(source: str = COUNTING, owner: str = "alice", **changes: Any) -> Invocation:
    return service.submit(
        service.Submission(
            **{
                "owner": owner,
                "function_name": "f",
                "package_id": packages.stored(DeploymentPackage.of_texts({"index.mjs": source})),
                "handler": "index.handler",
                "memory_size": 128,
                "timeout": 60,
                "environment": {},
                "event": b"{}",
                **changes,
            }
        )
    )


def ended(*rows: Invocation, timeout_s: float = 60) -> list[Invocation]:
    """The rows when all of them are finished."""
    ids = [row.id for row in rows]
    found = Invocation.objects.filter(id__in=ids)
    until(
        lambda: found.filter(state=State.FINISHED).count() == len(ids),
        lambda: str(list(found.values_list("state", "worker"))),
        timeout_s,
    )
    stored = {row.id: row for row in found}
    return [stored[one] for one in ids]


def begun(row: Invocation) -> None:
    until(lambda: Invocation.objects.filter(id=row.id).exclude(state=State.QUEUED).exists())


def at_once_max(rows: list[Invocation]) -> int:
    """How many ran at the same time at most."""
    moments = sorted(
        [(row.started_at, 1) for row in rows if row.started_at]
        + [(row.finished_at, -1) for row in rows if row.finished_at]
    )
    running = most = 0
    for _, change in moments:
        running += change
        most = max(most, running)
    return most


def test_a_function_stays_with_the_worker_that_keeps_it_warm(start: Start) -> None:
    workers = [start(name, name) for name in ("one", "two")]
    for worker in workers:
        worker.wait_until_ready()
    worker_state.forget()

    for function in range(3):
        rows = [ended(submit(f"{COUNTING} // {function}"))[0] for _ in range(10)]
        assert [bytes(row.response) for row in rows] == [str(n).encode() for n in range(1, 11)]
        assert [row.cold_start for row in rows] == [True] + [False] * 9
        assert len({row.worker for row in rows}) == 1
    (cold,) = ended(submit(f"{COUNTING} // 0", start_cold=True))
    assert (bytes(cold.response), cold.cold_start) == (b"1", True)


def test_different_functions_are_shared_by_all_hosts(start: Start) -> None:
    workers = [start(name, name, WORKER_CONCURRENCY="3") for name in ("one", "two")]
    for worker in workers:
        worker.wait_until_ready()
    rows = ended(*(submit(f"{SLEEPING} // {at}", event=b"1500") for at in range(6)))
    assert Counter(row.worker for row in rows) == {worker.worker: 3 for worker in workers}
    assert at_once_max(rows) == 6


def test_workers_on_one_host_share_its_limit(start: Start) -> None:
    workers = [start(name, "one", WORKER_CONCURRENCY="2") for name in ("first", "second")]
    for worker in workers:
        worker.wait_until_ready()
    rows = ended(*(submit(f"{SLEEPING} // {at}", event=b"500") for at in range(8)))
    assert {row.outcome for row in rows} == {"ok"}
    assert at_once_max(rows) == 2


def test_a_worker_that_is_killed_strands_nothing(start: Start) -> None:
    victim = start("one", "one").wait_until_ready()
    (warm,) = ended(submit())
    victims_name = victim.worker
    assert warm.worker == victims_name
    survivor = start("two", "two").wait_until_ready()
    worker_state.forget()
    (again,) = ended(submit())
    assert (again.worker, bytes(again.response)) == (victims_name, b"2")
    lost = submit(SLEEPING, event=b"60000")
    begun(lost)
    lost.refresh_from_db()

    # Whichever of the two has it, the function's messages go to the one that is killed.
    victim.kill()
    stranded = [submit() for _ in range(3)]
    found = ended(*stranded, timeout_s=30)
    assert [(row.outcome, row.worker) for row in found] == [("ok", survivor.worker)] * 3
    if lost.worker == victims_name:
        (told,) = ended(lost)
        assert (told.outcome, told.notice) == ("platform_error", STOPPED)
    else:
        service.cancel(lost)
        assert ended(lost)[0].outcome == "cancelled"


def test_what_a_killed_worker_ran_is_finished_by_another_one(start: Start) -> None:
    victim = start("one", "one").wait_until_ready()
    lost = submit(SLEEPING, event=b"60000")
    begun(lost)
    start("two", "two").wait_until_ready()
    victim.kill()
    (told,) = ended(lost)
    assert (told.outcome, told.notice) == ("platform_error", STOPPED)


def test_what_is_queued_outlives_the_worker(start: Start) -> None:
    first = start("one", "one", WORKER_CONCURRENCY="1").wait_until_ready()
    running = submit(SLEEPING, event=b"60000")
    begun(running)
    waiting = [submit(f"{COUNTING} // {at}", owner="bob") for at in range(2)]
    first.stop()
    assert ended(running)[0].notice == STOPPED
    assert {row.state for row in Invocation.objects.filter(owner="bob")} == {State.QUEUED}
    start("one-again", "one").wait_until_ready()
    assert [row.outcome for row in ended(*waiting)] == ["ok", "ok"]


def test_one_owners_hundred_do_not_hold_up_anothers_one(start: Start) -> None:
    start("one", "one", WORKER_CONCURRENCY="4", INVOCATIONS_PER_OWNER_MAX="3").wait_until_ready()
    hundred = [submit(SLEEPING, event=b"100") for _ in range(100)]
    begun(hundred[0])
    (bobs,) = ended(submit(SLEEPING, owner="bob", event=b"100"))
    left = Invocation.objects.filter(owner="alice", state=State.QUEUED).count()
    assert left > 50
    assert bobs.queue_ms is not None
    assert bobs.queue_ms < 1_000

    rows = ended(*hundred)
    assert {row.outcome for row in rows} == {"ok"}
    assert at_once_max(rows) == 3


def test_on_a_full_host_the_next_free_place_is_anothers(start: Start) -> None:
    start("one", "one", WORKER_CONCURRENCY="2").wait_until_ready()
    hundred = [submit(SLEEPING, event=b"300") for _ in range(30)]
    begun(hundred[1])
    (bobs,) = ended(submit(SLEEPING, owner="bob", event=b"300"))
    assert bobs.started_at
    assert Invocation.objects.filter(owner="alice", started_at__lt=bobs.started_at).count() < 10
    for row in hundred:
        service.cancel(row)
