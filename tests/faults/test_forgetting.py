"""Redis forgets, the database refuses: what a worker and a caller do about it, fault by fault."""

import asyncio
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError
from kombu.messaging import Producer
from redis.exceptions import ConnectionError as RedisGone

from invoker.events import Finished, Outcome
from playground.invocations import rows, service, stream
from playground.invocations.models import Invocation, State
from playground.invocations.recording import Recorder
from playground.invocations.worker import UNOWNED, Worker
from playground.redis_connection import connection
from tests.playground.test_stream import finished, followed, line, running_row
from tests.playground.test_worker import COUNTING, submitted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def refuse(monkeypatch: pytest.MonkeyPatch, times: int) -> Iterator[int]:
    """The database refuses to finish a row so many times; gives what is left of them."""
    left = iter(range(times))
    changed = rows.changed

    def refusing(*asked: Any) -> bool:
        if next(left, None) is not None:
            raise OperationalError("database or disk is full")
        return changed(*asked)

    monkeypatch.setattr(rows, "changed", refusing)
    return left


async def test_a_redis_that_forgot_between_two_lines_has_all_of_them_again() -> None:
    row = await sync_to_async(running_row)()
    recorder = Recorder(row, time.time())
    await sync_to_async(recorder.take)([line("one"), line("two")])
    # No call of the worker falls into the time in which Redis is away.
    await sync_to_async(connection().flushall)()
    await sync_to_async(recorder.take)([line("three")])
    assert [message["text"] for message in await stream.so_far(row.id)] == ["one", "two", "three"]
    await sync_to_async(recorder.take)([finished()])
    assert [message["seq"] for message in await followed(row.id, after=1)] == [2, 3, 4]


def test_an_end_that_the_database_refuses_is_stored_when_it_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    row = running_row()
    recorder = Recorder(row, time.time())
    recorder.take([line("said")])
    left = refuse(monkeypatch, 2)
    recorder.take([finished()])
    assert next(left, None) is None
    row.refresh_from_db()
    assert (row.state, row.outcome) == (State.FINISHED, "ok")
    assert [message["type"] for message in stream.published(row.id)] == ["log", "finished"]


def test_a_database_that_never_takes_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(running_row(), time.time(), stored_within_s=0.1)
    refuse(monkeypatch, 1_000)
    with pytest.raises(OperationalError):
        recorder.take([finished()])


def test_a_claim_whose_answer_was_lost_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invoker.engine.Engine.start", lambda *_: None)
    worker = Worker("test.dq")
    lost, runs = running_row(), running_row()
    Invocation.objects.update(worker=worker.name)
    with worker.running(str(runs.id)):
        worker._finish_unowned()
        lost.refresh_from_db()
        assert lost.state == State.RUNNING
        worker._finish_unowned()
    lost.refresh_from_db()
    runs.refresh_from_db()
    assert (lost.outcome, lost.notice, runs.state) == ("platform_error", UNOWNED, State.RUNNING)


def test_one_that_was_found_without_its_message_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object, **__: object) -> None:
        Invocation.objects.update(state=State.RUNNING)
        raise ConnectionRefusedError

    monkeypatch.setattr(Producer, "publish", lost)
    assert Invocation.objects.get(id=submitted(COUNTING).id).state == State.RUNNING


async def test_whoever_waits_for_the_end_waits_through_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    row = await sync_to_async(running_row)()
    follow, asked = stream.follow, threading.Event()

    async def failing_once(invocation_id: uuid.UUID, after: int, is_new: bool) -> Any:
        first = not asked.is_set()
        async for messages in follow(invocation_id, after, is_new):
            yield messages
            if first:
                asked.set()
                raise RedisGone("away")

    monkeypatch.setattr(stream, "follow", failing_once)
    waiting = asyncio.create_task(service.finished(row.id, 60))
    recorder = Recorder(row, time.time())
    await sync_to_async(recorder.take)([line("one")])
    while not asked.is_set():
        await asyncio.sleep(0.01)
    await sync_to_async(recorder.take)([line("two"), Finished(time.time(), Outcome.OK)])
    ended = await waiting
    assert ended
    assert (ended.outcome, list(ended.log)) == (Outcome.OK, ["one", "two"])
