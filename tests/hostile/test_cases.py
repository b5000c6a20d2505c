"""Hostile and odd functions come out as their cases say, on both sandboxes, and harm nobody else."""

import pytest

from tests.hostile.case import Case
from tests.hostile.proof import Proof


@pytest.mark.timeout(300)
def test_a_case_comes_out_as_it_must(proof: Proof, case: Case) -> None:
    found = proof.of(case)
    assert not found, "\n\n".join(found)
