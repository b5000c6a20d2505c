"""What is read from an error that the runtime posted, and what of it is kept."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoker import limits
from invoker.answer import function_error, shortened_error
from invoker.events import FunctionError

JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'{"errorType":"OrderRefused","errorMessage":"no stock","trace":["OrderRefused: no stock","    at f"]}',
         FunctionError("OrderRefused", "no stock", ("OrderRefused: no stock", "    at f"))),
        (b'{"errorType":"Exception","errorMessage":"Handler fails","requestId":"1","stackTrace":["  File"]}',
         FunctionError("Exception", "Handler fails", ("  File",))),
        (b'{"errorMessage":"only this"}', FunctionError("Unhandled", "only this")),
        (b'{"errorType":null,"errorMessage":null,"trace":null}', FunctionError("Unhandled", "")),
        (b'{"errorType":7,"errorMessage":{"a":[1]},"trace":[3,"x"]}', FunctionError("7", '{"a": [1]}', ("3", "x"))),
        (b'{"errorType":"E","errorMessage":"m","trace":"text"}', FunctionError("E", "m")),
        (b'"a string"', FunctionError("Unhandled", '"a string"')),
        (b"no \xff JSON", FunctionError("Unhandled", "no \ufffd JSON")),
        (b"", FunctionError("Unhandled", "")),
        (b'{"errorType":"A\\ud800","errorMessage":"\\udfff\\ud83d\\ude00","trace":["\\ud800"]}',
         FunctionError("A\ufffd", "\ufffd😀", ("\ufffd",))),
    ],
    ids=["Node.js", "Python", "no type", "nulls", "no strings", "trace as text", "no object", "no JSON", "empty",
         "lone surrogates"],
)  # fmt: skip
def test_an_error_is_read_whatever_it_looks_like(body: bytes, error: FunctionError) -> None:
    assert function_error(body) == error


@pytest.mark.parametrize("depth", [500, 900, 980, 990, 1_000, 100_000])
def test_a_deep_error_is_read_or_taken_as_text(depth: int) -> None:
    assert function_error(b'{"errorMessage":' + b"[" * depth + b"]" * depth + b"}").type == "Unhandled"


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=30)
    | st.dictionaries(st.sampled_from(["errorType", "errorMessage", "trace"]), JSON).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_every_error_can_be_stored_as_text(body: bytes) -> None:
    error = function_error(body)
    "\n".join((error.type, error.message, *error.trace)).encode()


def test_an_error_of_ordinary_size_is_passed_on_as_it_came() -> None:
    body = b'{"errorType": "E", "errorMessage": "' + b"m" * 200_000 + b'"}'
    assert shortened_error(body) is body


@pytest.mark.parametrize("character", ["m", "ž", "\\u0001", "\\ud800", '\\"'])
def test_a_huge_message_is_cut_to_what_is_kept_and_the_cut_shows(character: str) -> None:
    body = f'{{"errorType":"Huge","errorMessage":"{character * 1_500_000}","trace":["at f"]}}'.encode()
    cut = shortened_error(body)
    assert len(cut) <= limits.ERROR_MESSAGE_BYTES_MAX
    error = function_error(cut)
    assert error.type == "Huge"
    assert re.search(r" \[cut: the message is longer than \d+ bytes\]$", error.message)
    assert error.trace == ("at f",)


def test_a_huge_trace_is_cut_and_the_message_stays_whole() -> None:
    body = json.dumps({"errorType": "E", "errorMessage": "short", "trace": ["\x01" * 9_000] * 500}).encode()
    cut = shortened_error(body)
    assert len(cut) <= limits.ERROR_MESSAGE_BYTES_MAX
    assert function_error(cut).message == "short"
    assert len(function_error(cut).trace) == 100


def test_a_huge_body_that_is_no_error_is_cut_too() -> None:
    assert function_error(shortened_error(b"x" * 1_000_000)) == FunctionError("Unhandled", "x" * 1024)
