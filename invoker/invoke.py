"""The one sequence of an invocation: environment, init, handler, report. Tells what happens."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from invoker import report
from invoker.environment_pool import EnvironmentPool
from invoker.errors import SandboxFailure
from invoker.events import Event, Finished, LogLine, Outcome, ResponseChunk, State, StateChanged, Stream
from invoker.execution_environment import ExecutionEnvironment
from invoker.invocation import Invocation
from invoker.log_budget import LogBudget
from invoker.outcome import init_duration_ms, verdict
from invoker.passage import Ending, Passage

logger = logging.getLogger(__name__)

# A warm environment can be found ended at every try; a new one is always the last.
WARM_TRIES_MAX = 3
UNFINISHED = {
    Outcome.CANCELLED: "The invocation was cancelled.",
    Outcome.PLATFORM_ERROR: (
        "The sandbox could not be started, or was lost. Your code is not the reason; try again."
    ),
}


@dataclass(slots=True)
class _Telling:
    """Makes the events of one invocation and tells them on."""

    invocation: Invocation
    tell: Callable[[Event], None]
    budget: LogBudget = field(default_factory=LogBudget)
    started: bool = False

    def state(self, state: State) -> None:
        self.tell(StateChanged(time.time(), state))

    def line(self, line: LogLine) -> None:
        if (kept := self.budget.take(line)) is not None:
            self.tell(kept)

    def platform(self, *texts: str) -> None:
        for text in texts:
            self.tell(LogLine(time.time(), Stream.PLATFORM, text))

    def start_line(self) -> None:
        if not self.started:
            self.started = True
            version = self.invocation.configuration.version
            self.platform(report.start_line(self.invocation.request_id, version))

    def running(self) -> None:
        self.start_line()
        self.state(State.RUNNING)

    def chunk(self, content: bytes) -> None:
        self.tell(ResponseChunk(time.time(), content))


async def invoke(
    pool: EnvironmentPool, invocation: Invocation, cancelled: asyncio.Event, tell: Callable[[Event], None]
) -> None:
    """Run one invocation and tell its events. The last one is Finished, whatever the function does."""
    try:
        finished = await _run(pool, invocation, _Telling(invocation, tell), cancelled)
    except asyncio.CancelledError:
        finished = _unfinished(Outcome.CANCELLED)
    except SandboxFailure as failure:
        logger.error("%s", failure)
        finished = _unfinished(Outcome.PLATFORM_ERROR)
    except Exception:
        # What nobody foresaw is told with its trace, and ends the invocation all the same.
        logger.exception("Invocation %s failed.", invocation.request_id)
        finished = _unfinished(Outcome.PLATFORM_ERROR)
    tell(finished)


def _unfinished(outcome: Outcome) -> Finished:
    return Finished(time.time(), outcome, notice=UNFINISHED[outcome])


async def _run(
    pool: EnvironmentPool, invocation: Invocation, telling: _Telling, cancelled: asyncio.Event
) -> Finished:
    claimed = time.monotonic()
    telling.state(State.STARTING)
    environment, passage = await _pass_warm(pool, invocation, telling, cancelled)
    cold_start = passage is None
    suppressed_init = False
    if passage is None:
        suppressed_init = pool.was_reset(invocation)
        environment, passage = await _pass_cold(pool, invocation, telling, cancelled, suppressed_init)
        if passage.ending is Ending.INIT_TIMEOUT:
            pool.discard(environment)
            suppressed_init = True
            telling.platform(report.init_report_line(init_duration_ms(passage), "timeout", None))
            environment, passage = await _pass_cold(pool, invocation, telling, cancelled, suppressed_init)
    assert environment is not None
    if passage.killed_from_outside:
        pool.discard(environment)
        raise SandboxFailure(f"The sandbox of invocation {invocation.request_id} was killed from outside.")
    if environment.usable:
        pool.give_back(invocation, environment)
    elif passage.handed_out is not None or suppressed_init:
        pool.reset(invocation, environment)
    else:
        pool.discard(environment)
    sandbox_ms = max(0.0, (passage.began - claimed) * 1000)
    return _finish(invocation, passage, telling, cold_start, suppressed_init, sandbox_ms)


async def _pass_warm(
    pool: EnvironmentPool, invocation: Invocation, telling: _Telling, cancelled: asyncio.Event
) -> tuple[ExecutionEnvironment | None, Passage | None]:
    for _ in range(WARM_TRIES_MAX):
        environment = pool.take_warm(invocation)
        if environment is None:
            break
        passage = await _through(environment, pool, invocation, telling, cancelled)
        if passage.ending is not Ending.NEVER_STARTED:
            return environment, passage
        pool.discard(environment)
    return None, None


async def _pass_cold(
    pool: EnvironmentPool,
    invocation: Invocation,
    telling: _Telling,
    cancelled: asyncio.Event,
    suppressed_init: bool,
) -> tuple[ExecutionEnvironment, Passage]:
    environment = await _claimed(pool, invocation, cancelled)
    try:
        telling.state(State.INIT)
        if suppressed_init:
            telling.start_line()
    except BaseException:
        pool.discard(environment)
        raise
    passage = await _through(environment, pool, invocation, telling, cancelled, suppressed_init)
    return environment, passage


async def _claimed(
    pool: EnvironmentPool, invocation: Invocation, cancelled: asyncio.Event
) -> ExecutionEnvironment:
    """An environment with the function's code. Raises CancelledError when the end is asked before that."""
    claiming = asyncio.create_task(pool.claim(invocation))
    stop = asyncio.create_task(cancelled.wait())
    try:
        await asyncio.wait({claiming, stop}, return_when=asyncio.FIRST_COMPLETED)
        if not claiming.done():
            raise asyncio.CancelledError
        return claiming.result()
    except BaseException:
        pool.give_up(claiming)
        raise
    finally:
        stop.cancel()


async def _through(
    environment: ExecutionEnvironment,
    pool: EnvironmentPool,
    invocation: Invocation,
    telling: _Telling,
    cancelled: asyncio.Event,
    suppressed_init: bool = False,
) -> Passage:
    try:
        return await environment.invoke(
            invocation,
            telling.line,
            telling.chunk,
            telling.running,
            cancelled,
            pool.settings.cpu_share,
            suppressed_init,
        )
    except BaseException:
        pool.discard(environment)
        raise


def _finish(
    invocation: Invocation,
    passage: Passage,
    telling: _Telling,
    cold_start: bool,
    suppressed_init: bool,
    sandbox_ms: float,
) -> Finished:
    result = verdict(invocation, passage, cold_start, suppressed_init, sandbox_ms)
    if result.outcome is Outcome.INIT_ERROR and result.error is not None and not suppressed_init:
        duration = init_duration_ms(passage)
        telling.platform(report.init_report_line(duration, "error", result.error.type))
    telling.start_line()
    telling.platform(*result.lines)
    return Finished(time.time(), result.outcome, result.response, result.error, result.notice, result.metrics)
