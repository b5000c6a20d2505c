"""One running invocation's events, numbered, published and at the end stored."""

import dataclasses
import logging
import time
from collections.abc import Sequence
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from redis.exceptions import RedisError

from invoker.events import Event, Finished, Outcome
from playground.invocations import rows, stream
from playground.invocations.messages import Messages
from playground.invocations.models import Invocation, State

logger = logging.getLogger(__name__)
STORE_AGAIN_S = 0.5
STORED_WITHIN_S = 600.0
"""A database that takes nothing for so long has lost the outcome."""


class Recorder:
    """Takes the events of one claimed invocation. The row is finished before anybody is told that it is.

    `claimed_at` is in Unix seconds. `note` is published along with the end, as whoever waits for that may
    invoke again at once.
    """

    def __init__(
        self,
        row: Invocation,
        claimed_at: float,
        note: stream.Note | None = None,
        stored_within_s: float = STORED_WITHIN_S,
    ) -> None:
        self.row = row
        self.note = note
        self._stored_within_s = stored_within_s
        self._queue_ms = max(0.0, round((claimed_at - row.created_at.timestamp()) * 1_000, 3))
        self._messages = Messages(self._queue_ms)
        self._all: list[stream.Message] = []
        self._published = 0
        self._redis_failed = False
        self._deleted = False

    def take(self, batch: Sequence[Event], stopped: str | None = None) -> None:
        """Publish a batch in one round trip, after storing the row when it has the end.

        `stopped` says why the platform ended the invocation, when it did so on its own.
        """
        for event in batch:
            if isinstance(event, Finished):
                self._finish(event, stopped)
            elif message := self._messages.of(event):
                self._all.append(message)
        self._publish()

    def fail(self, notice: str) -> None:
        """Finish as a fault of the platform, unless it is finished already."""
        self.take([Finished(time.time(), Outcome.PLATFORM_ERROR, notice=notice)])

    def _finish(self, event: Finished, stopped: str | None) -> None:
        if stopped and event.outcome is Outcome.CANCELLED and not self._was_cancelled():
            event = dataclasses.replace(event, outcome=Outcome.PLATFORM_ERROR, notice=stopped)
        message = self._messages.of(event)
        if message is None:
            raise AssertionError("A last event always has a message.")
        if self._store(self._columns(event, [*self._all, message])):
            self._all.append(message)
        else:
            self._deleted = not Invocation.objects.filter(id=self.row.id).exists()
            if not self._deleted:
                logger.warning("Invocation %s was finished by somebody else.", self.row.id)

    def _store(self, columns: dict[str, Any]) -> bool:
        """Finish the row, however long the database takes; False when somebody else did."""
        give_up = time.monotonic() + self._stored_within_s
        while True:
            try:
                return rows.changed(self.row.id, self.row.worker, columns)
            except (OperationalError, InterfaceError) as error:
                # Locked, restarted, or its disk is full: the outcome is known here alone.
                connection.close()
                if time.monotonic() > give_up:
                    raise
                logger.warning("The end of %s is not stored yet: %s", self.row.id, error)
                time.sleep(STORE_AGAIN_S)

    def _was_cancelled(self) -> bool:
        return Invocation.objects.filter(id=self.row.id, cancel_requested=True).exists()

    def _columns(self, event: Finished, messages: list[stream.Message]) -> dict[str, Any]:
        columns: dict[str, Any] = {
            "state": State.FINISHED,
            "outcome": event.outcome.value,
            "notice": storable(event.notice or ""),
            "response": event.response,
            "finished_at": timezone.now(),
            "queue_ms": self._queue_ms,
            "events": stream.lines(messages),
        }
        if event.error:
            columns |= {
                "error_type": storable(event.error.type),
                "error_message": storable(event.error.message),
                "error_trace": [storable(line) for line in event.error.trace],
            }
        if event.metrics:
            columns |= {
                "duration_ms": event.metrics.duration_ms,
                "billed_duration_ms": event.metrics.billed_duration_ms,
                "max_memory_used_mb": event.metrics.max_memory_used_mb,
                "init_duration_ms": event.metrics.init_duration_ms,
                "cold_start": event.metrics.cold_start,
                "sandbox_ms": event.metrics.sandbox_ms,
            }
        return columns

    def _publish(self) -> None:
        try:
            if self._deleted:
                stream.forget([self.row.id])
                return
            if self._redis_failed:
                # What arrived before the failure is unknown, and a restarted Redis has forgotten all of it.
                before = stream.published(self.row.id)
                self._published = before[-1]["seq"] if before else 0
            messages = self._all[self._published :]
            if messages:
                final = messages[-1]["type"] == "finished"
                note = self.note if final else None
                if not stream.publish(self.row.id, messages, final, self._published > 0, note):
                    # Redis was started again and has forgotten all of it.
                    stream.publish(self.row.id, self._all, final, note=note)
            self._published = len(self._all)
            self._redis_failed = False
        except RedisError as error:
            self._redis_failed = True
            logger.warning("Events of %s are not published yet: %s", self.row.id, error)


def storable(text: str) -> str:
    """Text that every database takes: no lone surrogate, no NUL."""
    return text.encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
