"""What changed in a workshop, told through Redis to whoever looks at it.

A message says only where something changed. What it is now is read from the database by whoever hears of it,
so nothing is out of order and a connection that was lost needs no past: it begins with everything as it is.
"""

from collections.abc import AsyncGenerator, Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from playground.redis_connection import async_connection, connection
from playground.workshops.models import Participant
from playground.workshops.telling import Message, Teller

KEPT_S = 24 * 3_600
KEPT_MAX = 10_000
SILENT_S = 15.0
"""After so long without news whoever listens is woken anyway."""
READ_AT_ONCE = 1_000
ALL = ""
"""What a message names where it is about the whole workshop."""


def room_stream(workshop_id: UUID) -> str:
    """Where all participants of a workshop hear."""
    return f"workshop:{workshop_id}:room"


def wall_stream(workshop_id: UUID) -> str:
    """Where the walls of a workshop hear."""
    return f"workshop:{workshop_id}:wall"


def participant_stream(participant_id: UUID) -> str:
    """Where one participant hears."""
    return f"participant:{participant_id}:room"


def tell_all(workshop_id: UUID) -> None:
    """Something of the workshop itself is other than before, once the transaction is committed."""
    names = (room_stream(workshop_id), wall_stream(workshop_id))
    transaction.on_commit(partial(_tell, names, ALL))


def tell_of(participant: Participant) -> None:
    """Something of one participant is other than before: they and the wall hear of it."""
    names = (participant_stream(participant.pk), wall_stream(participant.workshop_id))
    transaction.on_commit(partial(_tell, names, str(participant.pk)))


def tell_wall(workshop_id: UUID, participant_id: UUID) -> None:
    """Something that only the wall shows."""
    transaction.on_commit(partial(_tell, (wall_stream(workshop_id),), str(participant_id)))


def _tell(streams: tuple[str, ...], about: str) -> None:
    _teller.tell([(name, about) for name in streams])


def _write(messages: Collection[Message]) -> None:
    with connection().pipeline(transaction=True) as pipeline:
        for name, about in messages:
            pipeline.xadd(name, {"about": about}, maxlen=KEPT_MAX, approximate=True)
        for name in {name for name, _ in messages}:
            pipeline.expire(name, KEPT_S)
        pipeline.execute()


_teller = Teller(_write)


async def heard(*streams: str) -> AsyncGenerator[set[str]]:
    """First, once nothing can be missed any more, an empty set; then what each batch of messages is about.

    After SILENT_S without any it is an empty set again. Raises redis.RedisError.
    """
    redis = async_connection()
    after: dict[Any, Any] = {}
    for name in streams:
        last: Any = await redis.xrevrange(name, count=1)
        after[name] = last[0][0] if last else "0-0"
    yield set()
    while True:
        answer: Any = await redis.xread(after, count=READ_AT_ONCE, block=int(SILENT_S * 1_000))
        about = set()
        for name, entries in _by_stream(answer):
            for number, fields in entries:
                after[name] = number
                about.add(str(fields["about"]))
        yield about


def _by_stream(answer: Any) -> list[tuple[str, list[Any]]]:
    # RESP2 answers with pairs of name and entries, RESP3 with a mapping whose entries lie a level deeper.
    if not isinstance(answer, dict):
        return [(name, entries) for name, entries in answer or []]
    return [(name, [entry for part in parts for entry in part]) for name, parts in answer.items()]
