"""Execution environments that wait for a function, started ahead in the background."""

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable

from invoker import limits
from invoker.errors import SandboxFailure
from invoker.execution_environment import ExecutionEnvironment

logger = logging.getLogger(__name__)
# A start takes as much CPU as many invocations: those that are under way come first.
CALM_S = 0.25
AFTER_FAILURE_S = 2.0

Start = Callable[[int], Awaitable[ExecutionEnvironment]]


class WaitingEnvironments:
    """Keeps `target` environments waiting; `start` makes one for a memory size in MB."""

    def __init__(self, start: Start, target: int) -> None:
        self._start = start
        self._target = target
        self._waiting: list[ExecutionEnvironment] = []
        self._asked: deque[tuple[int, asyncio.Future[ExecutionEnvironment]]] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        # The sizes that were taken last are those that wait next.
        self._sizes = deque([limits.MEMORY_DEFAULT_MB] * target, maxlen=target)
        self._calm_from = 0.0
        self._later: asyncio.TimerHandle | None = None
        self._closed = False
        self._go_on()

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self._waiting)

    async def take(self, memory_mb: int) -> ExecutionEnvironment:
        """An environment, best one that waits with this memory size. Raises SandboxFailure."""
        if self._closed:
            raise SandboxFailure("The engine is ending.")
        self._calm_from = time.monotonic() + CALM_S
        self._sizes.append(memory_mb)
        environment = self._best(memory_mb)
        if environment is None:
            future: asyncio.Future[ExecutionEnvironment] = asyncio.get_running_loop().create_future()
            self._asked.append((memory_mb, future))
            self._go_on()
            return await self._handed_over(future)
        self._go_on()
        return environment

    def take_lost(self) -> list[ExecutionEnvironment]:
        """Those whose sandbox ended while it waited."""
        lost = [environment for environment in self._waiting if not environment.usable]
        for environment in lost:
            self._waiting.remove(environment)
        self._go_on()
        return lost

    async def close(self) -> list[ExecutionEnvironment]:
        """Start no more; gives those that wait."""
        self._closed = True
        if self._later is not None:
            self._later.cancel()
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for _, future in self._asked:
            future.cancel()
        left, self._waiting = self._waiting, []
        return left

    async def _handed_over(self, future: asyncio.Future[ExecutionEnvironment]) -> ExecutionEnvironment:
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                # It came at the moment at which whoever asked gave up.
                self._waiting.append(future.result())
            raise

    def _best(self, memory_mb: int) -> ExecutionEnvironment | None:
        usable = [environment for environment in self._waiting if environment.usable]
        if not usable:
            return None
        best = next((environment for environment in usable if environment.memory_mb == memory_mb), usable[0])
        self._waiting.remove(best)
        return best

    def _go_on(self) -> None:
        """Start what is wanted now: several at once for those who ask, one after the other to fill up."""
        if self._closed:
            return
        asked = [size for size, future in self._asked if not future.done()]
        while len(self._starting) < min(limits.STARTS_AT_ONCE, len(asked)):
            self._begin(asked[len(self._starting)])
        if self._starting or len(self._waiting) >= self._target:
            return
        wait = self._calm_from - time.monotonic() if self._waiting else 0.0
        if wait > 0:
            self._go_on_after(wait)
        else:
            self._begin(self._size_missing_most())

    def _go_on_after(self, seconds: float) -> None:
        if self._later is not None:
            self._later.cancel()
        self._later = asyncio.get_running_loop().call_later(seconds, self._go_on)

    def _size_missing_most(self) -> int:
        missing = Counter(self._sizes)
        missing.subtract(environment.memory_mb for environment in self._waiting)
        return missing.most_common(1)[0][0]

    def _begin(self, memory_mb: int) -> None:
        task = asyncio.create_task(self._start_one(memory_mb))
        self._starting.add(task)
        task.add_done_callback(self._begun)

    def _begun(self, task: asyncio.Task[None]) -> None:
        self._starting.discard(task)
        if task.cancelled() or task.exception() is None:
            self._go_on()
            return
        failure = task.exception()
        logger.error("No execution environment could be started: %s", failure)
        # Whoever asks is told when no start that is under way can still be for them.
        asked = self._next_asked() if self._asking() > len(self._starting) else None
        if asked is not None and failure is not None:
            asked.set_exception(failure)
        self._go_on_after(AFTER_FAILURE_S)

    async def _start_one(self, memory_mb: int) -> None:
        environment = await self._start(memory_mb)
        asked = self._next_asked()
        if asked is not None:
            asked.set_result(environment)
        else:
            self._waiting.append(environment)

    def _asking(self) -> int:
        return sum(not future.done() for _, future in self._asked)

    def _next_asked(self) -> asyncio.Future[ExecutionEnvironment] | None:
        while self._asked:
            _, future = self._asked.popleft()
            if not future.done():
                return future
        return None
