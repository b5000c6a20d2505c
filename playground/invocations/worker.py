"""What one worker process has: its engine, the invocations that run in it, and its end."""

import logging
import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from redis.exceptions import RedisError

from invoker.engine import Engine
from invoker.errors import InvokerError
from invoker.events import Outcome
from playground import worker_state
from playground.invocations import queue, service
from playground.invocations.abandoned import Abandoned, worker_name
from playground.invocations.models import Invocation, State
from playground.invocations.purge import purge
from playground.invocations.service import CANCEL_CHANNEL
from playground.redis_connection import subscription
from playground.sandbox_settings import pool_settings, sandbox_settings

logger = logging.getLogger(__name__)
TELL_EACH_S = 1.0
CHECK_EACH_S = 5.0
LOOK_EACH_S = 1.0
PURGE_EACH_S = 3_600.0
OVERDUE_S = 2.0
"""A message takes milliseconds; one that took so long was lost, or waits for a worker that is busy."""
SHUT_DOWN_MAX_S = 25.0
UNOWNED = "The database did not answer when this invocation was begun or ended; what came of it is not known."


class Worker:
    """One process that runs invocations. Made once, at the worker's start.

    `queue` is the name of the Celery queue that only this worker takes messages from.
    Raises InvokerError when the engine cannot be started.
    """

    def __init__(self, queue: str) -> None:
        self.name = worker_name()
        self.queue = queue
        self.abandoned = Abandoned()
        self.stopping = threading.Event()
        self._cancelled: dict[str, threading.Event] = {}
        self._unowned: set[uuid.UUID] = set()
        self.engine = Engine.start(settings.PLAYGROUND_STATE, sandbox_settings(), pool_settings())

    def open(self) -> None:
        """Begin to tell of oneself and to listen for cancellations."""
        for target in (self._tell_always, self._look_always, self._listen_always, self._purge_always):
            threading.Thread(target=target, name=target.__name__.strip("_"), daemon=True).start()

    @contextmanager
    def running(self, request_id: str) -> Iterator[threading.Event]:
        """Makes an invocation known while the block runs; the event is set when its end is asked for."""
        cancelled = self._cancelled[request_id] = threading.Event()
        if self.stopping.is_set():
            cancelled.set()
        try:
            yield cancelled
        finally:
            del self._cancelled[request_id]

    def cancel(self, request_id: str) -> None:
        """End an invocation if it is one of this process."""
        if cancelled := self._cancelled.get(request_id):
            cancelled.set()
            self.engine.cancel(request_id)

    def stop(self) -> None:
        """End every invocation, because this process is asked to end. Returns at once."""
        self.stopping.set()
        for request_id in list(self._cancelled):
            self.cancel(request_id)
        # Whatever hangs, the process ends; the next start removes what it left.
        last_resort = threading.Timer(SHUT_DOWN_MAX_S, os._exit, (1,))
        last_resort.daemon = True
        last_resort.start()

    def close(self) -> None:
        """Remove every execution environment."""
        self.stopping.set()
        try:
            worker_state.take_back(self.name)
        except RedisError:
            logger.info("Redis has gone before the worker.")
        self.engine.close()

    def _tell_always(self) -> None:
        checked = 0.0
        sandbox_ok, detail = True, ""
        while not self.stopping.is_set():
            if time.monotonic() - checked > CHECK_EACH_S:
                checked = time.monotonic()
                try:
                    sandbox_ok, detail = True, self.engine.check()
                except InvokerError as error:
                    sandbox_ok, detail = False, str(error)
            try:
                worker_state.tell(
                    worker_state.WorkerState(
                        self.name,
                        sandbox_ok,
                        self.engine.sandbox_kind,
                        detail,
                        self.engine.sandbox_notice,
                        self.queue,
                        len(self._cancelled) >= settings.WORKER_CONCURRENCY,
                    )
                )
            except RedisError:
                logger.warning("Redis does not answer; the worker cannot say that it lives.")
            self.stopping.wait(TELL_EACH_S)

    def _look_always(self) -> None:
        """Look after what no message tells of: a worker that was killed had messages, and ran invocations."""
        looked = 0.0
        while not self.stopping.wait(LOOK_EACH_S):
            try:
                for invocation_id in queue.overdue(self.name, OVERDUE_S):
                    service.send(invocation_id, self.queue)
                if time.monotonic() - looked > CHECK_EACH_S:
                    looked = time.monotonic()
                    self.abandoned.finish()
                    self._finish_unowned()
            except (DatabaseError, service.QueueUnavailable) as error:
                logger.warning("The queue could not be looked at: %s", error)
                connection.close()

    def _purge_always(self) -> None:
        """Remove each hour what is not kept any longer. Workers that do it at once find nothing twice."""
        while not self.stopping.wait(PURGE_EACH_S):
            try:
                purge(timezone.now())
            except DatabaseError as error:
                logger.warning("What is old could not be removed: %s", error)
            finally:
                connection.close()

    def _finish_unowned(self) -> None:
        """Finish what is this worker's by its row, and does not run: the database was lost in the middle."""
        claimed = Invocation.objects.filter(state=State.RUNNING, worker=self.name)
        unowned = {one for one in claimed.values_list("id", flat=True) if str(one) not in self._cancelled}
        # One that was claimed a moment ago is about to run: it takes two looks to be sure.
        for invocation_id in unowned & self._unowned:
            service.finish_unrun(invocation_id, State.RUNNING, Outcome.PLATFORM_ERROR, UNOWNED)
        self._unowned = unowned

    def _listen_always(self) -> None:
        while not self.stopping.is_set():
            try:
                with subscription() as channel:
                    channel.subscribe(CANCEL_CHANNEL)
                    self._cancel_requested()
                    for message in channel.listen():
                        self.cancel(str(message["data"]))
            except (RedisError, DatabaseError) as error:
                logger.warning("Redis or the database does not answer; cancellations wait: %s", error)
                connection.close()
                self.stopping.wait(1)

    def _cancel_requested(self) -> None:
        """Whatever was asked while nobody listened."""
        asked = Invocation.objects.filter(
            id__in=[uuid.UUID(request_id) for request_id in list(self._cancelled)],
            state=State.RUNNING,
            cancel_requested=True,
        )
        for invocation_id in asked.values_list("id", flat=True):
            self.cancel(str(invocation_id))
        connection.close()
