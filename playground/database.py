"""Database work of the event loop: in a few threads that keep their connections."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")
THREADS = 8
_threads = ThreadPoolExecutor(THREADS, "database")


async def in_database_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of blocking work, done in one of the threads.

    Django's own way gives each request a new thread with a new connection, which costs more than the queries.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, partial(_done, partial(work, *args, **kwargs)))


@contextmanager
def kept_connection() -> Iterator[None]:
    """A piece of work on this thread's connection, which stays open until it fails.

    Whatever CONN_MAX_AGE says for other threads: to open one anew takes 1.5 ms.
    """
    connection.ensure_connection()
    connection.close_at = None
    try:
        yield
    finally:
        connection.close_if_unusable_or_obsolete()


def _done(work: Callable[[], T]) -> T:
    with kept_connection():
        return work()
