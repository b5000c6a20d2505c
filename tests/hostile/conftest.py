"""The cases at a playground on each sandbox."""

from collections.abc import Iterator

import pytest

from tests.history import History
from tests.hostile.case import Case, cases
from tests.hostile.proof import CANARY, Proof
from tests.serving import Served

CASES = {case.name: case for case in cases()}


@pytest.fixture(scope="session")
def proof(
    request: pytest.FixtureRequest, served_on_each_sandbox: Served, history: History
) -> Iterator[Proof]:
    """The cases that were selected, running."""
    parameters = [getattr(item, "callspec", None) for item in request.session.items]
    asked = [one.params.get("case") for one in parameters if one is not None]
    selected = {case.name: case for case in asked if isinstance(case, Case)}
    proof = Proof(served_on_each_sandbox, history, selected.values(), CASES[CANARY])
    yield proof
    proof.close()


@pytest.fixture(params=list(CASES.values()), ids=list(CASES))
def case(request: pytest.FixtureRequest) -> Case:
    """Each case in turn."""
    assert isinstance(request.param, Case)
    return request.param
