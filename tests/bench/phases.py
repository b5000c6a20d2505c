"""Where the time of an invocation went, from the figures that the service stored with it."""

import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from tests.bench.ways_in import Answer

COLUMNS = "cold_start, queue_ms, sandbox_ms, init_duration_ms, duration_ms"


@dataclass(frozen=True, slots=True)
class Phases:
    """All in ms. `rest` is what the others leave of the client's time: the client, the web, the way back."""

    cold_start: bool
    queue: float
    sandbox: float
    init: float
    duration: float
    rest: float

    def __str__(self) -> str:
        parts = {name: value for name, value in asdict(self).items() if name != "cold_start"}
        return ", ".join(f"{name} {value:.1f}" for name, value in parts.items())


def phases(state: Path, answer: Answer) -> Phases:
    """The phases of an invocation, read from the database of an embedded playground."""
    with closing(sqlite3.connect(f"file:{state / 'db.sqlite3'}?mode=ro", uri=True)) as database:
        query = f"SELECT {COLUMNS} FROM invocations_invocation WHERE id = ?"
        row = database.execute(query, [UUID(answer.request_id).hex]).fetchone()
    assert row is not None, f"the service has no invocation {answer.request_id}"
    cold_start, *times = row
    queue, sandbox, init, duration = (float(value or 0.0) for value in times)
    rest = answer.wall_ms - queue - sandbox - init - duration
    return Phases(bool(cold_start), queue, sandbox, init, duration, rest)
