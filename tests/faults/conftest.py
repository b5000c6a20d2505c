"""A playground whose parts are killed, and that is never restarted by hand."""

from collections.abc import Iterator

import pytest

from tests.client import Person
from tests.faults.service import heals
from tests.leftovers import leftovers, sandbox_ids
from tests.serving import Served


@pytest.fixture(scope="session")
def embedded_playground() -> Iterator[Served]:
    """One for all faults that it has to heal from: what one leaves behind would break the next."""
    served = Served(SANDBOX="local", WAITING_SANDBOXES="2")
    try:
        served.wait_until_ready()
        yield served
        sandboxes = sandbox_ids(served.state)
    finally:
        served.stop()
    assert not leftovers(served.state, sandboxes)


@pytest.fixture
def healing(embedded_playground: Served) -> Served:
    """The playground, with every part up."""
    heals(embedded_playground.url)
    return embedded_playground


@pytest.fixture
def alice(healing: Served) -> Person:
    """Somebody whose invocation meets the fault."""
    return Person(healing.url)


@pytest.fixture
def bob(healing: Served) -> Person:
    """Somebody else."""
    return Person(healing.url)
