"""The live events of an invocation in a Redis Stream, where a reconnecting page can read them again.

Entry `n-0` of the stream `invocation:{id}` has the invocation's events up to number n that were published
together. The stream goes an hour after the invocation's end; from then on the row's own events answer.
"""

import json
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from playground.database import in_database_thread
from playground.invocations.models import Invocation, State
from playground.redis_connection import async_connection, connection

Message = dict[str, Any]
"""One event as the page gets it, with `seq` and `time`."""

KEPT_AFTER_END_S = 3_600
KEPT_AT_MOST_S = 24 * 3_600
READ_AT_ONCE = 100
ROW_CHECK_S = 5.0


def key(invocation_id: UUID) -> str:
    """The stream's key."""
    return f"invocation:{invocation_id}"


@dataclass(frozen=True, slots=True)
class Note:
    """A value that Redis keeps for so many seconds."""

    key: str
    value: str
    seconds: int


def publish(
    invocation_id: UUID,
    messages: Sequence[Message],
    final: bool = False,
    goes_on: bool = False,
    note: Note | None = None,
) -> bool:
    """Append events in one round trip. `final` starts the stream's last hour.

    A `note` is there before anybody hears of the events.

    They are one entry, so that a reader wakes once and reads all of them. With `goes_on` they follow events
    that were published before: False, with nothing appended, when the stream has gone.
    Raises redis.RedisError.
    """
    name = key(invocation_id)
    entry: Any = {"events": lines(messages)}
    with connection().pipeline(transaction=False) as pipeline:
        if note:
            pipeline.set(note.key, note.value, ex=note.seconds)
        pipeline.xadd(name, entry, id=f"{messages[-1]['seq']}-0", nomkstream=goes_on)
        pipeline.expire(name, KEPT_AFTER_END_S if final else KEPT_AT_MOST_S)
        return None not in pipeline.execute()


def forget(invocation_ids: Iterable[UUID]) -> None:
    """Remove the events of invocations that are not there any more. Raises redis.RedisError."""
    with connection().pipeline(transaction=False) as pipeline:
        for invocation_id in invocation_ids:
            pipeline.delete(key(invocation_id))
        pipeline.execute()


def lines(messages: Iterable[Message]) -> str:
    """Events as the row keeps them: one line of JSON each."""
    return "".join(json.dumps(message) + "\n" for message in messages)


def from_lines(events: str) -> list[Message]:
    """The events in such a text."""
    return [json.loads(line) for line in events.splitlines()]


def published(invocation_id: UUID) -> list[Message]:
    """The events that were published so far. Raises redis.RedisError."""
    return _of_entries(connection().xrange(key(invocation_id)))


async def follow(invocation_id: UUID, after: int = 0, is_new: bool = False) -> AsyncGenerator[list[Message]]:
    """Every event after number `after`, once and in order, as they come together; ends after `finished`.

    The row is asked when the stream is silent: it has everything when the stream has gone, or was never told.
    With `is_new` silence means at first that nothing has happened yet.
    """
    redis = async_connection()
    name = key(invocation_id)
    block = int(ROW_CHECK_S * 1_000) if is_new else None
    while True:
        answer: Any = await redis.xread({name: f"{after}-0"}, count=READ_AT_ONCE, block=block)
        if messages := _messages(answer, after):
            yield messages
            after = messages[-1]["seq"]
            if messages[-1]["type"] == "finished":
                return
        if not answer:
            if await is_finished(invocation_id):
                if rest := await stored(invocation_id, after):
                    yield rest
                return
            block = int(ROW_CHECK_S * 1_000)


async def is_finished(invocation_id: UUID) -> bool:
    """Whether the row is in its last state, or gone."""
    return await in_database_thread(_is_finished, invocation_id)


async def stored(invocation_id: UUID, after: int = 0) -> list[Message]:
    """The events after number `after` as the row has them: all of a finished invocation, else none."""
    return await in_database_thread(_stored, invocation_id, after)


def _is_finished(invocation_id: UUID) -> bool:
    row = Invocation.objects.filter(id=invocation_id).values_list("state", flat=True).first()
    return row in {None, State.FINISHED}


def _stored(invocation_id: UUID, after: int) -> list[Message]:
    text = Invocation.objects.filter(id=invocation_id).values_list("events", flat=True).first()
    return [message for message in from_lines(text or "") if message["seq"] > after]


async def so_far(invocation_id: UUID, after: int = 0) -> list[Message]:
    """The events after number `after` that have happened by now."""
    if await is_finished(invocation_id):
        return await stored(invocation_id, after)
    answer: Any = await async_connection().xread({key(invocation_id): f"{after}-0"})
    return _messages(answer, after)


def _messages(answer: Any, after: int) -> list[Message]:
    if not answer:
        return []
    # RESP2 answers with pairs of name and entries, RESP3 with a mapping whose entries lie a level deeper.
    entries = answer[0][1] if isinstance(answer, list) else next(iter(answer.values()))
    if entries and isinstance(entries[0], list) and entries[0] and isinstance(entries[0][0], (list, tuple)):
        entries = entries[0]
    # Whoever comes back may have read the first events of an entry.
    return [message for message in _of_entries(entries) if message["seq"] > after]


def _of_entries(entries: Any) -> list[Message]:
    return [message for _, fields in entries for message in from_lines(fields["events"])]
