"""The threads of requests: kept, one request at a time, and nobody waits for somebody else's."""

import asyncio
import threading
import time
from collections.abc import Callable

from asgiref.sync import sync_to_async

from playground.request_threads import KEPT, RequestThreads

SLOW_S = 0.5


async def ask(threads: RequestThreads, work: Callable[[], None]) -> int:
    """Serve one request whose view does this work in its thread; gives the thread."""
    found = []

    def view() -> None:
        found.append(threading.get_ident())
        work()

    await threads({"view": view}, None, None)
    return found[0]


async def application(scope: dict[str, Callable[[], None]], _receive: None, _send: None) -> None:
    # Twice, as Django does its work and then ends the response.
    await sync_to_async(scope["view"])()
    await sync_to_async(threading.get_ident)()


def nothing() -> None:
    """A view that is done at once."""


def slow() -> None:
    """A view that takes its time."""
    time.sleep(SLOW_S)


async def free_again(threads: RequestThreads, count: int) -> None:
    async with asyncio.timeout(5):
        while len(threads._free) < count:
            await asyncio.sleep(0.01)


async def test_one_request_after_the_other_has_the_same_thread() -> None:
    threads = RequestThreads(application)
    seen = set()
    for _ in range(5):
        seen.add(await ask(threads, nothing))
        await free_again(threads, 1)
    assert len(seen) == 1


async def test_requests_at_the_same_time_wait_for_nobody_and_leave_few_threads_behind() -> None:
    threads = RequestThreads(application)
    before, began = threading.active_count(), time.monotonic()
    seen = await asyncio.gather(*(ask(threads, slow) for _ in range(3 * KEPT)))
    assert len(set(seen)) == 3 * KEPT
    assert time.monotonic() - began < 4 * SLOW_S
    await free_again(threads, KEPT)
    async with asyncio.timeout(5):
        while threading.active_count() > before + KEPT:
            await asyncio.sleep(0.01)


async def test_a_view_whose_client_went_away_keeps_its_thread_until_it_is_done() -> None:
    threads = RequestThreads(application)
    gone = asyncio.create_task(ask(threads, slow))
    await asyncio.sleep(SLOW_S / 5)
    gone.cancel()
    began = time.monotonic()
    await ask(threads, nothing)
    assert time.monotonic() - began < SLOW_S / 2
    await free_again(threads, 2)
