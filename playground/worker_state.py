"""What the workers say of themselves, through Redis, to the health page, the editor and the router."""

import json
import time
from dataclasses import asdict, dataclass
from typing import Any

from playground.redis_connection import connection

KEY = "playground:worker"
NAMES = "playground:workers"
FRESH_S = 6
"""A worker that has said nothing for so long is down."""
KEPT_S = 1.0
"""How long a process believes what it has read of the workers."""


@dataclass(frozen=True, slots=True)
class WorkerState:
    """A worker that lives, and how its sandbox is. `detail` is a few words, `notice` a sentence or empty.

    `queue` is the one that only this worker takes messages from; a `full` worker runs as many as it may.
    """

    name: str
    sandbox_ok: bool
    sandbox_kind: str
    sandbox_detail: str
    sandbox_notice: str
    queue: str = ""
    full: bool = False


_living: tuple[float, list[WorkerState]] = (float("-inf"), [])


def tell(state: WorkerState) -> None:
    """Say that the worker lives. Raises redis.RedisError."""
    text = json.dumps(asdict(state))
    with connection().pipeline(transaction=False) as pipeline:
        pipeline.set(KEY, text, ex=FRESH_S)
        pipeline.set(f"{KEY}:{state.name}", text, ex=FRESH_S)
        pipeline.sadd(NAMES, state.name)
        pipeline.execute()


def take_back(name: str) -> None:
    """Say that the worker is gone. Raises redis.RedisError."""
    last = latest()
    if last and last.name == name:
        connection().delete(KEY)
    connection().delete(f"{KEY}:{name}")
    connection().srem(NAMES, name)


def latest() -> WorkerState | None:
    """The worker that spoke last, None when none is alive. Raises redis.RedisError."""
    text = connection().get(KEY)
    return WorkerState(**json.loads(str(text))) if text else None


def is_alive(name: str) -> bool:
    """Whether a worker of this name spoke lately. Raises redis.RedisError."""
    return bool(connection().exists(f"{KEY}:{name}"))


def living() -> list[WorkerState]:
    """Every worker that spoke lately, asked in one round trip. Raises redis.RedisError."""
    found: Any = connection().sort(NAMES, by="nosort", get=["#", f"{KEY}:*"], groups=True)
    if silent := [name for name, text in found if not text]:
        connection().srem(NAMES, *silent)
    return [WorkerState(**json.loads(text)) for _, text in sorted(found) if text]


def several() -> bool:
    """Whether more than one worker lives, as of a second ago. Raises redis.RedisError."""
    return len(_lately_living()) > 1


def has_room(queue: str) -> bool:
    """Whether the worker of a queue lives and is not full, as of a second ago. Raises redis.RedisError."""
    return any(state.queue == queue and not state.full for state in _lately_living())


def forget() -> None:
    """Read the workers again at the next question."""
    global _living
    _living = (float("-inf"), [])


def _lately_living() -> list[WorkerState]:
    global _living
    read, states = _living
    if time.monotonic() - read > KEPT_S:
        states = living()
        _living = (time.monotonic(), states)
    return states
