"""Following an invocation's events, live and again."""

import asyncio
import time
import uuid
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from invoker.deployment_package import DeploymentPackage
from invoker.events import Event, Finished, LogLine, Outcome, ResponseChunk, Stream
from playground.invocations import service, stream
from playground.invocations.models import Invocation, State
from playground.invocations.recording import Recorder, storable
from playground.redis_connection import async_connection, connection
from playground.snippets import packages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def running_row() -> Invocation:
    return Invocation.objects.create(
        owner="alice",
        package=packages.store(DeploymentPackage.of_texts({"index.mjs": ""})),
        function_name="f",
        handler="index.handler",
        memory_size=128,
        timeout=3,
        event=b"{}",
        state=State.RUNNING,
        worker="here",
    )


def line(text: str) -> LogLine:
    return LogLine(time.time(), Stream.STDOUT, text, "INFO")


def finished(**changes: Any) -> Finished:
    return Finished(time.time(), Outcome.OK, **{"response": b'"done"', **changes})


async def record(row: Invocation, *events: Event) -> None:
    await sync_to_async(Recorder(row, time.time()).take)(events)


async def followed(invocation_id: uuid.UUID, after: int = 0) -> list[stream.Message]:
    async with asyncio.timeout(10):
        return [message async for batch in stream.follow(invocation_id, after) for message in batch]


async def test_events_come_once_in_order_and_end_with_finished() -> None:
    row = await sync_to_async(running_row)()
    following = asyncio.create_task(followed(row.id))
    recorder = Recorder(row, time.time())
    for number in range(5):
        await sync_to_async(recorder.take)([line(f"{number}")])
    await sync_to_async(recorder.take)([finished()])
    messages = await following
    assert [message["seq"] for message in messages] == [1, 2, 3, 4, 5, 6]
    assert [message.get("text") for message in messages[:-1]] == ["0", "1", "2", "3", "4"]
    assert (messages[-1]["type"], messages[-1]["response"]) == ("finished", '"done"')


async def test_a_reader_who_comes_back_gets_every_later_event() -> None:
    row = await sync_to_async(running_row)()
    await record(row, *(line(str(number)) for number in range(3_000)), finished())
    assert [message["seq"] for message in await followed(row.id, after=1_499)] == list(range(1_500, 3_002))


async def test_the_row_answers_when_the_stream_has_gone() -> None:
    row = await sync_to_async(running_row)()
    await record(row, line("a"), line("b"), finished())
    before = await followed(row.id)
    await async_connection().delete(stream.key(row.id))
    assert await followed(row.id) == before
    assert await followed(row.id, after=2) == before[2:]


async def test_the_row_is_finished_before_anybody_is_told() -> None:
    row = await sync_to_async(running_row)()

    async def state_when_told() -> str:
        async for messages in stream.follow(row.id):
            if messages[-1]["type"] == "finished":
                break
        return (await Invocation.objects.aget(id=row.id)).state

    told = asyncio.create_task(state_when_told())
    await record(row, line("a"), finished())
    assert await told == State.FINISHED


async def test_waiting_for_the_end_gives_response_and_log() -> None:
    row = await sync_to_async(running_row)()
    waiting = asyncio.create_task(service.finished(row.id, 10))
    await asyncio.sleep(0.05)
    await record(row, line("a"), line("b"), finished())
    ended = await waiting
    assert ended
    assert (ended.response, list(ended.log), ended.outcome) == (b'"done"', ["a", "b"], Outcome.OK)
    assert await service.finished(uuid.uuid4(), 10) is None


@pytest.mark.parametrize(
    "response", [b"", b'"\xff"', '"\N{REPLACEMENT CHARACTER}"'.encode(), b'"' + b"x" * 300_000]
)
async def test_the_response_is_whole_however_events_show_it(response: bytes) -> None:
    row = await sync_to_async(running_row)()
    await record(row, finished(response=response))
    ended = await service.finished(row.id, 10)
    assert ended
    assert ended.response == response


