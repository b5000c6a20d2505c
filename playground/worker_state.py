"""What the worker says of itself, through Redis, to the health page and the editor."""

import json
from dataclasses import asdict, dataclass

from playground.redis_connection import connection

KEY = "playground:worker"
FRESH_S = 6
"""A worker that has said nothing for so long is down."""


@dataclass(frozen=True, slots=True)
class WorkerState:
    """A worker that lives, and how its sandbox is. `detail` is a few words, `notice` a sentence or empty."""

    name: str
    sandbox_ok: bool
    sandbox_kind: str
    sandbox_detail: str
    sandbox_notice: str


def tell(state: WorkerState) -> None:
    """Say that the worker lives. Raises redis.RedisError."""
    with connection().pipeline(transaction=False) as pipeline:
        pipeline.set(KEY, json.dumps(asdict(state)), ex=FRESH_S)
        pipeline.set(f"{KEY}:{state.name}", "1", ex=FRESH_S)
        pipeline.execute()


def take_back(name: str) -> None:
    """Say that the worker is gone. Raises redis.RedisError."""
    connection().delete(KEY, f"{KEY}:{name}")


def latest() -> WorkerState | None:
    """The worker that spoke last, None when none is alive. Raises redis.RedisError."""
    text = connection().get(KEY)
    return WorkerState(**json.loads(str(text))) if text else None


def is_alive(name: str) -> bool:
    """Whether a worker of this name spoke lately. Raises redis.RedisError."""
    return bool(connection().exists(f"{KEY}:{name}"))
