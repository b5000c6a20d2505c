"""How the events of an invocation reach the thread that asked for it."""

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from invoker.event_batches import BATCH_MAX, EventBatches
from invoker.events import Event, Finished, LogLine, Outcome, Stream

FINISHED = Finished(1.0, Outcome.OK)


def line(text: str) -> LogLine:
    return LogLine(1.0, Stream.STDOUT, text)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def put(loop: asyncio.AbstractEventLoop, events: EventBatches, *happened: Event) -> None:
    async def happen() -> None:
        for event in happened:
            events.put(event)

    asyncio.run_coroutine_threadsafe(happen(), loop).result()


def test_what_comes_just_before_the_end_goes_along_with_it(loop: asyncio.AbstractEventLoop) -> None:
    events = EventBatches()
    put(loop, events, line("one"), line("two"), FINISHED)
    assert list(events) == [[line("one"), line("two"), FINISHED]]


def test_a_flood_becomes_few_batches_in_order(loop: asyncio.AbstractEventLoop) -> None:
    events = EventBatches()
    lines = [line(str(number)) for number in range(10 * BATCH_MAX)]
    put(loop, events, *lines, FINISHED)
    batches = list(events)
    assert [event for batch in batches for event in batch] == [*lines, FINISHED]
    assert len(batches) == 11


def test_an_event_is_seen_long_before_the_end(loop: asyncio.AbstractEventLoop) -> None:
    events = EventBatches()
    put(loop, events, line("early"))
    batches = iter(events)
    assert next(batches) == [line("early")]
    put(loop, events, FINISHED)
    assert list(batches) == [[FINISHED]]


def test_what_came_before_a_failure_is_kept(loop: asyncio.AbstractEventLoop) -> None:
    events = EventBatches()
    put(loop, events, line("said"))
    loop.call_soon_threadsafe(events.fail, ValueError("broken"))
    batches = iter(events)
    assert next(batches) == [line("said")]
    with pytest.raises(ValueError, match="broken"):
        next(batches)


def test_nothing_is_handed_over_twice(loop: asyncio.AbstractEventLoop) -> None:
    events = EventBatches()
    for number in range(20):
        put(loop, events, line(str(number)))
        time.sleep(0.002)
    put(loop, events, FINISHED)
    assert [event for batch in events for event in batch] == [*(line(str(n)) for n in range(20)), FINISHED]
