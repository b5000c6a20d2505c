"""Which environments wait, with starts that succeed and fail on command."""

import asyncio
from collections import Counter
from types import SimpleNamespace
from typing import cast

import pytest

from invoker import limits, waiting_environments
from invoker.errors import SandboxFailure
from invoker.execution_environment import ExecutionEnvironment
from invoker.waiting_environments import WaitingEnvironments


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_environments, "CALM_S", 0.02)
    monkeypatch.setattr(waiting_environments, "AFTER_FAILURE_S", 0.02)


class Starts:
    """Makes environments that are nothing but their memory size."""

    def __init__(self) -> None:
        self.under_way = self.most_at_once = self.count = 0
        self.fails = False
        self.held = asyncio.Event()
        self.held.set()

    async def __call__(self, memory_mb: int) -> ExecutionEnvironment:
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            await asyncio.sleep(0.001)
            await self.held.wait()
        finally:
            self.under_way -= 1
        if self.fails:
            raise SandboxFailure("no room")
        self.count += 1
        return cast(ExecutionEnvironment, SimpleNamespace(memory_mb=memory_mb, usable=True))


async def filled(waiting: WaitingEnvironments, count: int) -> None:
    async with asyncio.timeout(5):
        while waiting.count < count:
            await asyncio.sleep(0.005)


async def test_as_many_as_wanted_wait_and_no_more() -> None:
    starts = Starts()
    waiting = WaitingEnvironments(starts, 3)
    await filled(waiting, 3)
    await asyncio.sleep(0.1)
    assert (waiting.count, starts.count, starts.most_at_once) == (3, 3, 1)
    assert len(await waiting.close()) == 3


async def test_what_is_taken_is_replaced() -> None:
    starts = Starts()
    waiting = WaitingEnvironments(starts, 2)
    await filled(waiting, 2)
    await waiting.take(128)
    assert waiting.count == 1
    await filled(waiting, 2)
    await waiting.close()


async def test_the_sizes_that_people_take_together_are_the_ones_that_wait() -> None:
    waiting = WaitingEnvironments(Starts(), 3)
    await filled(waiting, 3)
    await asyncio.gather(*(waiting.take(size) for size in (512, 512, 1024)))
    await filled(waiting, 3)
    assert Counter(environment.memory_mb for environment in await waiting.close()) == {512: 2, 1024: 1}


async def test_without_one_of_that_size_another_is_given() -> None:
    waiting = WaitingEnvironments(Starts(), 1)
    await filled(waiting, 1)
    assert (await waiting.take(1024)).memory_mb == 128
    await waiting.close()


async def test_who_finds_none_gets_one_of_the_size_that_was_asked() -> None:
    waiting = WaitingEnvironments(Starts(), 0)
    assert [e.memory_mb for e in await asyncio.gather(*(waiting.take(size) for size in (256, 640)))] == [
        256,
        640,
    ]
    assert waiting.count == 0
    await waiting.close()


async def test_many_at_once_are_served_a_few_at_a_time() -> None:
    starts = Starts()
    waiting = WaitingEnvironments(starts, 0)
    await asyncio.gather(*(waiting.take(128) for _ in range(30)))
    assert starts.count == 30
    assert starts.most_at_once <= limits.STARTS_AT_ONCE
    await waiting.close()


async def test_whoever_asks_is_told_that_none_can_be_started() -> None:
    starts = Starts()
    starts.fails = True
    waiting = WaitingEnvironments(starts, 0)
    with pytest.raises(SandboxFailure, match="no room"):
        await waiting.take(128)
    starts.fails = False
    assert (await waiting.take(128)).memory_mb == 128
    await waiting.close()


async def test_after_failures_the_filling_goes_on() -> None:
    starts = Starts()
    starts.fails = True
    waiting = WaitingEnvironments(starts, 2)
    await asyncio.sleep(0.1)
    starts.fails = False
    await filled(waiting, 2)
    await waiting.close()


async def test_who_no_longer_waits_leaves_the_environment_to_the_next() -> None:
    starts = Starts()
    starts.held.clear()
    waiting = WaitingEnvironments(starts, 1)
    gone = asyncio.create_task(waiting.take(128))
    await asyncio.sleep(0.01)
    gone.cancel()
    starts.held.set()
    await filled(waiting, 1)
    await waiting.close()


async def test_one_that_came_as_whoever_asked_gave_up_waits_for_the_next() -> None:
    starts = Starts()
    waiting = WaitingEnvironments(starts, 0)
    gone = asyncio.create_task(waiting.take(128))
    async with asyncio.timeout(5):
        while not starts.count:
            await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    assert gone.cancelled()
    assert len(await waiting.close()) == 1


async def test_an_engine_that_ends_gives_none_away() -> None:
    waiting = WaitingEnvironments(Starts(), 1)
    await filled(waiting, 1)
    await waiting.close()
    with pytest.raises(SandboxFailure, match="ending"):
        await waiting.take(128)


async def test_one_that_ended_is_given_to_nobody_and_replaced() -> None:
    waiting = WaitingEnvironments(Starts(), 2)
    await filled(waiting, 2)
    dead = waiting._waiting[0]
    cast(SimpleNamespace, dead).usable = False
    assert waiting.take_lost() == [dead]
    await filled(waiting, 2)
    assert dead not in await waiting.close()
