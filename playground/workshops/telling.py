"""Tells through Redis what was stored, in a thread: whoever stored it does not wait for a silent Redis."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
WAITED_S = 0.5
"""Redis answers long before: whoever has an answer of ours may count on what it tells being told."""
AGAIN_S = 0.5

Message = tuple[str, str]
"""A stream, and what has changed."""


@dataclass
class _Batch:
    messages: dict[Message, None] = field(default_factory=dict)
    is_over: threading.Event = field(default_factory=threading.Event)


class Teller:
    """Keeps what is to be told until Redis has taken it. The same twice is told once.

    With a process that ends meanwhile it is lost: whoever listens looks again by themselves after a while.
    """

    def __init__(self, write: Callable[[Collection[Message]], None]) -> None:
        self._write = write
        self._lock = threading.Lock()
        self._next = _Batch()
        self._is_running = False
        self._is_silent = False

    def tell(self, messages: Iterable[Message]) -> None:
        """Tell it soon; as a rule it is told when this returns."""
        with self._lock:
            batch = self._next
            batch.messages.update(dict.fromkeys(messages))
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._tell_all, name="telling", daemon=True).start()
        if not self._is_silent and not batch.is_over.wait(WAITED_S):
            self._is_silent = True

    def _tell_all(self) -> None:
        has_failed = False
        while batch := self._taken():
            try:
                self._write(batch.messages)
                self._is_silent = has_failed = False
            except RedisError as error:
                if not has_failed:
                    logger.warning("What changed in workshops cannot be told yet: %s", error)
                self._is_silent = has_failed = True
                with self._lock:
                    self._next.messages = batch.messages | self._next.messages
            except Exception:
                logger.exception("What changed in workshops could not be told.")
            finally:
                batch.is_over.set()
            if has_failed:
                time.sleep(AGAIN_S)

    def _taken(self) -> _Batch | None:
        with self._lock:
            batch, self._next = self._next, _Batch()
            self._is_running = bool(batch.messages)
            return batch if batch.messages else None
