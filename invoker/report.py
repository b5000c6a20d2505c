"""The platform's own log lines, worded as Lambda words them. Pure."""

import math
from datetime import UTC, datetime

from invoker.events import Metrics

ERROR_TYPE_LENGTH_MAX = 256


def start_line(request_id: str, version: str) -> str:
    """The line before the handler runs."""
    return f"START RequestId: {request_id} Version: {version}"


def end_line(request_id: str) -> str:
    """The line after the handler ended, however it ended."""
    return f"END RequestId: {request_id}"


def report_line(request_id: str, metrics: Metrics, status: str | None, error_type: str | None) -> str:
    """The REPORT line; `status` is None after a success, else "error" or "timeout"."""
    fields = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {metrics.duration_ms:.2f} ms",
        f"Billed Duration: {metrics.billed_duration_ms} ms",
        f"Memory Size: {metrics.memory_size_mb} MB",
        f"Max Memory Used: {metrics.max_memory_used_mb} MB",
    ]
    if metrics.init_duration_ms is not None:
        fields.append(f"Init Duration: {metrics.init_duration_ms:.2f} ms")
    if status is None:
        return "\t".join(fields) + "\t"
    fields.append(f"Status: {status}")
    if error_type is not None:
        fields.append(f"Error Type: {_one_line(error_type)}")
    return "\t".join(fields)


def init_report_line(duration_ms: float, status: str, error_type: str | None, phase: str = "init") -> str:
    """The line after an init phase that failed; `status` is "error" or "timeout"."""
    fields = [f"INIT_REPORT Init Duration: {duration_ms:.2f} ms", f"Phase: {phase}", f"Status: {status}"]
    if error_type is not None:
        fields.append(f"Error Type: {_one_line(error_type)}")
    return "\t".join(fields)


def _one_line(error_type: str) -> str:
    # The function chooses it: it may neither begin a line of its own nor fill the log.
    return " ".join(error_type.split())[:ERROR_TYPE_LENGTH_MAX]


def timed_out_message(timeout_s: int) -> str:
    """What Lambda says of an invocation past its timeout."""
    return f"Task timed out after {timeout_s:.2f} seconds"


def timed_out_line(request_id: str, timeout_s: int, now: float) -> str:
    """The log line of a timeout."""
    moment = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return f"{moment} {request_id} {timed_out_message(timeout_s)}"


def billed_duration_ms(duration_ms: float, init_duration_ms: float | None) -> int:
    """Whole milliseconds, rounded up; init is billed since August 2025."""
    return max(1, math.ceil(round(duration_ms + (init_duration_ms or 0.0), 3)))
