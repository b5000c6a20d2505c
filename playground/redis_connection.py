"""Connections to Redis: one pool for threads, and one for each event loop."""

import asyncio
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import redis
import redis.asyncio
from django.conf import settings
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import ConstantBackoff

from playground.redis_patience import SILENT_AFTER_S, Patience

_loops: "WeakKeyDictionary[asyncio.AbstractEventLoop, redis.asyncio.Redis]" = WeakKeyDictionary()


@cache
def connection() -> redis.Redis:
    """The client for short commands, safe for threads. A silent server is given up after SILENT_AFTER_S."""
    return redis.Redis.from_url(
        settings.REDIS_URL, decode_responses=True, socket_timeout=SILENT_AFTER_S, retry=Patience()
    )


def subscription() -> Any:
    """A subscriber, which waits for as long as nobody has anything to say."""
    client: Any = redis.Redis.from_url(settings.REDIS_URL, decode_responses=True, socket_timeout=None)
    return client.pubsub(ignore_subscribe_messages=True)


def async_connection() -> redis.asyncio.Redis:
    """This event loop's client. It waits without limit, for blocking reads."""
    loop = asyncio.get_running_loop()
    if loop not in _loops:
        _loops[loop] = redis.asyncio.Redis.from_url(
            settings.REDIS_URL,
            decode_responses=True,
            socket_timeout=None,
            max_connections=10_000,
            retry=AsyncRetry(ConstantBackoff(0.05), 1),
        )
    return _loops[loop]


def broker_url(redis_url: str) -> str:
    """The same server as Celery's broker writes it."""
    return redis_url.replace("unix://", "redis+socket://", 1)
