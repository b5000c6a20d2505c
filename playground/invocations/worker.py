"""What one worker process has: its engine, the invocations that run in it, and its end."""

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from redis.exceptions import RedisError

from invoker.engine import Engine
from invoker.errors import InvokerError
from playground import worker_state
from playground.invocations.models import Invocation, State
from playground.invocations.service import CANCEL_CHANNEL
from playground.redis_connection import subscription
from playground.sandbox_settings import pool_settings, sandbox_settings

logger = logging.getLogger(__name__)
TELL_EACH_S = 1.0
CHECK_EACH_S = 5.0
SHUT_DOWN_MAX_S = 25.0


class Worker:
    """One process that runs invocations. Made once, at the worker's start.

    Raises InvokerError when the engine cannot be started.
    """

    def __init__(self) -> None:
        self.name = worker_name()
        self.stopping = threading.Event()
        self._cancelled: dict[str, threading.Event] = {}
        self.engine = Engine.start(settings.PLAYGROUND_STATE, sandbox_settings(), pool_settings())

    def open(self) -> None:
        """Begin to tell of oneself and to listen for cancellations."""
        for target in (self._tell_always, self._listen_always):
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
                        self.name, sandbox_ok, self.engine.sandbox_kind, detail, self.engine.sandbox_notice
                    )
                )
            except RedisError:
                logger.warning("Redis does not answer; the worker cannot say that it lives.")
            self.stopping.wait(TELL_EACH_S)

    def _listen_always(self) -> None:
        while not self.stopping.is_set():
            try:
                with subscription() as channel:
                    channel.subscribe(CANCEL_CHANNEL)
                    self._cancel_requested()
                    for message in channel.listen():
                        self.cancel(str(message["data"]))
            except RedisError:
                logger.warning("Redis does not answer; cancellations wait.")
                self.stopping.wait(1)

    def _cancel_requested(self) -> None:
        """Whatever was asked while nobody listened."""
        asked = Invocation.objects.filter(
            id__in=[uuid.UUID(request_id) for request_id in self._cancelled],
            state=State.RUNNING,
            cancel_requested=True,
        )
        for invocation_id in asked.values_list("id", flat=True):
            self.cancel(str(invocation_id))
        connection.close()


def worker_name() -> str:
    """Host, process id and the process's start time in clock ticks, which together never come again."""
    return f"{socket.gethostname()}:{os.getpid()}:{_start_time(os.getpid())}"


def is_gone(name: str) -> bool:
    """Whether the worker that had this name has ended, as far as can be told. Raises redis.RedisError."""
    host, pid, start_time = [*name.rsplit(":", 2), "", ""][:3]
    if host == socket.gethostname():
        return _start_time(int(pid)) != start_time if pid.isdigit() else True
    return not worker_state.is_alive(name)


def _start_time(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""
