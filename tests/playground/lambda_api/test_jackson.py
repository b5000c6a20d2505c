"""An event that is not JSON is refused in the words of AWS's parser."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.lambda_api import jackson
from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.invoke_request import check_event
from tests.playground.lambda_api.recordings import RECORDED

PLACE = (
    "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: {}, column: {}]"
)
VALUE = "JSON String, Number, Array, Object or token 'null', 'true' or 'false'"


@pytest.mark.parametrize(
    ("payload", "name", "answer"),
    [
        (
            b"n\x87r\x9e\xe9\xb5\xd7I\xee\x9bmt",
            r"lambda_invoke_payload_encoding_error[body-n\x87r\x9e\xe9\xb5\xd7I\xee\x9bmt]",
            "invoke_function_invalid_payload_body",
        ),
        (
            b"\x99\xeb,j\x07\xa1zYh",
            r"lambda_invoke_payload_encoding_error[message-\x99\xeb,j\x07\xa1zYh]",
            "invoke_function_invalid_payload_message",
        ),
    ],
)
def test_the_message_is_the_recorded_one(payload: bytes, name: str, answer: str) -> None:
    with pytest.raises(LambdaApiError) as caught:
        check_event(payload)

    recorded = RECORDED[name][answer]
    assert caught.value.body() == {"Type": recorded["Type"], "message": recorded["message"]}
    assert (caught.value.code, caught.value.status) == (recorded["Error"]["Code"], 400)


@pytest.mark.parametrize(
    ("payload", "message", "line", "column"),
    [
        (b"hello", f"Unrecognized token 'hello': was expecting ({VALUE})", 1, 6),
        (b"[1,]", f"Unexpected character (']' (code 93)): expected a valid value ({VALUE})", 1, 4),
        (
            b"{a:1}",
            "Unexpected character ('a' (code 97)): was expecting double-quote to start field name",
            1,
            2,
        ),
        (b'{"a":', "Unexpected end-of-input within/between Object entries", 1, 6),
        (
            b'{"a" 1}',
            "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
            1,
            6,
        ),
        (
            b'[1 "a"]',
            "Unexpected character ('\"' (code 34)): was expecting comma to separate Array entries",
            1,
            4,
        ),
        (b'\n{"a":\n  tru}', f"Unrecognized token 'tru': was expecting ({VALUE})", 3, 6),
        (b"01", "Invalid numeric value: Leading zeroes not allowed", 1, 2),
        (b'"abc', "Unexpected end-of-input: was expecting closing quote for a string value", 1, 5),
        (b'"\xe2\x28"', "Invalid UTF-8 middle byte 0x28", 1, 4),
        ("😀".encode(), f"Unexpected character ('😀' (code 128512)): expected a valid value ({VALUE})", 1, 1),
    ],
)
def test_the_fault_is_named_with_its_place(payload: bytes, message: str, line: int, column: int) -> None:
    assert jackson.fault(payload) == message + PLACE.format(line, column)


def test_an_unclosed_object_is_named_with_its_beginning() -> None:
    fault = jackson.fault(b'[\n {"a": 1')

    assert fault == (
        "Unexpected end-of-input: expected close marker for Object (start marker at "
        + PLACE.format(2, 2).removeprefix("\n at ")
        + ")"
        + PLACE.format(2, 9)
    )


def test_nesting_has_no_depth_that_breaks_the_reader() -> None:
    assert jackson.fault(b"[" * 200_000 + b"]" * 200_000) is None
    assert "expected close marker for Array" in (jackson.fault(b"[" * 200_000) or "")


TEXTS = r"""{ } [ ] , : " "a" 1 -0 0.5e+1 - . e null true x \ \u00e9 \n é € $ /"""
PIECES = st.sampled_from([*TEXTS.split(" "), " ", "\n", "\x01"])


def is_json(payload: bytes) -> bool:
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        json.loads(payload.decode(), parse_constant=refuse)
    except ValueError:
        return False
    return True


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_fault_is_found_exactly_where_the_text_is_not_json(text: str) -> None:
    assert (jackson.fault(text.encode()) is None) == is_json(text.encode())


@given(st.binary(max_size=16))
def test_no_bytes_break_the_reader(payload: bytes) -> None:
    assert (jackson.fault(payload) is None) == is_json(payload)
