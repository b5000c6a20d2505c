"""Whatever becomes of an invocation, its environment does not stay behind."""

import asyncio
import concurrent.futures
import threading
import time
import uuid
from collections.abc import Callable

import pytest

from invoker.environment_pool import EnvironmentPool
from invoker.events import Event, Finished, Outcome, State, StateChanged
from invoker.execution_environment import ExecutionEnvironment
from invoker.invocation import Invocation
from invoker.invoke import invoke

from .conftest import Runner


def code() -> str:
    return f"export const handler = async () => 1 // {uuid.uuid4()}"


def begun(
    run: Runner, invocation: Invocation, tell: Callable[[Event], None]
) -> concurrent.futures.Future[None]:
    return asyncio.run_coroutine_threadsafe(
        invoke(run.engine._pool, invocation, asyncio.Event(), tell), run.engine._loop
    )


def sandboxes_with(run: Runner, text: str) -> int:
    """How many sandboxes of this engine have this code in them."""
    return sum(path.read_text() == text for path in run.state.glob("sandboxes/*/*/task/index.mjs"))


def wait_until_gone(run: Runner, text: str) -> None:
    deadline = time.monotonic() + 30
    while sandboxes_with(run, text):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("state", [State.INIT, State.RUNNING])
def test_one_whose_events_could_not_be_told_is_removed(run: Runner, state: State) -> None:
    text = code()
    seen: list[int] = []
    told: list[Event] = []

    def tell(event: Event) -> None:
        if isinstance(event, StateChanged) and event.state is state:
            seen.append(sandboxes_with(run, text))
            raise OSError("nobody listens")
        told.append(event)

    begun(run, run.invocation(text, timeout=2), tell).result(60)
    assert seen == [1]
    assert isinstance(told[-1], Finished)
    assert told[-1].outcome is not Outcome.OK
    wait_until_gone(run, text)


class HeldClaims:
    """Claims that have the function's code and do not come to an end until they may."""

    def __init__(self, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached = threading.Event()
        self.may_end = asyncio.Event()
        self._loop = run.engine._loop
        claim = EnvironmentPool.claim

        async def held(pool: EnvironmentPool, invocation: Invocation) -> ExecutionEnvironment:
            environment = await claim(pool, invocation)
            self.reached.set()
            await self.may_end.wait()
            return environment

        monkeypatch.setattr(EnvironmentPool, "claim", held)

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self.may_end.set)


def test_one_that_is_given_up_while_it_is_claimed_is_removed(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldClaims(run, monkeypatch)
    text = code()
    told: list[Event] = []
    running = begun(run, run.invocation(text), told.append)
    assert held.reached.wait(60)
    running.cancel()
    deadline = time.monotonic() + 30
    while not (told and isinstance(told[-1], Finished)):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert sandboxes_with(run, text) == 1
    held.end()
    wait_until_gone(run, text)


def test_one_that_is_cancelled_while_it_is_claimed_is_removed(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldClaims(run, monkeypatch)
    text = code()
    invocation = run.invocation(text)
    events = run.engine.invoke(invocation)
    first = next(events)
    assert isinstance(first, StateChanged)
    assert first.state is State.STARTING
    assert held.reached.wait(60)
    run.engine.cancel(invocation.request_id)
    *_, last = events
    assert isinstance(last, Finished)
    assert last.outcome is Outcome.CANCELLED
    held.end()
    wait_until_gone(run, text)
