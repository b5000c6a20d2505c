"""Invocations that a worker left running when it ended without a word."""

import os
import socket
import time
from pathlib import Path

from redis.exceptions import RedisError

from invoker.events import Outcome
from playground import worker_state
from playground.invocations import service
from playground.invocations.models import Invocation, State

STOPPED = "The worker stopped while this invocation ran."
ENDED_STATES = frozenset({"Z", "X"})
"""How /proc names a process that was killed and still waits for its parent."""
SILENT_MAX_S = 10.0
"""A worker of another host that said nothing for so long has ended. A new Redis knows none."""


class Abandoned:
    """Finishes what is left of workers that are gone."""

    def __init__(self, silent_max_s: float = SILENT_MAX_S) -> None:
        self._silent_max_s = silent_max_s
        self._silent_since: dict[str, float] = {}

    def finish(self) -> None:
        """Look once. A worker on this host is known to have ended at once, another one after some looks."""
        running = Invocation.objects.filter(state=State.RUNNING)
        silent = {}
        for name in set(running.order_by().values_list("worker", flat=True)):
            try:
                gone = is_gone(name)
            except RedisError:
                return
            if not gone:
                continue
            silent[name] = self._silent_since.get(name, time.monotonic())
            if _is_here(name) or time.monotonic() - silent[name] >= self._silent_max_s:
                for invocation_id in running.filter(worker=name).values_list("id", flat=True):
                    service.finish_unrun(invocation_id, State.RUNNING, Outcome.PLATFORM_ERROR, STOPPED)
        self._silent_since = silent


def worker_name() -> str:
    """Host, process id and the process's start time in clock ticks, which together never come again."""
    return f"{socket.gethostname()}:{os.getpid()}:{_start_time(os.getpid())}"


def is_gone(name: str) -> bool:
    """Whether the worker that had this name has ended, as far as can be told. Raises redis.RedisError."""
    if not _is_here(name):
        return not worker_state.is_alive(name)
    pid, start_time = name.rsplit(":", 2)[1:]
    return _start_time(int(pid)) != start_time if pid.isdigit() else True


def _is_here(name: str) -> bool:
    return name.count(":") >= 2 and name.rsplit(":", 2)[0] == socket.gethostname()


def _start_time(pid: int) -> str:
    """In clock ticks; empty when no process has this id, or one that ended and nobody reaped."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in ENDED_STATES else fields[19]
