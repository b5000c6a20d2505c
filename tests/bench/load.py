"""Many invocations from several clients: most of them warm, some new, by both ways in."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.bench import handlers
from tests.bench.growth import Look
from tests.bench.process_memory import holding_of_part
from tests.bench.ways_in import Boto3, Function, Page
from tests.leftovers import sandbox_ids
from tests.serving import Served

CLIENTS = 6
THREADS = 24
"""How many threads the measured worker may have for invocations."""
NEW_TOGETHER = 4
PAGE_EVERY = 10
NEW_EVERY = 50
PARTS = ("worker", "web", "redis")


class Client:
    """One user: a function of boto3's and a text in the editor, and now and then a new one."""

    def __init__(self, url: str) -> None:
        self._page = Page(url)
        self._by_boto3: Function = Boto3(url).function(handlers.trivial())
        self._by_page: Function = self._page.function(handlers.trivial())
        self._count = 0

    def invoke(self, times: int) -> None:
        """One after the other. Raises AssertionError when an answer is wrong."""
        for _ in range(times):
            self._count += 1
            self._next().invoke()

    def _next(self) -> Function:
        if self._count % NEW_EVERY == 0:
            return self._page.function(handlers.trivial())
        return self._by_page if self._count % PAGE_EVERY == 0 else self._by_boto3


def looks(served: Served, invocations: int, count: int) -> Iterator[Look]:
    """Runs about so many invocations, and looks so many times in between when all is quiet.

    Raises AssertionError when an answer is wrong or a part of the service ended.
    """
    _fill_pools(served.url)
    clients = [Client(served.url) for _ in range(CLIENTS)]
    parts = served.parts()
    each = max(1, invocations // count // CLIENTS)
    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as threads:
        for number in range(1, count + 1):
            list(threads.map(lambda client: client.invoke(each), clients))
            assert served.parts() == parts, "a part of the service was started again"
            yield Look(
                number * each * CLIENTS,
                time.monotonic() - began,
                {part: holding_of_part(parts[part]) for part in PARTS},
                len(sandbox_ids(served.state)),
            )


def _fill_pools(url: str) -> None:
    """As many at once as the worker has threads: on a busy machine it would start the last ones at any time.

    A thread keeps its stack, its connection to the database and its share of the allocator's arenas. The
    engine's few threads for files are busy together when many new functions come together.
    """
    way = Boto3(url, connections=THREADS)
    with ThreadPoolExecutor(THREADS) as threads:
        for source in (handlers.sleeping, *[handlers.trivial] * NEW_TOGETHER):
            functions = [way.function(source()) for _ in range(THREADS)]
            list(threads.map(lambda function: function.invoke(), functions))
