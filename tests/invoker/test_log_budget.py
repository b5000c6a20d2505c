"""How much of a function's log is kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoker.events import LogLine, Stream
from invoker.log_budget import LogBudget


def line(text: str) -> LogLine:
    return LogLine(1.0, Stream.STDOUT, text)


def kept(budget: LogBudget, texts: list[str]) -> list[LogLine]:
    return [taken for text in texts if (taken := budget.take(line(text))) is not None]


@pytest.mark.parametrize(
    "texts", [["four", "four"], ["žž", "žž"], [""] * 3], ids=["bytes", "bytes, not characters", "lines"]
)
def test_a_log_at_its_limit_is_kept_whole(texts: list[str]) -> None:
    assert kept(LogBudget(8, 3), texts) == [line(text) for text in texts]


@pytest.mark.parametrize("texts", [["four", "five5", "x"], ["žž", "žžž", ""], ["", "", "", "", ""]])
def test_the_first_line_too_many_becomes_a_notice_and_the_rest_is_dropped(texts: list[str]) -> None:
    *lines, notice = kept(LogBudget(8, 3), texts)
    assert lines == [line(text) for text in texts[: len(lines)]]
    assert notice.stream is Stream.PLATFORM
    assert notice.text == (
        "LOG LIMIT The rest of this invocation's log is not kept: 8 bytes or 3 lines are the limit."
    )


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=8), max_size=20), st.integers(0, 40), st.integers(0, 10))
def test_no_log_is_kept_over_the_limits(texts: list[str], bytes_max: int, lines_max: int) -> None:
    budget = LogBudget(bytes_max, lines_max)
    own = [taken for taken in kept(budget, texts) if taken.stream is Stream.STDOUT]
    assert sum(len(taken.text.encode()) for taken in own) <= bytes_max
    assert len(own) <= lines_max
    assert budget.exhausted or len(own) == len(texts)
