"""Where a value that stays hidden can be read all the same."""

import json

import pytest

from playground.sharing.hidden_values import hidden_values, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("sekrit", "const key = 'sekrit';"),
        ('a"b\\c', json.dumps({"key": 'a"b\\c'})),
        ('a"b\\c', json.dumps({"body": json.dumps({"key": 'a"b\\c'})})),
        ("grün", json.dumps("grün")),
        ("p@ss/word", "https://elsewhere.example/?key=p%40ss%2Fword"),
        ("-----BEGIN-----\nabcdefghijklmnopqr\n", "first: abcdefghijklmnopqr"),
    ],
)
def test_a_value_is_found_as_it_is_and_as_json_and_addresses_write_it(value: str, text: str) -> None:
    assert shown(hidden_values([{"KEY": value}], ()), {"there": text}) == [("there", "KEY")]


def test_a_shared_variable_and_a_short_value_may_be_seen() -> None:
    hidden = hidden_values([{"KEY": "sekrit", "ON": "yes"}], {"KEY"})
    assert shown(hidden, {"there": "sekrit yes"}) == []


def test_the_value_of_a_shared_variable_stays_hidden_where_another_has_it_too() -> None:
    hidden = hidden_values([{"KEY": "sekrit", "COPY": "sekrit"}], {"KEY"})
    assert shown(hidden, {"there": "sekrit"}) == [("there", "COPY")]


def test_what_a_variable_was_before_is_hidden_as_well() -> None:
    hidden = hidden_values([{"KEY": "before-1"}, {"KEY": "after-22"}], ())
    assert shown(hidden, {"old": "before-1", "new": "after-22"}) == [("old", "KEY"), ("new", "KEY")]
