"""A run of a check that has ended: its row → what the checks look at, and what the wall says of it."""

from invoker.events import Outcome
from playground.invocations import stream
from playground.invocations.models import Invocation
from playground.workshops.checked_run import CheckedRun

ERROR_LENGTH_MAX = 200


def checked_run(row: Invocation) -> CheckedRun:
    """What came of the run."""
    messages = stream.from_lines(row.events)
    printed = [one["text"] for one in messages if one["type"] == "log" and one["stream"] != "platform"]
    return CheckedRun(
        outcome=Outcome(row.outcome),
        response=bytes(row.response).decode(errors="replace"),
        chunks=sum(one["type"] == "response_chunk" for one in messages),
        error_type=row.error_type,
        error_message=row.error_message,
        log="\n".join(printed),
        duration_ms=row.duration_ms,
        init_duration_ms=row.init_duration_ms,
        max_memory_used_mb=row.max_memory_used_mb,
        cold_start=row.cold_start,
    )


def error_line(row: Invocation) -> str:
    """What the function did wrong in one line, empty where nothing: also where something came between."""
    if row.outcome in {Outcome.OK, Outcome.CANCELLED, Outcome.PLATFORM_ERROR}:
        return ""
    said = row.notice or row.get_outcome_display()
    if row.error_type:
        said = f"{row.error_type}: {row.error_message}"
    return " ".join(said.split())[:ERROR_LENGTH_MAX]