async def test_waiting_for_the_end_keeps_the_end_of_a_long_log() -> None:
    row = await sync_to_async(running_row)()
    await record(row, *(line(f"{number:5}" * 20) for number in range(1_000)), finished())
    ended = await service.finished(row.id, 10)
    assert ended
    assert 4_096 <= len("".join(ended.log)) < 4_300
    assert ended.log[-1].endswith("  999")


async def test_waiting_for_the_end_has_an_end() -> None:
    row = await sync_to_async(running_row)()
    assert await service.finished(row.id, 0.1) is None


async def test_a_silent_reader_lives_longer_than_the_clients_own_timeout() -> None:
    row = await sync_to_async(running_row)()
    following = asyncio.create_task(followed(row.id))
    await asyncio.sleep(6)
    await record(row, finished())
    assert len(await following) == 1


def test_somebody_elses_end_is_not_overwritten() -> None:
    row = running_row()
    assert service.finish_unrun(row.id, State.RUNNING, Outcome.PLATFORM_ERROR, "It stopped.")
    Recorder(row, time.time()).take([line("late"), finished()])
    row.refresh_from_db()
    assert (row.outcome, row.notice) == ("platform_error", "It stopped.")
    assert stream.published(row.id)[-1]["outcome"] != "ok"


def test_what_a_dead_worker_had_published_is_kept_with_the_end() -> None:
    row = running_row()
    Recorder(row, time.time()).take([line("said")])
    service.finish_unrun(row.id, State.RUNNING, Outcome.PLATFORM_ERROR, "It stopped.")
    row.refresh_from_db()
    assert [message["seq"] for message in stream.published(row.id)] == [1, 2]
    assert "said" in row.events
    assert row.events == stream.lines(stream.published(row.id))


async def test_a_page_hears_of_the_end_where_all_that_it_saw_before_was_lost() -> None:
    row = await sync_to_async(running_row)()
    await sync_to_async(Recorder(row, time.time()).take)([line("one"), line("two")])
    await sync_to_async(connection().delete)(stream.key(row.id))
    await sync_to_async(service.finish_unrun)(row.id, State.RUNNING, Outcome.PLATFORM_ERROR, "It stopped.")
    assert [message["type"] for message in await followed(row.id, 2)] == ["finished"]
    assert [message["type"] for message in await stream.so_far(row.id, 2)] == ["finished"]


def test_a_streamed_response_is_whole_characters_and_has_an_end() -> None:
    row = running_row()
    euro = "€".encode()
    recorder = Recorder(row, time.time())
    recorder.take([ResponseChunk(1.0, euro[:1]), ResponseChunk(1.0, euro[1:] + b"!")])
    recorder.take([ResponseChunk(1.0, b"x" * 1_000_000), ResponseChunk(1.0, b"y" * 1_000), finished()])
    texts = [message["text"] for message in stream.published(row.id) if message["type"] == "response_chunk"]
    assert texts[0] == "€!"
    assert sum(map(len, texts)) == 262_144


def test_a_long_response_is_cut_in_events_and_whole_in_the_row() -> None:
    row = running_row()
    response = b'"' + b"x" * 500_000 + b'"'
    Recorder(row, time.time()).take([finished(response=response)])
    row.refresh_from_db()
    message = stream.published(row.id)[-1]
    assert (len(message["response"]), message["response_size"]) == (262_144, 500_002)
    assert message["response_truncated"]
    assert bytes(row.response) == response


def test_text_that_no_database_takes_becomes_one_that_every_one_does() -> None:
    assert storable("a\0b\ud800") == "a\ufffdb?"
    row = running_row()
    Recorder(row, time.time()).take([line("nul \0 and \ud800"), finished()])
    assert stream.published(row.id)[0]["text"] == "nul \0 and \ud800"
