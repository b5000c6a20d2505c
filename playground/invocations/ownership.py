"""Invocations whose owner becomes another, or goes."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from playground.deletion import deleted
from playground.invocations import service, stream
from playground.invocations.models import Invocation, State
from playground.invocations.purge import packages_of_nothing
from playground.owner import Move, owner_deleted, owner_moved

logger = logging.getLogger(__name__)


def listen() -> None:
    """Take part in what happens to owners, after the snippets, which may get other names."""
    owner_moved.connect(_move)
    owner_deleted.connect(_delete)


def _move(move: Move, **_: Any) -> None:
    """What waits or runs goes on. Environments that were warm for the old owner end when they were idle."""
    rows = Invocation.objects.filter(owner=move.old)
    renamed = sum(
        rows.filter(snippet=snippet).update(owner=move.new, function_name=new_name)
        for snippet, (_old_name, new_name) in move.renamed.items()
    )
    move.counts["run"] = renamed + rows.update(owner=move.new)


def _delete(owner: str, **_: Any) -> None:
    """What runs is ended by its worker, which has no row any more to write to."""
    rows = Invocation.objects.filter(owner=owner)
    running = list(rows.filter(state=State.RUNNING).values_list("pk", flat=True))
    over = timezone.now() - timedelta(seconds=stream.KEPT_AFTER_END_S)
    told = list(rows.exclude(finished_at__lt=over).values_list("pk", flat=True))
    deleted(rows)
    transaction.on_commit(partial(_forget, running, told), robust=True)


def _forget(running: Sequence[UUID], told: Sequence[UUID]) -> None:
    """What no transaction holds: running functions, events in Redis, and code that nobody else has."""
    try:
        for invocation_id in running:
            service.announce_cancellation(invocation_id)
        stream.forget(told)
    except RedisError:
        logger.warning("Redis does not answer; the events of what was deleted go when they are old.")
    deleted(packages_of_nothing(timezone.now()))
