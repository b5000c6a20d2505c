"""Connections to Redis: one pool for threads, and one for each event loop."""

import asyncio
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import redis
import redis.asyncio
from django.conf import settings

_loops: "WeakKeyDictionary[asyncio.AbstractEventLoop, redis.asyncio.Redis[Any]]" = WeakKeyDictionary()


@cache
def connection() -> "redis.Redis[Any]":
    """The client for short commands, safe for threads. It gives up on a silent server after 5 s."""
    return redis.Redis.from_url(settings.REDIS_URL, decode_responses=True, socket_timeout=5)


@cache
def listening_connection() -> "redis.Redis[Any]":
    """The client for subscriptions, which wait for as long as nobody has anything to say."""
    return redis.Redis.from_url(settings.REDIS_URL, decode_responses=True, socket_timeout=None)


def async_connection() -> "redis.asyncio.Redis[Any]":
    """This event loop's client. It waits without limit, for blocking reads."""
    loop = asyncio.get_running_loop()
    if loop not in _loops:
        _loops[loop] = redis.asyncio.Redis.from_url(
            settings.REDIS_URL, decode_responses=True, socket_timeout=None, max_connections=10_000
        )
    return _loops[loop]


def broker_url(redis_url: str) -> str:
    """The same server as Celery's broker writes it."""
    return redis_url.replace("unix://", "redis+socket://", 1)
