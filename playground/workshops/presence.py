"""Who has the page open at the moment, as far as is known, in Redis."""

import time
from uuid import UUID

from playground.redis_connection import async_connection, connection
from playground.workshops.live import KEPT_S, SILENT_S

HERE_S = 2.5 * SILENT_S
"""Whoever was not heard of for so long has gone without a word."""


def _key(workshop_id: UUID) -> str:
    return f"workshop:{workshop_id}:here"


async def is_here(workshop_id: UUID, participant_id: UUID) -> None:
    """Note it, which holds for HERE_S. Raises redis.RedisError."""
    async with async_connection().pipeline(transaction=True) as pipeline:
        pipeline.zadd(_key(workshop_id), {str(participant_id): time.time()})
        pipeline.expire(_key(workshop_id), KEPT_S)
        await pipeline.execute()


async def has_gone(workshop_id: UUID, participant_id: UUID) -> None:
    """Note it. Another tab of theirs says again that they are here. Raises redis.RedisError."""
    await async_connection().zrem(_key(workshop_id), str(participant_id))


def here(workshop_id: UUID) -> set[str]:
    """The ids of those who are here. Raises redis.RedisError."""
    found = connection().zrangebyscore(_key(workshop_id), time.time() - HERE_S, "+inf")
    return {str(one) for one in found}
