"""How far one participant is with one exercise: the same figures for their page and for the wall. Pure."""

from collections.abc import Sequence
from typing import Any

from playground.workshops.models import Attempt, AttemptState, Work

WORK_COLUMNS = ("participant_id", "exercise", "revision", "started_at", "saved_at")
ATTEMPT_COLUMNS = (
    *("participant_id", "exercise", "state", "passed", "failed", "interrupted", "error"),
    *("created_at", "finished_at"),
)


def is_done(attempt: Attempt) -> bool:
    """Whether an attempt that has ended has passed every check."""
    return attempt.passed > 0 and attempt.failed == 0 and attempt.interrupted == 0


def counts(attempt: Attempt) -> bool:
    """Whether an attempt that has ended says anything of the code: it has failed, or is done."""
    return attempt.failed > 0 or is_done(attempt)


def progress_object(work: Work | None, attempts: Sequence[Attempt]) -> dict[str, Any]:
    """The figures; `attempts` are all of this exercise, the oldest first."""
    finished = [one for one in attempts if one.state == AttemptState.FINISHED]
    running = [one for one in attempts if one.state == AttemptState.RUNNING]
    counted = [one for one in finished if counts(one)]
    last = finished[-1] if finished else None
    return {
        "revision": work.revision if work else 0,
        "is_begun": work is not None and work.started_at is not None,
        "running": str(running[-1].pk) if running else None,
        "is_done": any(is_done(one) for one in counted),
        "attempts": len(counted),
        "interruptions": len(finished) - len(counted),
        "failed_in_a_row": _failed_in_a_row(counted),
        "last": _last_object(last) if last else None,
    }


def last_error(attempts: Sequence[Attempt]) -> str:
    """The error of the last attempt that has ended: for whoever leads alone, as hidden checks may meet it."""
    return next((one.error for one in reversed(attempts) if one.state == AttemptState.FINISHED), "")


def _last_object(last: Attempt) -> dict[str, Any]:
    return {
        "passed": last.passed,
        "failed": last.failed,
        "interrupted": last.interrupted,
        "is_interrupted": not counts(last),
    }


def _failed_in_a_row(counted: Sequence[Attempt]) -> int:
    in_a_row = 0
    for one in reversed(counted):
        if is_done(one):
            break
        in_a_row += 1
    return in_a_row
