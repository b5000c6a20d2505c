"""Max Memory Used at the service: the function's own peak, and the same from run to run."""

from typing import Any

import pytest

from tests.outcomes.invoked import invoke
from tests.playground.lambda_api.clients import create

RUNS = 10
WITHIN = 0.10
MEMORY_SIZE = 256
HOLDS_MB = 60
HANDLERS = {
    "a small one": "exports.handler = async (event) => event",
    "one that holds memory": f"exports.handler = async () => Buffer.alloc({HOLDS_MB} * 1024 * 1024, 1).length",
}


def used(client: Any, code: str) -> list[int]:
    """The figures of as many functions, each new to the service, so that none begins where one ended."""
    return [
        invoke(client, create(client, f"// {run}\n{code}", MemorySize=MEMORY_SIZE)).memory_mb
        for run in range(RUNS)
    ]


@pytest.mark.parametrize("handler", HANDLERS)
def test_it_is_within_a_tenth_over_ten_cold_runs(client: Any, handler: str) -> None:
    figures = used(client, HANDLERS[handler])
    assert max(figures) <= min(figures) * (1 + WITHIN), figures
    assert max(figures) < MEMORY_SIZE


def test_it_is_within_a_tenth_over_ten_warm_runs(client: Any) -> None:
    name = create(client, HANDLERS["a small one"], MemorySize=MEMORY_SIZE)
    figures = [invoke(client, name).memory_mb for _ in range(RUNS)]
    assert max(figures) <= min(figures) * (1 + WITHIN), figures


def test_it_grows_with_what_a_function_holds_and_counts_the_highest_so_far(client: Any) -> None:
    code = "exports.handler = async (mb) => Buffer.alloc(mb * 1024 * 1024, 1).length"
    name = create(client, code, MemorySize=MEMORY_SIZE)
    little, much, little_again = (invoke(client, name, mb).memory_mb for mb in (1, HOLDS_MB, 1))
    assert HOLDS_MB * 0.9 <= much - little <= HOLDS_MB * 1.5
    assert little_again >= much
