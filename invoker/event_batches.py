"""The events of one invocation on their way from the engine's event loop to the thread that asked for it."""

import asyncio
import queue
from collections.abc import Iterator

from invoker.events import Event, Finished

BATCH_MAX = 500
LINGER_S = 0.01
"""A batch waits so long for more: a warm invocation is one batch, and nobody sees a line that much later."""


class EventBatches:
    """Collected on the event loop, so that a flood becomes few batches and a thread is woken for each of
    them and not for each event: threads that take turns cost a warm invocation more than its events do.
    """

    def __init__(self) -> None:
        self._batches: queue.SimpleQueue[list[Event] | BaseException] = queue.SimpleQueue()
        self._batch: list[Event] = []
        self._due: asyncio.TimerHandle | None = None

    def put(self, event: Event) -> None:
        """Add an event, on the event loop. Finished goes at once, along with what came just before it."""
        self._batch.append(event)
        if isinstance(event, Finished) or len(self._batch) == BATCH_MAX:
            self._hand_over()
        elif self._due is None:
            self._due = asyncio.get_running_loop().call_later(LINGER_S, self._hand_over)

    def fail(self, error: BaseException) -> None:
        """Say, on the event loop, that no more will come. What came before is handed over first."""
        self._hand_over()
        self._batches.put(error)

    def __iter__(self) -> Iterator[list[Event]]:
        """Batches in order, none empty, the last one ends with Finished. Raises what `fail` was given."""
        while True:
            batch = self._batches.get()
            if isinstance(batch, BaseException):
                raise batch
            yield batch
            if isinstance(batch[-1], Finished):
                return

    def _hand_over(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        if self._batch:
            self._batches.put(self._batch)
            self._batch = []
