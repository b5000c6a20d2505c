"""Many functions at once: how long until the last one is done, and what the worker holds meanwhile."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.bench import handlers
from tests.bench.process_memory import PeakWatch
from tests.bench.samples import Samples, samples
from tests.bench.settling import settle
from tests.bench.ways_in import Boto3, Function
from tests.serving import Served

FUNCTIONS = 40
FILLING_S_MAX = 180.0


@dataclass(frozen=True, slots=True)
class AtOnce:
    """`last_ms` is from the first request until the last answer, `each` what every client waited in ms."""

    name: str
    last_ms: float
    each: Samples
    worker_rss_mb: float
    worker_pss_mb: float
    filled: bool
    """Whether so many sandboxes were waiting when it began."""


def cold_functions(served: Served) -> AtOnce:
    """Functions that the service has never seen. Raises AssertionError when an answer is wrong."""
    return _measure(served, f"{FUNCTIONS} cold at once", handlers.trivial)


def sleepers(served: Served) -> AtOnce:
    """New functions that sleep. Raises AssertionError when an answer is wrong."""
    return _measure(served, f"{FUNCTIONS} asleep for {handlers.SLEEP_S} s", handlers.sleeping)


def _measure(served: Served, name: str, source: Callable[[], str]) -> AtOnce:
    way = Boto3(served.url, connections=FUNCTIONS)
    functions = [way.function(source()) for _ in range(FUNCTIONS)]
    filled = settle(served, sandboxes=FUNCTIONS, at_most_s=FILLING_S_MAX)
    began: list[float] = []
    together = threading.Barrier(FUNCTIONS, lambda: began.append(time.perf_counter()))

    def invoke(function: Function) -> float:
        together.wait()
        return function.invoke().wall_ms

    with PeakWatch(served.parts()["worker"]) as peak, ThreadPoolExecutor(FUNCTIONS) as clients:
        answers = [clients.submit(invoke, function) for function in functions]
        each = [answer.result() for answer in answers]
        last_ms = (time.perf_counter() - began[0]) * 1000
    return AtOnce(name, last_ms, samples(each), peak.rss, peak.pss, filled)
