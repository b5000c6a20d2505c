"""Which row a worker gets, and which it does not."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from invoker.deployment_package import DeploymentPackage
from playground.invocations import queue
from playground.invocations.models import Invocation, State
from playground.snippets import packages

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "here:1:1"
BESIDE = "here:2:1"
ELSEWHERE = "elsewhere:1:1"


def row(owner: str = "alice", worker: str = "", age_s: float = 0.0) -> UUID:
    """A queued invocation, or one that a worker runs."""
    return Invocation.objects.create(
        owner=owner,
        package_id=packages.stored(DeploymentPackage.of_texts({"index.mjs": ""})),
        function_name="f",
        handler="index.handler",
        memory_size=128,
        timeout=3,
        event=b"{}",
        environment={"A": "ä"},
        state=State.RUNNING if worker else State.QUEUED,
        worker=worker,
        created_at=timezone.now() - timedelta(seconds=age_s),
    ).id


def claimed(worker: str = HERE, named: UUID | None = None) -> UUID | None:
    found = queue.claim(worker, named)
    return found.id if found else None


def finish(invocation_id: UUID) -> None:
    Invocation.objects.filter(id=invocation_id).update(state=State.FINISHED)


def test_a_claimed_row_is_the_workers_as_it_is_stored() -> None:
    asked = row()
    found = queue.claim(HERE, asked)
    assert found
    stored = Invocation.objects.get(id=asked)
    assert (stored.state, stored.worker, stored.environment) == (State.RUNNING, HERE, {"A": "ä"})
    fields = [field.attname for field in Invocation._meta.fields]
    assert [getattr(found, name) for name in fields] == [getattr(stored, name) for name in fields]


def test_nothing_is_claimed_twice() -> None:
    asked = [row("alice", age_s=at) for at in range(20)]

    def claim_all(at: int) -> list[UUID]:
        found = []
        while (one := claimed(f"host{at}:1:1", asked[at])) is not None:
            found.append(one)
        connection.close()
        return found

    with ThreadPoolExecutor(4) as threads:
        taken = [one for found in threads.map(claim_all, range(4)) for one in found]
    assert sorted(taken) == sorted(asked)


def test_processes_that_claim_together_keep_the_limits(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Threads that do not wait for each other are to the database as processes are.
    monkeypatch.setattr(queue, "_claiming", nullcontext())
    settings.INVOCATIONS_PER_OWNER_MAX = 3
    asked = [row("alice") for _ in range(24)]
    together = Barrier(8, timeout=60)

    def claim_some(at: int) -> list[UUID]:
        together.wait()
        found = [claimed(f"host{at}:1:1", asked[8 * turn + at]) for turn in range(3)]
        connection.close()
        return [one for one in found if one]

    with ThreadPoolExecutor(8) as threads:
        taken = [one for found in threads.map(claim_some, range(8)) for one in found]
    assert len(taken) == len(set(taken)) == 3


def test_a_message_about_what_is_gone_gets_whatever_waits() -> None:
    waits = row()
    gone = row()
    finish(gone)
    assert claimed(named=gone) == waits
    assert claimed(named=gone) is None


def test_the_owner_with_the_fewest_running_is_first_whomever_the_message_names() -> None:
    row("alice", HERE)
    alices = row("alice", age_s=60)
    bobs = row("bob")
    assert claimed(named=alices) == bobs
    assert claimed(named=bobs) == alices


def test_the_named_one_is_first_among_equals() -> None:
    older, newer, bobs = row(age_s=60), row(age_s=30), row("bob", age_s=10)
    assert claimed(named=newer) == newer
    assert [claimed(), claimed(), claimed()] == [bobs, older, None]


def test_an_owner_runs_no_more_than_the_limit_anywhere(settings: Any) -> None:
    settings.INVOCATIONS_PER_OWNER_MAX = 2
    running = row("alice", ELSEWHERE)
    asked = [row("alice", age_s=10 - at) for at in range(3)]
    assert [claimed(named=one) for one in asked] == [asked[0], None, None]
    finish(running)
    assert claimed() == asked[1]
    assert claimed() is None
    bobs = row("bob")
    assert claimed(named=asked[2]) == bobs


def test_a_host_runs_no_more_than_the_limit_in_all_its_workers(settings: Any) -> None:
    settings.WORKER_CONCURRENCY = 2
    running = row("alice", BESIDE)
    row("bob", HERE)
    asked = row("carol")
    assert [claimed(HERE, asked), claimed(BESIDE, asked)] == [None, None]
    finish(running)
    assert claimed(HERE, asked) == asked
    again = row("carol")
    assert claimed(HERE, again) is None
    assert claimed(ELSEWHERE, again) == again


def test_a_host_whose_name_begins_another_is_another_host(settings: Any) -> None:
    settings.WORKER_CONCURRENCY = 1
    row("alice", "here-2:1:1")
    assert claimed(HERE, asked := row("bob")) == asked


def test_what_nobody_claims_is_overdue_where_there_is_room(settings: Any) -> None:
    settings.INVOCATIONS_PER_OWNER_MAX = 2
    assert queue.overdue(HERE, 2) == []
    old = [row("alice", age_s=60 - at) for at in range(3)]
    row("bob", age_s=1)
    assert queue.overdue(HERE, 2) == old[:2]
    settings.WORKER_CONCURRENCY = 1
    assert queue.overdue(HERE, 2) == old[:1]
    row("carol", HERE)
    assert queue.overdue(HERE, 2) == []


def test_positions_are_those_of_the_fair_order() -> None:
    queue.forget_positions()
    row("alice", HERE)
    first, second, bobs = row(age_s=60), row(age_s=30), row("bob")
    assert [queue.position(one) for one in (bobs, first, second)] == [1, 2, 3]
    finish(bobs)
    assert queue.position(bobs) is None
    queue.forget_positions()
    assert [queue.position(one) for one in (first, second)] == [1, 2]
    finish(first)
    assert queue.position(second) == 1
