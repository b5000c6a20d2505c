"""Compares what came out with what a case expects. Pure: every difference is a sentence."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.hostile.told import REJECTED, Told, as_json
from tests.report_lines import REPORT, figures, status_of

CUT_MARKS = ("LOG LIMIT ", "[cut: the line is longer than ")
"""How a log says that some of it is not kept: a line of the platform, and the end of a line."""
LATE_S = 10
"""How much later than the platform measured an end may be seen on a machine with other work to do."""
_METRICS = {
    "duration_ms": "duration_ms",
    "init_duration_ms": "init_duration_ms",
    "max_memory_mb": "max_memory_used_mb",
    "memory_size_mb": "memory_size_mb",
}
# For the reader, or about further submissions.
_NOT_ABOUT_ONE = {"tier", "must_hold", "then", "other_user", "html_must_escape", "event", "after_s"}


def differences(expected: dict[str, Any], told: Told) -> list[str]:
    """Every way in which a submission ended unlike its case, or unlike any submission may."""
    accepted = {expected["outcome"], *expected.get("outcome_any", ())}
    if told.outcome not in accepted:
        return [f"outcome {told.outcome}, not {' or '.join(sorted(accepted))}: {_shown(told)}"]
    found = [*_unlike_any(told), *_unlike(expected, told)]
    return [f"{difference}: {_shown(told)}" for difference in found]


def _unlike(expected: dict[str, Any], told: Told) -> Iterator[str]:
    for key, value in expected.items():
        if key in _ALWAYS:
            yield from _ALWAYS[key](value, told)
        elif key in _OF_THE_RESULT:
            if told.outcome == expected["outcome"] and not _OF_THE_RESULT[key](value, told, expected):
                yield f"{key} {value!r} does not hold"
        elif key not in _NOT_ABOUT_ONE | {"outcome", "outcome_any"}:
            raise AssertionError(f"{key} is no known expectation")


def _unlike_report(expected: dict[str, Any], told: Told) -> Iterator[str]:
    report = REPORT.fullmatch(told.report)
    for key, wanted in expected.items():
        name, _, bound = key.rpartition("_") if key.endswith(("_min", "_max")) else (key, "", "")
        if name == "status":
            measured = status_of(report) if report else None
        else:
            measured = told.metrics.get(_METRICS[name])
        if measured is None or not _is_within(measured, wanted, bound):
            yield f"{key} {wanted} does not hold of {measured}"


def _is_within(measured: Any, wanted: Any, bound: str) -> bool:
    if bound == "min":
        return bool(measured >= wanted)
    return bool(measured <= wanted) if bound == "max" else bool(measured == wanted)


_ALWAYS: dict[str, Callable[[Any, Told], Any]] = {
    "log_contains": lambda texts, told: [f"no {text!r} in the log" for text in texts if text not in told.log],
    "log_not_contains": lambda texts, told: [f"{text!r} in the log" for text in texts if text in told.log],
    "logs_truncated": lambda wanted, told: (
        [] if wanted == _is_cut(told) else ["no cut can be seen in the log"]
    ),
    "stored_log_bytes_max": lambda most, told: (
        [] if told.log_bytes <= most else [f"{told.log_bytes} bytes of log"]
    ),
    "wall_s_max": lambda most, told: (
        [] if told.wall_s <= max(most, told.measured_s + LATE_S) else [f"{told.wall_s:.1f} s until the end"]
    ),
    "response_not_contains": lambda texts, told: [
        f"{text!r} in the response" for text in texts if text.encode() in told.response
    ],
    "rejected_reason_contains": lambda text, told: (
        [] if text in told.reasons else [f"no {text!r} in the reasons"]
    ),
    "report": _unlike_report,
}
"""Checks of every accepted outcome: the expected value and what was told → the differences."""

_OF_THE_RESULT: dict[str, Callable[[Any, Told, dict[str, Any]], bool]] = {
    "error_type": lambda wanted, told, all_: (
        told.error.get("type") in {wanted, *all_.get("error_type_any", ())}
    ),
    "error_type_any": lambda types, told, all_: (
        told.error.get("type") in {*types, all_.get("error_type", "")}
    ),
    "error_message_contains": lambda text, told, _: text in told.error.get("message", ""),
    "response_equals": lambda value, told, _: as_json(told.response) == value,
    "response_contains": lambda text, told, _: text.encode() in told.response,
    "response_any": lambda texts, told, _: told.response.decode() in texts,
    "response_max": lambda most, told, _: all(
        as_json(told.response)[name] <= limit for name, limit in most.items()
    ),
}
"""Checks of the error and the response, which apply to the first of the accepted outcomes alone."""


def _is_cut(told: Told) -> bool:
    return any(mark in entry["text"] for mark in CUT_MARKS for entry in told.entries)


def _unlike_any(told: Told) -> Iterator[str]:
    """What must hold of every submission: a reason, or the platform's lines once each and figures that agree."""
    if told.outcome == REJECTED:
        if not told.reasons.strip():
            yield "refused without a reason"
        return
    kinds = [line.split(" ")[0] for line in told.platform_lines]
    framing = [kind for kind in kinds if kind in {"START", "END", "REPORT"}]
    if framing != ["START", "END", "REPORT"]:
        yield f"platform lines {framing}"
    report = REPORT.fullmatch(told.report)
    measured = {
        name: value for name, value in told.metrics.items() if name in REPORT.groupindex and value is not None
    }
    if report is None or report["id"] != told.invocation_id or figures(report) != measured:
        yield f"REPORT line {told.report!r} of {told.invocation_id} with {measured}"
    last = told.messages[-1]
    for name in ("outcome", "response", "error", "notice", "metrics"):
        if last[name] != told.invocation[name]:
            yield f"{name} was told as {last[name]!r} and is kept as {told.invocation[name]!r}"


def _shown(told: Told) -> str:
    result = told.reasons or told.error or told.response[:300].decode(errors="replace")
    return f"{result} {told.metrics} after {told.wall_s:.1f} s\n{told.log[-1500:]}"
