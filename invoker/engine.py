"""The engine as a service uses it: one object a process, thread-safe, that owns everything it starts."""

import asyncio
import concurrent.futures
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import TypeVar

import uvloop

from invoker.environment_pool import EnvironmentPool
from invoker.errors import InvokerError
from invoker.event_batches import EventBatches
from invoker.events import Event
from invoker.invocation import Invocation
from invoker.invoke import invoke
from invoker.pool_settings import PoolSettings
from invoker.sandbox import choice
from invoker.sandbox.choice import SandboxSettings
from invoker.sandbox.protocol import SandboxProvider
from invoker.sandbox.workspace import EngineFolder

T = TypeVar("T")


class Engine:
    """Runs invocations on sandboxes of one kind. Every environment lives on the engine's own event loop."""

    def __init__(self, provider: SandboxProvider, folder: EngineFolder, pool_settings: PoolSettings) -> None:
        self._provider = provider
        self._folder = folder
        # A warm invocation is a dozen small messages through sockets and pipes.
        self._loop = uvloop.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="engine", daemon=True)
        self._thread.start()
        self._cancellations: dict[str, asyncio.Event] = {}
        self._running: set[concurrent.futures.Future[None]] = set()
        self._pool = self._call(self._make_pool(pool_settings))

    @classmethod
    def start(
        cls, state: Path, settings: SandboxSettings, pool_settings: PoolSettings | None = None
    ) -> "Engine":
        """Make an engine; what killed engines left in `state` is removed first.

        Raises SandboxUnavailable when this machine cannot run the chosen sandbox, SetUpIncomplete when
        the runtime image is missing.
        """
        provider = choice.provider(state, settings)
        asyncio.run(choice.sweep(provider, state))
        return cls(provider, EngineFolder(state), pool_settings or PoolSettings())

    @property
    def sandbox_kind(self) -> str:
        """ "docker" or "local"."""
        return self._provider.kind

    @property
    def sandbox_notice(self) -> str:
        """A sentence for whoever runs the service, empty when there is nothing to say."""
        return self._provider.notice

    def check(self) -> str:
        """A few words on the sandbox's state. Raises InvokerError when none can be started."""
        return self._call(self._provider.check())

    def waiting(self) -> int:
        """How many execution environments wait for a function."""
        return self._pool.waiting

    def invoke(self, invocation: Invocation) -> Iterator[Event]:
        """The events of one invocation, as they happen; the last is Finished.

        Raises InvokerError when the platform itself fails.
        """
        for batch in self.batches(invocation):
            yield from batch

    def batches(self, invocation: Invocation) -> Iterator[list[Event]]:
        """The same, as many events at once as have happened by then. It begins before the first is asked for.

        Raises InvokerError.
        """
        events = EventBatches()
        cancelled = asyncio.Event()
        self._cancellations[invocation.request_id] = cancelled
        running = asyncio.run_coroutine_threadsafe(self._tell(invocation, cancelled, events), self._loop)
        self._running.add(running)
        running.add_done_callback(lambda _: self._forget(invocation.request_id, running))
        return self._told(events, running)

    def _told(self, events: EventBatches, running: concurrent.futures.Future[None]) -> Iterator[list[Event]]:
        try:
            yield from events
        except Exception as error:
            raise InvokerError(f"The engine failed: {error!r}") from error
        finally:
            running.cancel()

    def _forget(self, request_id: str, running: concurrent.futures.Future[None]) -> None:
        self._running.discard(running)
        self._cancellations.pop(request_id, None)

    def cancel(self, request_id: str) -> bool:
        """End an invocation that runs here; False when there is none with this id."""
        cancelled = self._cancellations.get(request_id)
        if cancelled is not None:
            self._loop.call_soon_threadsafe(cancelled.set)
        return cancelled is not None

    def close(self) -> None:
        """End every invocation and remove every environment that this engine started."""
        for cancelled in list(self._cancellations.values()):
            self._loop.call_soon_threadsafe(cancelled.set)
        concurrent.futures.wait(list(self._running), timeout=10)
        self._call(self._pool.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._folder.remove()

    async def _make_pool(self, settings: PoolSettings) -> EnvironmentPool:
        return EnvironmentPool(self._provider, self._folder, settings)

    async def _tell(self, invocation: Invocation, cancelled: asyncio.Event, events: EventBatches) -> None:
        try:
            await invoke(self._pool, invocation, cancelled, events.put)
        except BaseException as error:
            events.fail(error)
            raise

    def _call(self, coroutine: Coroutine[object, object, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()
