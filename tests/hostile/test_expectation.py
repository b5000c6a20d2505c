"""A comparison that overlooks nothing: every kind of expectation fails where it does not hold."""

from dataclasses import replace
from typing import Any

import pytest

from tests.hostile.case import Case, cases
from tests.hostile.expectation import differences
from tests.hostile.told import REJECTED, Told

ID = "01234567-89ab-cdef-0123-456789abcdef"
METRICS = {
    "duration_ms": 12.34,
    "billed_duration_ms": 139,
    "memory_size_mb": 256,
    "max_memory_used_mb": 66,
    "init_duration_ms": 126.51,
    "cold_start": True,
}
REPORT = (
    f"REPORT RequestId: {ID}\tDuration: 12.34 ms\tBilled Duration: 139 ms\tMemory Size: 256 MB\t"
    "Max Memory Used: 66 MB\tInit Duration: 126.51 ms\t"
)
RESULT = {"outcome": "ok", "response": '{"n": 1}', "error": None, "notice": None, "metrics": METRICS}


def entry(text: str, stream: str = "platform") -> dict[str, Any]:
    return {"type": "log", "stream": stream, "text": text}


def good(*lines: dict[str, Any], report: str = REPORT) -> Told:
    framed = [
        entry(f"START RequestId: {ID} Version: $LATEST"),
        *lines,
        entry(f"END RequestId: {ID}"),
        entry(report),
    ]
    messages = [*framed, {"type": "finished", **RESULT}]
    return Told("ok", 1.0, "", ID, b'{"n": 1}', messages, {"id": ID, **RESULT})


def test_what_comes_out_as_expected_has_no_difference() -> None:
    expected = {
        "outcome": "function_error",
        "outcome_any": ["ok"],
        "log_contains": ["one\ntwo"],
        "log_not_contains": ["three"],
        "stored_log_bytes_max": 2_000,
        "wall_s_max": 2,
        "response_not_contains": ["2"],
        "report": {
            "status": "success",
            "duration_ms_min": 12,
            "max_memory_mb_max": 66,
            "memory_size_mb": 256,
        },
        "error_type": "only of the first outcome",
    }
    assert not differences(expected, good(entry("one\r\ntwo", "stdout")))


@pytest.mark.parametrize(
    "expected",
    [
        {"outcome": "timeout"},
        {"response_equals": {"n": 2}},
        {"response_contains": '"m"'},
        {"response_any": ['{"n":1}']},
        {"response_max": {"n": 0}},
        {"response_not_contains": ['"n"']},
        {"error_type": "Error"},
        {"error_type_any": ["Error"]},
        {"error_message_contains": "no"},
        {"log_contains": ["hello"]},
        {"log_not_contains": ["START"]},
        {"logs_truncated": True},
        {"stored_log_bytes_max": 10},
        {"rejected_reason_contains": "6291456"},
        {"report": {"status": "error"}},
        {"report": {"duration_ms_min": 13}},
        {"report": {"duration_ms_max": 12}},
        {"report": {"init_duration_ms_min": 200}},
        {"report": {"max_memory_mb_max": 65}},
        {"report": {"memory_size_mb": 128}},
    ],
    ids=str,
)
def test_what_does_not_hold_is_told(expected: dict[str, Any]) -> None:
    assert differences({"outcome": "ok", **expected}, good())


def test_an_end_may_be_late_by_what_the_platform_measured_and_no_more() -> None:
    expected = {"outcome": "ok", "wall_s_max": 2}
    queued = {**good().invocation, "metrics": {**METRICS, "queue_ms": 30_000.0}}
    assert differences(expected, replace(good(), wall_s=11.0))
    assert not differences({**expected, "wall_s_max": 12}, replace(good(), wall_s=11.0))
    late = replace(good(), wall_s=35.0, invocation=queued)
    late = replace(late, messages=[*late.messages[:-1], {**late.messages[-1], "metrics": queued["metrics"]}])
    assert not differences(expected, late)
    assert differences(expected, replace(late, wall_s=45.0))


@pytest.mark.parametrize(
    "told",
    [
        good(entry(REPORT)),
        good(report=REPORT.replace("12.34", "12.35")),
        good(report=REPORT.rstrip("\t")),
        good(report=REPORT.replace("0123", "3210", 1)),
        replace(good(), invocation={**good().invocation, "notice": "another"}),
        Told(REJECTED, 0.1),
    ],
    ids=["two REPORT lines", "another figure", "another shape", "another id", "another notice", "no reason"],
)
def test_no_case_has_to_say_what_holds_of_every_submission(told: Told) -> None:
    assert differences({"outcome": told.outcome}, told)


def test_an_expectation_that_nobody_checks_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="log_contain is no known expectation"):
        differences({"outcome": "ok", "log_contain": ["typing error"]}, good())


def test_every_case_has_an_expectation_and_something_to_send() -> None:
    every = cases()
    assert len(every) == 108
    assert all(case.expected["outcome"] and case.expected["must_hold"] for case in every)
    assert [case.name for case in every if not case.files] == ["g10_empty"]


def test_a_submission_keeps_two_files_of_one_path() -> None:
    (colliding,) = (case for case in cases() if case.name == "g06_colliding_names")
    assert isinstance(colliding, Case)
    assert [path for path, _ in colliding.files].count("index.mjs") == 2
