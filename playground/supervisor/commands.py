"""How each part is started."""

import sys
from pathlib import Path

from playground import embedded

REDIS_MEMORY = "256mb"
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}
"""Of every part. glibc gives many threads an arena each, which keeps what was once used in it."""


def redis(program: str, state: Path) -> list[str]:
    """Redis on a Unix socket alone. It keeps nothing over its end: rows have whatever has to last."""
    return [
        program,
        *("--port", "0"),
        *("--unixsocket", str(embedded.socket_path(state))),
        *("--unixsocketperm", "600"),
        *("--save", ""),
        *("--appendonly", "no"),
        *("--maxmemory", REDIS_MEMORY),
        # The streams of invocations have an expiry, and their rows tell the same; the queue has none.
        *("--maxmemory-policy", "volatile-ttl"),
        *("--dir", str(state)),
    ]


def worker() -> list[str]:
    """One Celery worker."""
    return [
        *(sys.executable, "-m", "celery", "-A", "playground.celery", "worker"),
        *("--hostname", "worker@%h"),
        *("--loglevel", "INFO"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def web() -> list[str]:
    """uvicorn."""
    return [sys.executable, "-m", "playground.web"]
