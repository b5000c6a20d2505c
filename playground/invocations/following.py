"""One invocation as somebody follows it: its place in the queue, then its events."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from playground import visitor
from playground.access_keys.socket import is_still_good, key_of_scope
from playground.database import in_database_thread
from playground.invocations import queue, rows, stream, visibility
from playground.invocations.models import State
from playground.invocations.stream import Message
from playground.owner import owner_of_scope

FIRST_POSITION_S = 0.2
POSITION_EACH_S = 1.0

Send = Callable[[list[Message]], Awaitable[None]]


async def tell(invocation_id: UUID, after: int, send: Send, state: State) -> bool:
    """Send each event after number `after` once and in order, as they come together; ends with the last one.

    False when that never comes, as the invocation was deleted meanwhile.

    `state` is the row's of a moment ago. Nothing is kept: the events lie in Redis and in the row, so whoever
    comes back to another web process goes on where they were. Raises redis.RedisError.
    """
    telling = asyncio.create_task(_tell_position(invocation_id, send))
    try:
        followed = stream.follow(invocation_id, after, is_new=state != State.FINISHED)
        async with contextlib.aclosing(followed) as batches:
            async for messages in batches:
                telling.cancel()
                await send(messages)
                if messages[-1]["type"] == "finished":
                    return True
    finally:
        telling.cancel()
    # All of one that had ended may have been told before.
    return state == State.FINISHED


async def _tell_position(invocation_id: UUID, send: Send) -> None:
    """Say where the invocation is in the queue, each time that changes, for as long as it waits."""
    told = None
    while True:
        # Most invocations have begun by then.
        await asyncio.sleep(FIRST_POSITION_S if told is None else POSITION_EACH_S)
        position = await in_database_thread(queue.position, invocation_id)
        if position is None:
            return
        if position != told:
            told = position
            await send([{"type": "queue", "position": position}])


async def state_for(scope: Any, invocation_id: UUID, visitor_key: str = "") -> State | None:
    """An invocation's state for whoever opened a WebSocket; None for one that they may not read.

    A visitor's key goes before cookies.
    """
    return await in_database_thread(_state_for, scope, invocation_id, visitor_key)


def _state_for(scope: Any, invocation_id: UUID, visitor_key: str) -> State | None:
    user = scope["user"]
    owner: str | None
    if key := key_of_scope(scope):
        if not is_still_good(key):
            return None
        # A key of staff is good for what its owner has, and for nothing else.
        user, owner = AnonymousUser(), key.owner
    else:
        owner = visitor.owner_of_key(visitor_key) or owner_of_scope(scope)
    row = rows.state_and_owner(invocation_id)
    # Almost everybody follows what is their own, and the question who else may read it takes a while to ask.
    if row is None or (
        (row[1] != owner or visibility.is_shut_out(owner))
        and not visibility.readable(user, owner).filter(id=invocation_id).exists()
    ):
        return None
    return State(row[0])
