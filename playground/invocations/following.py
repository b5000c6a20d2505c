"""One invocation as somebody follows it: its place in the queue, then its events."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from playground import visitor
from playground.access_keys.socket import key_of_scope
from playground.database import in_database_thread
from playground.invocations import queue, stream, visibility
from playground.invocations.stream import Message
from playground.owner import owner_of_scope

FIRST_POSITION_S = 0.2
POSITION_EACH_S = 1.0

Send = Callable[[Message], Awaitable[None]]


async def tell(invocation_id: UUID, after: int, send: Send) -> None:
    """Send each event after number `after` once and in order, as it comes; ends with the last one.

    Nothing is kept: the events lie in Redis and in the row, so whoever comes back to another web process
    goes on where they were. Raises redis.RedisError.
    """
    telling = asyncio.create_task(_tell_position(invocation_id, send))
    try:
        async with contextlib.aclosing(stream.follow(invocation_id, after)) as messages:
            async for message in messages:
                telling.cancel()
                await send(message)
    finally:
        telling.cancel()


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
            await send({"type": "queue", "position": position})


async def may_follow(scope: Any, invocation_id: UUID, visitor_key: str = "") -> bool:
    """Whether whoever opened a WebSocket may read an invocation. A visitor's key goes before cookies."""
    return await in_database_thread(_may_follow, scope, invocation_id, visitor_key)


def _may_follow(scope: Any, invocation_id: UUID, visitor_key: str) -> bool:
    if key := key_of_scope(scope):
        # A key of staff is good for what its owner has, and for nothing else.
        return visibility.readable(AnonymousUser(), key.owner).filter(id=invocation_id).exists()
    owner = visitor.owner_of_key(visitor_key) or owner_of_scope(scope)
    return visibility.readable(scope["user"], owner).filter(id=invocation_id).exists()
