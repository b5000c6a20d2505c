"""A page of functions ends with the marker of the next."""

import pytest

from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.paging import marker_after, name_before, page_size


def test_a_page_holds_fifty_at_most() -> None:
    assert [page_size(asked) for asked in (None, "1", "50", "51", "10000")] == [50, 1, 50, 50, 50]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("0", "ValidationException"),
        ("-1", "ValidationException"),
        ("10001", "ValidationException"),
        ("x", "SerializationException"),
        ("", "SerializationException"),
        ("-", "SerializationException"),
        ("1.5", "SerializationException"),
        ("٣", "SerializationException"),
        ("9" * 5_000, "SerializationException"),
    ],
)
def test_an_unusable_number_is_refused(asked: str, code: str) -> None:
    with pytest.raises(LambdaApiError) as caught:
        page_size(asked)
    assert caught.value.code == code


def test_a_marker_leads_to_the_names_behind_it() -> None:
    marker = marker_after(["a", "b", "c"], 2)

    assert marker
    assert name_before(marker) == "b"
    assert name_before(None) == name_before("") == ""


def test_the_last_page_has_no_marker() -> None:
    assert marker_after(["a", "b"], 2) is None


@pytest.mark.parametrize("marker", ["!", "zz", "AA==", "_-_-", "a" * 5_000, "ä"])
def test_a_foreign_marker_is_refused(marker: str) -> None:
    with pytest.raises(LambdaApiError) as caught:
        name_before(marker)
    assert caught.value.code == "InvalidParameterValueException"
