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
from redis.retry import Retry

_loops: "WeakKeyDictionary[asyncio.AbstractEventLoop, redis.asyncio.Redis]" = WeakKeyDictionary()


@cache
def connection() -> redis.Redis:
    """The client for short commands, safe for threads. It gives up on a silent server after 5 s."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_timeout=5,
        # The client's own three tries take seconds, in which a page could have been told.
        retry=Retry(ConstantBackoff(0.05), 1),
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
