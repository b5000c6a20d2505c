"""An iterator that waits for each item → lists of whatever has arrived."""

import queue
import threading
import time
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")
BATCH_MAX = 500
LINGER_S = 0.01
"""A batch waits so long for more: a warm invocation is one batch, and nobody sees a line that much later."""


class _End:
    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def batches(items: Iterator[T]) -> Iterator[list[T]]:
    """What has arrived since the last batch and within LINGER_S, at least one item at a time, in order.

    A flood becomes few batches, and whatever comes just before the end goes along with it. An exception of
    `items` is raised after what came before it.
    """
    arrived: queue.SimpleQueue[T | _End] = queue.SimpleQueue()

    def read() -> None:
        error: BaseException | None = None
        try:
            for item in items:
                arrived.put(item)
        except BaseException as raised:
            error = raised
        arrived.put(_End(error))

    threading.Thread(target=read, name="batches", daemon=True).start()
    while True:
        batch: list[T] = []
        item = arrived.get()
        deadline = time.monotonic() + LINGER_S
        while not isinstance(item, _End):
            batch.append(item)
            if len(batch) == BATCH_MAX:
                break
            try:
                item = arrived.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                break
        if batch:
            yield batch
        if isinstance(item, _End):
            if item.error:
                raise item.error
            return
