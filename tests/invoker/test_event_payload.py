"""Which events are taken, and what is said of the others."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoker import limits
from invoker.event_payload import event_faults, normalised

SOME = settings(max_examples=50, deadline=None)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@SOME
@given(JSON, st.booleans())
def test_any_json_value_is_an_event(value: object, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert event_faults(text.encode(errors="replace")) == []


@pytest.mark.parametrize("event", [b"", b" ", b"\r\n\t "])
def test_an_empty_event_counts_as_an_empty_object(event: bytes) -> None:
    assert event_faults(event) == []
    assert normalised(event) == b"{}"


def test_an_event_is_sent_byte_by_byte_as_it_was_written() -> None:
    assert normalised(b' {"a": 1.0}\n') == b' {"a": 1.0}\n'


@pytest.mark.parametrize(
    ("event", "line", "column", "message"),
    [
        (b"not json", 1, 1, "Expecting value (line 1, column 1)."),
        (b'{\n  "a": 1,\n  b: 2\n}', 3, 3, "(line 3, column 3)."),
        (b'{"a": 1} x', 1, 10, "Extra data (line 1, column 10)."),
        (b'{"a": NaN}', 1, 7, "NaN is not a JSON value (line 1, column 7)."),
        (b'["NaN \\" NaN",\n -Infinity]', 2, 2, "-Infinity is not a JSON value (line 2, column 2)."),
        (b'"\xc5\xbe\n\x99"', 2, 1, "byte 5 is not valid (line 2, column 1)."),
        ("\u00a0".encode(), 1, 1, "Expecting value (line 1, column 1)."),
        (b'"tab\there"', 1, 5, "(line 1, column 5)."),
    ],
    ids=["words", "bare key", "two values", "NaN", "infinity after a string", "no UTF-8", "no-break space",
         "raw control character"],
)  # fmt: skip
def test_an_event_that_is_not_json_is_refused_at_its_line_and_column(
    event: bytes, line: int, column: int, message: str
) -> None:
    (fault,) = event_faults(event)
    assert fault.field == ("event",)
    assert (fault.line, fault.column) == (line, column)
    assert fault.message.endswith(message)


@SOME
@given(st.binary(max_size=40) | st.text('{}[]",:\\ \n1eNa-Infity', max_size=20).map(str.encode))
def test_whatever_the_bytes_are_they_are_an_event_or_faulty_at_a_place(event: bytes) -> None:
    for fault in event_faults(event):
        assert fault.line is not None
        assert 1 <= fault.line <= event.count(b"\n") + 1
        assert fault.column is not None
        assert 1 <= fault.column <= len(event) + 1


def test_six_megabytes_are_taken_and_one_byte_more_is_refused() -> None:
    largest = b'"' + b"x" * (limits.EVENT_BYTES_MAX - 2) + b'"'
    assert len(largest) == 6_291_456
    assert event_faults(largest) == []
    assert event_faults(largest + b" ")[0].message == "The event may have 6291456 bytes at most."


@pytest.mark.parametrize(
    "event",
    [
        b"[" * 20_000 + b"]" * 20_000,
        b"9" * 5_000,
        b"-" + b"9" * 5_000 + b".5e9",
        b'"\\ud800"',
        b'{"a":1,"a":2}',
    ],
    ids=["20,000 levels", "5,000 digits", "long fraction", "lone surrogate", "a key twice"],
)
def test_what_node_can_parse_is_left_to_node(event: bytes) -> None:
    assert event_faults(event) == []
