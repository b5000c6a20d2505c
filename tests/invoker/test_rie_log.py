"""What is read from the emulator's log, with lines as it writes them."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoker.rie_log import LINE_BYTES_MAX, RieLog

INIT = b"23 Nov 2026 10:51:51,707 [INFO] (rapid) INIT START(type: on-demand, phase: init)\n"
EXIT = b"23 Nov 2026 10:51:51,711 [WARNING] (rapid) Process runtime-1 exited: %s\n"
FATAL = b"23 Nov 2026 10:51:51,711 [WARNING] (rapid) First fatal error stored in appctx: Runtime.ExitError\n"


def read(*pieces: bytes) -> RieLog:
    log = RieLog()
    for piece in pieces:
        log.feed(piece)
    return log


@pytest.mark.parametrize(
    "reason", ["exit status 0", "exit status 3", "exit status 127", "signal: killed", "signal: aborted"]
)
def test_the_end_of_the_runtime_is_told_as_the_system_words_it(reason: str) -> None:
    assert read(INIT + FATAL + EXIT % reason.encode()).exit_reason == reason


def test_a_signal_that_left_a_core_is_the_signal() -> None:
    assert (
        read(EXIT % b"signal: segmentation fault (core dumped)").exit_reason == "signal: segmentation fault"
    )


def test_the_first_end_counts() -> None:
    assert read(EXIT % b"exit status 1", EXIT % b"signal: killed").exit_reason == "exit status 1"


def test_no_end_is_read_from_half_a_line() -> None:
    assert read((EXIT % b"exit status 127")[:-3]).exit_reason is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 400), max_size=6))
def test_the_log_tells_the_same_however_it_was_cut_into_reads(cuts: list[int]) -> None:
    whole = b"noise\n" + INIT + FATAL + EXIT % b"exit status 3"
    at = [0, *sorted(cuts), len(whole)]
    log = read(*(whole[start:end] for start, end in pairwise(at)))
    assert log.exit_reason == "exit status 3"


def test_a_line_that_never_ends_is_not_kept() -> None:
    log = read(*[b"x" * 100_000] * 20, b"\n" + EXIT % b"exit status 1")
    assert len(log._rest) <= LINE_BYTES_MAX
    assert log.exit_reason == "exit status 1"
