"""The platform's log lines, in the wording that AWS writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoker import report
from invoker.events import Metrics

ID = "5b866fb1-7154-4af6-8078-6ef6ca4c2ddd"
WARM = Metrics(duration_ms=12.34, billed_duration_ms=13, memory_size_mb=128, max_memory_used_mb=66)
COLD = Metrics(12.34, 139, 128, 66, init_duration_ms=126.51, cold_start=True)


def test_start_and_end_name_the_request() -> None:
    assert report.start_line(ID, "$LATEST") == f"START RequestId: {ID} Version: $LATEST"
    assert report.end_line(ID) == f"END RequestId: {ID}"


def test_a_cold_report_ends_with_the_init_duration_and_a_tab() -> None:
    assert report.report_line(ID, COLD, None, None) == (
        f"REPORT RequestId: {ID}\tDuration: 12.34 ms\tBilled Duration: 139 ms\tMemory Size: 128 MB\t"
        "Max Memory Used: 66 MB\tInit Duration: 126.51 ms\t"
    )


def test_a_warm_report_has_no_init_duration() -> None:
    assert report.report_line(ID, WARM, None, None) == (
        f"REPORT RequestId: {ID}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\t"
        "Max Memory Used: 66 MB\t"
    )


@pytest.mark.parametrize(
    ("status", "error_type", "end"),
    [
        ("timeout", None, "Init Duration: 126.51 ms\tStatus: timeout"),
        (
            "error",
            "Runtime.ExitError",
            "Init Duration: 126.51 ms\tStatus: error\tError Type: Runtime.ExitError",
        ),
    ],
)
def test_a_failed_report_ends_with_status_and_error_type(
    status: str, error_type: str | None, end: str
) -> None:
    assert report.report_line(ID, COLD, status, error_type).endswith(f"\tMax Memory Used: 66 MB\t{end}")


def test_a_failed_init_has_a_report_of_its_own() -> None:
    assert report.init_report_line(1236.04, "timeout", None) == (
        "INIT_REPORT Init Duration: 1236.04 ms\tPhase: init\tStatus: timeout"
    )
    assert report.init_report_line(7.5, "error", "Runtime.ExitError") == (
        "INIT_REPORT Init Duration: 7.50 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError"
    )


@pytest.mark.parametrize(
    "error_type", ["Bad\nREPORT RequestId: forged\tDuration: 0 ms", "x\r\u2028y", "n" * 10_000]
)
def test_an_error_type_neither_begins_a_line_nor_fills_the_log(error_type: str) -> None:
    for line in (
        report.report_line(ID, COLD, "error", error_type),
        report.init_report_line(1.0, "error", error_type),
    ):
        assert len(line.splitlines()) == 1
        assert len(line) < 600
        assert line.split("Error Type: ")[1].count("\t") == 0


def test_a_timeout_is_told_at_its_moment_with_two_decimals() -> None:
    assert report.timed_out_line(ID, 3, 1_709_573_858.0339) == (
        f"2024-03-04T17:37:38.033Z {ID} Task timed out after 3.00 seconds"
    )


@pytest.mark.parametrize(
    ("duration", "init", "billed"),
    [
        (933.59, None, 934),
        (6.0, None, 6),
        (0.01, None, 1),
        (12.34, 126.51, 139),
        (3000.0, None, 3000),
        (0.1, 0.2, 1),
        (100.1, 0.9, 101),
    ],
)
def test_what_is_billed_is_duration_and_init_in_whole_milliseconds(
    duration: float, init: float | None, billed: int
) -> None:
    assert report.billed_duration_ms(duration, init) == billed


@given(st.integers(1, 90_000_000), st.integers(0, 1_000_000))
def test_what_is_billed_is_never_less_than_what_is_reported(duration: int, init: int) -> None:
    billed = report.billed_duration_ms(duration / 100, init / 100)
    assert billed == -(-(duration + init) // 100)
