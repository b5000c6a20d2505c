"""Which execution environments wait, which are warm, and for whom."""

import asyncio
import contextlib
import json
import time
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import fields

from invoker import limits
from invoker.errors import SandboxFailure
from invoker.execution_environment import ExecutionEnvironment
from invoker.invocation import FunctionConfiguration, Invocation
from invoker.pool_settings import PoolSettings
from invoker.sandbox.protocol import SandboxProvider
from invoker.sandbox.workspace import EngineFolder, SandboxWorkspace
from invoker.waiting_environments import WaitingEnvironments

LOOK_EACH_S = 5.0
_MEMBERS = fields(FunctionConfiguration)


def environment_key(invocation: Invocation) -> str:
    """One owner, one function, one version: code, configuration and variables. Any change is another."""
    # Not `asdict`, which copies every value, for each of three looks at an invocation.
    members = {field.name: getattr(invocation.configuration, field.name) for field in _MEMBERS}
    configuration = json.dumps(members, sort_keys=True, default=dict)
    return f"{invocation.owner}\0{invocation.package.sha256}\0{configuration}"


class EnvironmentPool:
    """Hands out environments, keeps the warm ones, and removes them after an idle time or for room."""

    def __init__(self, provider: SandboxProvider, folder: EngineFolder, settings: PoolSettings) -> None:
        self.settings = settings
        self._provider = provider
        self._folder = folder
        self._warm: dict[str, list[ExecutionEnvironment]] = {}
        self._reset: OrderedDict[str, None] = OrderedDict()
        self._removals: set[asyncio.Task[None]] = set()
        self._waiting = WaitingEnvironments(self._start, settings.waiting)
        self._other_sizes = asyncio.Semaphore(limits.STARTS_AT_ONCE)
        self._watch = asyncio.create_task(self._watch_always())

    @property
    def waiting(self) -> int:
        """How many environments wait for a function."""
        return self._waiting.count

    def take_warm(self, invocation: Invocation) -> ExecutionEnvironment | None:
        """A warm environment of this very function, None when there is none or a cold start is asked."""
        environments = self._warm.get(environment_key(invocation), [])
        while environments:
            environment = environments.pop()
            if environment.usable and not invocation.start_cold:
                return environment
            self.discard(environment)
        return None

    async def claim(self, invocation: Invocation) -> ExecutionEnvironment:
        """An environment that was nobody's, with the function's code in it. Raises SandboxFailure."""
        environment = await self._nobodys(invocation.configuration)
        try:
            await environment.claim(invocation)
        except BaseException:
            self.discard(environment)
            raise
        return environment

    def was_reset(self, invocation: Invocation) -> bool:
        """Whether this function's last environment was reset, so that this init is a suppressed one."""
        key = environment_key(invocation)
        reset = key in self._reset
        self._reset.pop(key, None)
        return reset and not invocation.start_cold

    def give_back(self, invocation: Invocation, environment: ExecutionEnvironment) -> None:
        """Keep an environment for the next invocation of the same function."""
        key = environment_key(invocation)
        environment.idle_since = time.monotonic()
        self._warm.setdefault(key, []).append(environment)
        environment.when_lost(lambda: self._remove_if_kept(key, environment))
        self._make_room(self.settings.warm)

    def reset(self, invocation: Invocation, environment: ExecutionEnvironment) -> None:
        """Remove an environment in which an invocation failed, and remember that it was reset."""
        key = environment_key(invocation)
        self._reset[key] = None
        self._reset.move_to_end(key)
        while len(self._reset) > limits.RESETS_REMEMBERED_MAX:
            self._reset.popitem(last=False)
        self.discard(environment)

    def discard(self, environment: ExecutionEnvironment) -> None:
        """Remove an environment in the background."""
        self._remove_in_background(environment.shut_down())

    def give_up(self, claiming: asyncio.Task[ExecutionEnvironment]) -> None:
        """Remove what a `claim` that nobody waits for any more will come to."""
        self._remove_in_background(_shut_down_claimed(claiming))

    async def close(self) -> None:
        """Remove every environment and wait for it."""
        self._watch.cancel()
        for environment in await self._waiting.close():
            self.discard(environment)
        self._make_room(0)
        while self._removals:
            await asyncio.gather(*self._removals, return_exceptions=True)

    async def _nobodys(self, configuration: FunctionConfiguration) -> ExecutionEnvironment:
        # Memory can be changed where a sandbox waits, the size of its /tmp cannot.
        if configuration.ephemeral_storage == limits.EPHEMERAL_STORAGE_DEFAULT_MB:
            return await self._waiting.take(configuration.memory_size)
        async with self._other_sizes:
            return await self._start(configuration.memory_size, configuration.ephemeral_storage)

    async def _start(
        self, memory_mb: int, ephemeral_storage_mb: int = limits.EPHEMERAL_STORAGE_DEFAULT_MB
    ) -> ExecutionEnvironment:
        try:
            workspace = await asyncio.to_thread(SandboxWorkspace, self._folder.path)
            return await ExecutionEnvironment.start(
                self._provider, workspace, memory_mb, ephemeral_storage_mb
            )
        except OSError as error:
            raise SandboxFailure(f"A sandbox's folder could not be made: {error}") from error

    def _remove_in_background(self, removal: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(removal)
        self._removals.add(task)
        task.add_done_callback(self._removals.discard)

    def _make_room(self, size: int) -> None:
        by_age = sorted(
            (
                (environment.idle_since, key, environment)
                for key, kept in self._warm.items()
                for environment in kept
            ),
            key=lambda entry: entry[0],
        )
        for _, key, environment in by_age[: max(0, len(by_age) - size)]:
            self._remove(key, environment)

    def _remove(self, key: str, environment: ExecutionEnvironment) -> None:
        self._warm[key].remove(environment)
        if not self._warm[key]:
            del self._warm[key]
        self.discard(environment)

    def _remove_if_kept(self, key: str, environment: ExecutionEnvironment) -> None:
        if environment in self._warm.get(key, []):
            self._remove(key, environment)

    async def _watch_always(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(min(self.settings.warm_idle_s, LOOK_EACH_S))
                for environment in self._waiting.take_lost():
                    self.discard(environment)
                oldest = time.monotonic() - self.settings.warm_idle_s
                for key, kept in list(self._warm.items()):
                    for environment in list(kept):
                        if environment.idle_since < oldest or not environment.usable:
                            self._remove(key, environment)


async def _shut_down_claimed(claiming: asyncio.Task[ExecutionEnvironment]) -> None:
    # It is not cancelled: a thread may be writing the function's code.
    await asyncio.wait({claiming})
    if not claiming.cancelled() and claiming.exception() is None:
        await claiming.result().shut_down()
