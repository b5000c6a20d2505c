"""What a body that asks for a link may say."""

from uuid import UUID

import pytest

from invoker import limits
from playground.sharing.share_reader import ShareFields, read_share

RUN = "0b5b7b62-0000-4000-8000-000000000001"


def test_a_link_is_unlisted_stays_and_gives_no_value_away_unless_asked() -> None:
    assert read_share({}) == ShareFields(
        version=None, public=False, expires_in_days=None, variables=[], runs=[]
    )


def test_everything_can_be_chosen() -> None:
    body = {"version": 2, "public": True, "expires_in_days": 7, "variables": ["A", "A"], "runs": [RUN]}
    assert read_share(body) == ShareFields(
        version=2, public=True, expires_in_days=7, variables=["A"], runs=[UUID(RUN)]
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("version", value) for value in (0, -1, True, "1", 1.5)),
        *(("expires_in_days", value) for value in (0, limits.SHARE_DAYS_MAX + 1, True, "1")),
        *(("variables", value) for value in ("A", [1], None)),
        *(("runs", value) for value in ("x", ["x"], [1], [RUN] * (limits.SHARED_RUNS_MAX + 1))),
        ("public", "yes"),
        ("owner", "somebody"),
    ],
)
def test_a_value_of_another_kind_is_a_fault_at_its_field(field: str, value: object) -> None:
    faults = read_share({field: value})
    assert isinstance(faults, list)
    assert [fault.field[0] for fault in faults] == [field]
