"""The queue: rows in the state `queued`. A Celery message only says that there is something to claim.

The statements that every invocation needs are written out, as Django takes ten times as long to put them
together as the database takes to answer.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Min
from django.utils import timezone

from playground.invocations.fair_order import OwnersQueue, Waiting, claimable, fair_order, next_owner
from playground.invocations.models import Invocation, State
from playground.invocations.rows import ROWS, TABLE, key

POSITIONS_KEPT_S = 0.5
"""How long a process tells the same positions, however many pages watch."""
CLAIM_LOCK = 5_263_257
"""The number by which every process knows the advisory lock of claims."""
_CLAIM = f"""
    UPDATE {TABLE} SET state = 'running', worker = %s, started_at = %s
    WHERE id = %s AND state = 'queued'
    AND (SELECT COUNT(*) FROM {TABLE} AS mine
         WHERE mine.state = 'running' AND mine.owner = {TABLE}.owner) < %s
    AND (SELECT COUNT(*) FROM {TABLE} AS here
         WHERE here.state = 'running' AND SUBSTR(here.worker, 1, %s) = %s) < %s
"""  # noqa: S608 - the table's name is a constant
_ALONE = f" AND NOT EXISTS (SELECT 1 FROM {TABLE} AS other WHERE other.state = 'queued' AND other.id <> %s)"  # noqa: S608
_IS_QUEUED = f"SELECT COUNT(*), COUNT(CASE WHEN id = %s THEN 1 END) FROM {TABLE} WHERE state = 'queued'"  # noqa: S608
_ANY_QUEUED = f"SELECT 1 FROM {TABLE} WHERE state = 'queued' LIMIT 1"  # noqa: S608
_CANCELLED = f"SELECT cancel_requested FROM {TABLE} WHERE id = %s"  # noqa: S608
_claiming = threading.Lock()
_positions: tuple[float, dict[UUID, int]] = (float("-inf"), {})


def claim(worker: str, named: UUID | None = None) -> Invocation | None:
    """The invocation that is this worker's from now on: of those that may run the one that is next.

    That is the one that a message `named`, unless another owner has fewer running. None when nothing waits,
    and when the owners of all that wait, or this worker's host, run as many as they may.
    """
    if named is None and not _anything_queued():
        # Whoever finishes an invocation asks, and waits for nobody where the answer is no.
        return None
    with _in_turn():
        if named and (row := _claimed(worker, named, alone=True)):
            return row
        while _anything_queued():
            chosen = _next(worker, named)
            if chosen is None:
                return None
            if row := _claimed(worker, chosen):
                return row
    return None


@contextmanager
def _in_turn() -> Iterator[None]:
    """One claim at a time, of all processes: the limits are counted and the row is taken as one step.

    SQLite has one writer anyway. PostgreSQL would let two statements count before either has written.
    """
    with _claiming:
        if connection.vendor != "postgresql":
            yield
            return
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])
            yield


def overdue(worker: str, since_s: float) -> list[UUID]:
    """The invocations that this worker could claim, and that nobody did for so many seconds."""
    if not _anything_queued():
        return []
    here = Invocation.objects.filter(state=State.RUNNING, worker__startswith=host_of(worker)).count()
    room = settings.WORKER_CONCURRENCY - here
    now = timezone.now()
    earlier = now - timedelta(seconds=since_s)
    next_ones = claimable(_waiting(), _running(), settings.INVOCATIONS_PER_OWNER_MAX, room)
    # What was queued in the future was queued before the clock went back.
    return [one.id for one in next_ones if one.since < earlier or one.since > now]


def position(invocation_id: UUID) -> int | None:
    """An invocation's place in the queue, 1 is next; None when it is not queued."""
    global _positions
    with connection.cursor() as cursor:
        cursor.execute(_IS_QUEUED, [key(invocation_id)])
        everybodys, is_queued = cursor.fetchone()
    if not is_queued:
        return None
    if everybodys == 1:
        return 1
    made, positions = _positions
    if time.monotonic() - made > POSITIONS_KEPT_S or invocation_id not in positions:
        positions = {one.id: number for number, one in enumerate(fair_order(_waiting(), _running()), 1)}
        _positions = (time.monotonic(), positions)
    return positions.get(invocation_id)


def forget_positions() -> None:
    """Work the positions out again at the next question."""
    global _positions
    _positions = (float("-inf"), {})


def is_cancelled(invocation_id: UUID) -> bool:
    """Whether the end of an invocation was asked for, as it is too where it was deleted."""
    with connection.cursor() as cursor:
        cursor.execute(_CANCELLED, [key(invocation_id)])
        found = cursor.fetchone()
    return found is None or bool(found[0])


def host_of(worker: str) -> str:
    """The beginning that the names of all workers on one host share."""
    return worker.rsplit(":", 2)[0] + ":"


def _claimed(worker: str, invocation_id: UUID, alone: bool = False) -> Invocation | None:
    """Claims a row in one statement, which keeps the limits too. `alone` claims only what waits alone."""
    host = host_of(worker)
    row_key = key(invocation_id)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    parameters: list[Any] = [
        *(worker, now, row_key),
        settings.INVOCATIONS_PER_OWNER_MAX,
        *(len(host), host, settings.WORKER_CONCURRENCY),
    ]
    statement = _CLAIM
    if alone:
        statement += _ALONE
        parameters.append(row_key)
    return ROWS.first(f"{statement} RETURNING {ROWS.columns}", parameters)


def _anything_queued() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ANY_QUEUED)
        return cursor.fetchone() is not None


def _next(worker: str, named: UUID | None) -> UUID | None:
    host = host_of(worker)
    running: Counter[str] = Counter()
    running_here = 0
    oldest = {}
    groups = Invocation.objects.filter(state__in=(State.QUEUED, State.RUNNING)).order_by()
    for state, owner, name, count, since in groups.values_list("state", "owner", "worker").annotate(
        Count("id"), Min("created_at")
    ):
        if state == State.QUEUED:
            oldest[owner] = since
            continue
        running[owner] += count
        running_here += count if name.startswith(host) else 0
    if running_here >= settings.WORKER_CONCURRENCY:
        return None
    waiting = Invocation.objects.filter(state=State.QUEUED)
    preferred = waiting.filter(id=named).values_list("owner", flat=True).first() if named else None
    queues = [OwnersQueue(owner, running[owner], since) for owner, since in oldest.items()]
    owner = next_owner(queues, settings.INVOCATIONS_PER_OWNER_MAX, preferred)
    if owner is None:
        return None
    if owner == preferred:
        return named
    return waiting.filter(owner=owner).order_by("created_at").values_list("id", flat=True).first()


def _running() -> dict[str, int]:
    running = Invocation.objects.filter(state=State.RUNNING).order_by()
    return dict(running.values_list("owner").annotate(Count("id")))


def _waiting() -> list[Waiting]:
    waiting = Invocation.objects.filter(state=State.QUEUED).order_by()
    return [Waiting(*row) for row in waiting.values_list("id", "owner", "created_at")]
