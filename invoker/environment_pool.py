"""Which execution environments are warm, and for whom."""

import asyncio
import contextlib
import json
import time
from dataclasses import asdict

from invoker import limits
from invoker.execution_environment import ExecutionEnvironment
from invoker.invocation import Invocation
from invoker.sandbox.protocol import SandboxProvider
from invoker.sandbox.workspace import EngineFolder, SandboxWorkspace


def environment_key(invocation: Invocation) -> str:
    """One owner, one function, one version: code, configuration and variables. Any change is another."""
    configuration = json.dumps(asdict(invocation.configuration), sort_keys=True)
    return f"{invocation.owner}\0{invocation.package.sha256}\0{configuration}"


class EnvironmentPool:
    """Starts environments, keeps the warm ones, and removes them after an idle time or for room."""

    def __init__(
        self,
        provider: SandboxProvider,
        folder: EngineFolder,
        warm_max: int = limits.WARM_ENVIRONMENTS_MAX,
        idle_s: float = limits.WARM_IDLE_S,
    ) -> None:
        self._provider = provider
        self._folder = folder
        self._warm_max = warm_max
        self._idle_s = idle_s
        self._warm: dict[str, list[ExecutionEnvironment]] = {}
        self._removals: set[asyncio.Task[None]] = set()
        self._idle_watch = asyncio.create_task(self._watch_idle())

    def take_warm(self, invocation: Invocation) -> ExecutionEnvironment | None:
        """A warm environment of this very function, None when there is none or a cold start is asked."""
        environments = self._warm.get(environment_key(invocation), [])
        while environments:
            environment = environments.pop()
            if environment.warm and not invocation.start_cold:
                return environment
            self.discard(environment)
        return None

    async def start(self, invocation: Invocation) -> ExecutionEnvironment:
        """A new environment, connected. Raises SandboxFailure with nothing left behind."""
        workspace = await asyncio.to_thread(SandboxWorkspace, self._folder.path)
        return await ExecutionEnvironment.start(self._provider, workspace, invocation)

    def give_back(self, invocation: Invocation, environment: ExecutionEnvironment) -> None:
        """Keep an environment for the next invocation of the same function, or remove it."""
        if not environment.warm:
            self.discard(environment)
            return
        environment.idle_since = time.monotonic()
        self._warm.setdefault(environment_key(invocation), []).append(environment)
        self._make_room(self._warm_max)

    def discard(self, environment: ExecutionEnvironment) -> None:
        """Remove an environment in the background."""
        task = asyncio.create_task(environment.shut_down())
        self._removals.add(task)
        task.add_done_callback(self._removals.discard)

    async def close(self) -> None:
        """Remove every environment and wait for it."""
        self._idle_watch.cancel()
        self._make_room(0)
        while self._removals:
            await asyncio.gather(*self._removals, return_exceptions=True)

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

    async def _watch_idle(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(min(self._idle_s, 5.0))
                oldest = time.monotonic() - self._idle_s
                for key, kept in list(self._warm.items()):
                    for environment in list(kept):
                        if environment.idle_since < oldest or not environment.warm:
                            self._remove(key, environment)
