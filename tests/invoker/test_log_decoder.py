"""What becomes of the bytes that a function writes."""

import struct
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoker import limits
from invoker.events import LogLine, Stream
from invoker.log_decoder import LogDecoder

NOW = 1_800_000_000.0
LINE_MAX = 20
INFO = 0xA55A0000 | 12 | 3


def frame(text: bytes, kind: int = INFO, seconds: float = NOW - 1) -> bytes:
    """One console call as the runtime client writes it."""
    return struct.pack(">IIQ", kind, len(text), int(seconds * 1e6)) + text


def decoded(*pieces: bytes, line_max: int = LINE_MAX) -> list[LogLine]:
    decoder = LogDecoder(Stream.STDOUT, line_max)
    lines = [line for piece in pieces for line in decoder.feed(piece, NOW)]
    return lines + list(decoder.flush(NOW))


def texts(*pieces: bytes, line_max: int = LINE_MAX) -> list[str]:
    return [line.text for line in decoded(*pieces, line_max=line_max)]


def test_a_raw_line_is_an_entry_at_the_time_at_which_it_was_read() -> None:
    assert decoded(b"one\ntwo\n") == [
        LogLine(NOW, Stream.STDOUT, "one"),
        LogLine(NOW, Stream.STDOUT, "two"),
    ]


def test_a_last_line_without_newline_is_an_entry_of_its_own() -> None:
    assert texts(b"whole\npart") == ["whole", "part"]


def test_one_console_call_is_one_entry_with_its_newlines_level_and_own_time() -> None:
    text = b"two\r\nlines\n"
    assert decoded(frame(text)) == [LogLine(NOW - 1, Stream.STDOUT, "two\r\nlines", "INFO")]


@pytest.mark.parametrize(
    ("bits", "level"),
    [
        (4, "TRACE"),
        (8, "DEBUG"),
        (12, "INFO"),
        (16, "WARN"),
        (20, "ERROR"),
        (24, "FATAL"),
        (0, None),
        (252, None),
    ],
)
def test_the_level_is_the_one_of_the_console_call(bits: int, level: str | None) -> None:
    assert decoded(frame(b"x\n", 0xA55A0000 | bits | 3))[0].level == level


def test_raw_text_between_frames_keeps_its_place() -> None:
    assert texts(b"a\nb" + frame(b"framed\n") + b"c\n" + frame(b"again\n")) == [
        "a",
        "b",
        "framed",
        "c",
        "again",
    ]


def test_an_entry_is_given_as_soon_as_it_is_whole() -> None:
    decoder = LogDecoder(Stream.STDERR)
    assert [line.text for line in decoder.feed(b"first\nsec", NOW)] == ["first"]
    assert [line.text for line in decoder.feed(b"ond\n", NOW)] == ["second"]


def test_bytes_that_are_not_utf8_are_replaced_and_nul_is_kept() -> None:
    assert texts(b"\xff\x00\xc5\xbe\n") == ["\ufffd\x00ž"]


@pytest.mark.parametrize("make", [lambda text: text, frame], ids=["raw", "framed"])
def test_a_line_over_the_limit_is_cut_with_a_notice_and_the_next_one_arrives(make) -> None:  # type: ignore[no-untyped-def]
    cut = "x" * LINE_MAX + " [cut: the line is longer than 20 bytes]"
    assert texts(make(b"x" * LINE_MAX + b"\n")) == ["x" * LINE_MAX]
    assert texts(make(b"x" * (LINE_MAX + 1) + b"\n"), make(b"next\n")) == [cut, "next"]
    assert texts(make(b"x" * 5_000 + b"\n"), make(b"next\n")) == [cut, "next"]


def test_the_cut_shows_also_where_it_falls_on_a_newline() -> None:
    assert texts(frame(b"x" * LINE_MAX + b"\nmore"))[0].endswith("[cut: the line is longer than 20 bytes]")


def test_a_line_that_never_ends_takes_no_more_memory_than_the_limit() -> None:
    decoder = LogDecoder(Stream.STDOUT, LINE_MAX)
    for _ in range(1_000):
        assert list(decoder.feed(b"x" * 1_000, NOW)) == []
    held = sum(len(value) for name in ("_raw", "_buffer", "_frame") for value in [getattr(decoder, name)])
    assert held <= LINE_MAX + 2


def test_a_forged_frame_of_endless_length_ends_with_the_invocation() -> None:
    decoder = LogDecoder(Stream.STDOUT, LINE_MAX)
    forged = struct.pack(">IIQ", INFO, 0xFFFFFFFF, 0) + b"swallowed"
    assert list(decoder.feed(forged, NOW)) == []
    assert [line.text for line in decoder.flush(NOW)] == ["swallowed"]
    assert [line.text for line in decoder.feed(b"of the next\n", NOW)] == ["of the next"]


def test_a_forged_frame_cannot_date_its_line_into_the_future() -> None:
    forged = struct.pack(">IIQ", INFO, 2, 2**64 - 1) + b"x\n"
    assert decoded(forged)[0].time == NOW


def test_a_function_cannot_write_as_the_platform() -> None:
    lines = decoded(
        b"REPORT RequestId: forged\tDuration: 1.00 ms\n" + frame(b"END RequestId: forged\n"), line_max=99
    )
    assert {line.stream for line in lines} == {Stream.STDOUT}


def test_short_lines_before_a_long_one_do_not_cost_its_length_each() -> None:
    began = time.process_time()
    assert len(decoded(b"\n" * 5_000 + b"x" * 2_000_000)) == 5_001
    assert time.process_time() - began < 1


PIECES = st.lists(
    st.binary(max_size=12)
    | st.sampled_from([b"\n", b"\xa5", b"\xa5\x5a", b"\xa5\x5a\x00", frame(b"hello\n"), frame(b"")[:9]])
    | st.binary(max_size=30).map(frame),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(PIECES, st.lists(st.integers(0, 300), max_size=8))
def test_the_lines_do_not_depend_on_how_the_bytes_were_cut_into_reads(
    pieces: list[bytes], cuts: list[int]
) -> None:
    whole = b"".join(pieces)
    at = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    reads = [whole[start:end] for start, end in pairwise(at)]
    assert decoded(*reads) == decoded(whole) == decoded(*(bytes([byte]) for byte in whole))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_every_console_call_comes_back_whole(calls: list[str]) -> None:
    written = b"".join(frame(call.encode() + b"\n") for call in calls)
    assert texts(written, line_max=limits.LOG_LINE_BYTES_MAX) == calls
