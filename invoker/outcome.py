"""What a passage through an environment means, in Lambda's terms. Pure.

Payloads and texts are those recorded on AWS; see the outcome table in "Understanding Lambda function
invocation errors" and the recordings that the tests hold.
"""

import json
from dataclasses import dataclass

from invoker import report
from invoker.answer import TOO_LARGE_MESSAGE, function_error
from invoker.events import FunctionError, Metrics, Outcome
from invoker.invocation import Invocation
from invoker.passage import Ending, Passage

MB = 1024 * 1024
OUT_OF_MEMORY_NOTICE = (
    "Memory ran out: the function used all of its {size} MB and was killed. "
    "Give it more memory, or let it use less."
)
LOST_NOTICE = (
    "The sandbox ended before the function had answered. If the code did not end it, try again: "
    "the next invocation gets a new one."
)
CHILD_OUT_OF_MEMORY_NOTICE = "Memory ran out: a process of the function was killed at the limit of {size} MB."


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an invocation ended. `lines` are the platform's log lines after the function's own."""

    outcome: Outcome
    response: bytes
    error: FunctionError | None
    notice: str | None
    metrics: Metrics
    lines: tuple[str, ...]


def verdict(
    invocation: Invocation, passage: Passage, cold_start: bool, suppressed_init: bool, sandbox_ms: float
) -> Verdict:
    """The verdict on a passage that ended in anything but INIT_TIMEOUT or NEVER_STARTED."""
    outcome, response, error = _outcome(invocation, passage)
    metrics = _metrics(invocation, passage, outcome, cold_start, suppressed_init, sandbox_ms)
    status, error_type = _status(outcome, error)
    request_id = invocation.request_id
    lines = list(_end_lines(invocation, passage, outcome, error))
    lines.append(report.end_line(request_id))
    lines.append(report.report_line(request_id, metrics, status, error_type))
    return Verdict(outcome, response, error, _notice(invocation, passage, outcome), metrics, tuple(lines))


def init_duration_ms(passage: Passage) -> float:
    """How long the init phase took, in ms: to its end, or to its failure."""
    return max(0.0, ((passage.ready or passage.ended) - passage.began) * 1000)


def _outcome(invocation: Invocation, passage: Passage) -> tuple[Outcome, bytes, FunctionError | None]:
    prefix = f"RequestId: {invocation.request_id} Error: "
    if passage.ending is Ending.TIMEOUT:
        message = prefix + report.timed_out_message(invocation.configuration.timeout)
        return _failed(Outcome.TIMEOUT, "Sandbox.Timedout", message)
    if passage.ending is Ending.CANCELLED:
        return _failed(Outcome.CANCELLED, "Sandbox.Cancelled", prefix + "The invocation was cancelled")
    answer = passage.answer
    if answer is None:
        outcome = Outcome.FUNCTION_ERROR if passage.handed_out is not None else Outcome.INIT_ERROR
        if passage.out_of_memory:
            outcome = Outcome.OUT_OF_MEMORY
        # The emulator can be killed with the rest, before it tells why the runtime ended.
        reason = passage.exit_reason or ("signal: killed" if passage.out_of_memory else None)
        return _failed(outcome, "Runtime.ExitError", prefix + exit_message(reason))
    if answer.too_large:
        return _failed(Outcome.FUNCTION_ERROR, "Function.ResponseSizeTooLarge", TOO_LARGE_MESSAGE)
    if answer.error_type is not None:
        outcome = Outcome.INIT_ERROR if answer.in_init else Outcome.FUNCTION_ERROR
        return outcome, answer.body, function_error(answer.body)
    return Outcome.OK, answer.body, None


def _failed(outcome: Outcome, error_type: str, message: str) -> tuple[Outcome, bytes, FunctionError]:
    payload = {"errorType": error_type, "errorMessage": message}
    return outcome, json.dumps(payload, separators=(",", ":")).encode(), FunctionError(error_type, message)


def exit_message(reason: str | None) -> str:
    """How Lambda words the end of the runtime's process."""
    if reason is None or reason == "exit status 0":
        return "Runtime exited without providing a reason"
    return f"Runtime exited with error: {reason}"


def _status(outcome: Outcome, error: FunctionError | None) -> tuple[str | None, str | None]:
    if outcome is Outcome.OK:
        return None, None
    if outcome is Outcome.TIMEOUT:
        return "timeout", None
    return "error", error.type if error else None


def _end_lines(
    invocation: Invocation, passage: Passage, outcome: Outcome, error: FunctionError | None
) -> list[str]:
    if outcome is Outcome.TIMEOUT:
        timeout = invocation.configuration.timeout
        return [report.timed_out_line(invocation.request_id, timeout, passage.ended_at)]
    if passage.answer is None and error is not None:
        return [error.message, error.type]
    return []


def _notice(invocation: Invocation, passage: Passage, outcome: Outcome) -> str | None:
    if not passage.out_of_memory:
        # The emulator tells of every end of the runtime; when it is silent, it has gone itself.
        lost = passage.ending is Ending.EXITED and passage.exit_reason is None
        return LOST_NOTICE if lost else None
    text = OUT_OF_MEMORY_NOTICE if outcome is Outcome.OUT_OF_MEMORY else CHILD_OUT_OF_MEMORY_NOTICE
    return text.format(size=invocation.configuration.memory_size)


def _metrics(
    invocation: Invocation,
    passage: Passage,
    outcome: Outcome,
    cold_start: bool,
    suppressed_init: bool,
    sandbox_ms: float,
) -> Metrics:
    size = invocation.configuration.memory_size
    # Init that belongs to no invocation yet is timed by itself; one that failed or is repeated is not.
    own_init = cold_start and not suppressed_init and None not in {passage.ready, passage.handed_out}
    init_ms = init_duration_ms(passage) if own_init else None
    start = passage.handed_out if own_init or passage.began < (passage.handed_out or 0) else None
    if suppressed_init or start is None:
        start = passage.began
    duration_ms = max(0.01, (passage.ended - start) * 1000)
    if outcome is Outcome.TIMEOUT:
        duration_ms = invocation.configuration.timeout * 1000.0
    duration_ms = round(duration_ms, 2)
    init_ms = round(init_ms, 2) if init_ms is not None else None
    used = size if outcome is Outcome.OUT_OF_MEMORY else min(size, -(-passage.memory_bytes // MB))
    return Metrics(
        duration_ms=duration_ms,
        billed_duration_ms=report.billed_duration_ms(duration_ms, init_ms),
        memory_size_mb=size,
        max_memory_used_mb=used,
        init_duration_ms=init_ms,
        cold_start=cold_start,
        sandbox_ms=round(sandbox_ms, 2),
    )
