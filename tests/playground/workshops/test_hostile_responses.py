"""Responses and expectations that are odd or meant to take long: each is judged, shown and soon done with."""

import time
from typing import Any

import pytest

from invoker import limits
from playground.workshops.json_difference import EXCERPT_LENGTH_MAX, Difference
from tests.playground.workshops.test_evaluation import answering, difference

DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    "response",
    [
        *(
            DEEP,
            '{"a":' * 600 + "1" + "}" * 600,
            "NaN",
            "[Infinity]",
            "1e999",
            "-1e999",
            "9" * 100_000,
            "",
            "\0",
        ),
        *('"\\ud800"', "\ud800", '{"\\ud800": 1}', "[" * 5, '{"a":1,"a":2}', '"\\u0000"'),
    ],
)
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("response_equals", {"a": {"a": [1]}}),
        ("response_contains", [[[]]]),
        ("response_contains", "x"),
        ("response_matches", "^x$"),
        ("response_schema", {"type": "array", "maxItems": 0, "uniqueItems": True}),
    ],
)
def test_odd_responses_are_differences_that_can_be_shown(kind: str, value: Any, response: str) -> None:
    found = difference(kind, value, answering(response))
    assert found
    for text in (found.message, found.path, found.expected, found.got):
        assert len(text) <= 3 * EXCERPT_LENGTH_MAX
        assert "\0" not in text
        text.encode()


LONG = "a" * 200_000 + "b"
MANY = "[" + ",".join(str(number) for number in range(40_000)) + "]"
BRANCHES = [{"type": "null"}] * 900


@pytest.mark.parametrize(
    ("kind", "value", "response"),
    [
        ("response_matches", "(a+)+$", LONG),
        ("response_matches", "^(a|aa)+$", LONG),
        ("response_matches", "(.*)*x", LONG),
        ("response_matches", "(x+x+)+y", LONG),
        ("response_schema", {"pattern": "(a+)+$"}, LONG),
        ("response_schema", {"uniqueItems": True, "maxItems": 1}, MANY),
        ("response_schema", {"items": {"anyOf": BRANCHES}}, MANY),
        ("response_schema", {"items": {"anyOf": [*BRANCHES, True]}, "maxItems": 1}, MANY),
        ("response_schema", {"items": {"oneOf": [*BRANCHES, True]}, "maxItems": 1}, MANY),
        ("response_contains", list(range(2_000, 0, -1)), MANY),
        ("response_contains", [[1]] * 2_000, "[" + "[2]," * 60_000 + "1]"),
    ],
)
def test_no_expectation_takes_long_on_any_response(kind: str, value: Any, response: str) -> None:
    began = time.process_time()
    assert difference(kind, value, answering(response))
    assert time.process_time() - began < 5


def test_a_response_over_the_limit_is_told_and_not_looked_at() -> None:
    found = difference("response_equals", 1, answering(" " * limits.CHECKED_RESPONSE_LENGTH_MAX + "1"))
    assert found == Difference("The response has 262145 characters; a check looks at 262144 at most.")
