"""An exercise as a participant sees it: no hidden check, no solution, no hint that is closed."""

from dataclasses import asdict
from typing import Any

from playground.iso_time import iso
from playground.workshops.markdown import html_of
from playground.workshops.models import Attempt, Participant, Work
from playground.workshops.participant.results import shown_results
from playground.workshops.plan import Exercise
from playground.workshops.work_store import content_of

ATTEMPTS_SHOWN = 20
HEADING = 4
"""The level of the first heading of a text, below those of the page."""


def exercise_object(participant: Participant, exercise: Exercise, work: Work) -> dict[str, Any]:
    """Everything that they may know of it."""
    last = participant.attempts.filter(exercise=exercise.id).order_by("-created_at")[:ATTEMPTS_SHOWN]
    copies = work.copies.values_list("id", "created_at") if work.pk else []
    return {
        "id": exercise.id,
        "title": exercise.title,
        "instructions": html_of(exercise.instructions, HEADING),
        "hints": [html_of(hint, HEADING) for hint in exercise.hints[: work.hints_opened]],
        "hints_in_all": len(exercise.hints),
        "checks": [
            {"id": check.id, "title": check.title, "hidden": check.hidden} for check in exercise.checks
        ],
        "work": work_object(work, exercise),
        "attempts": [attempt_object(one) for one in last],
        "copies": [{"id": number, "time": iso(moment)} for number, moment in copies],
    }


def work_object(work: Work, exercise: Exercise) -> dict[str, Any]:
    """What is in the editor."""
    content = content_of(work, exercise)
    return {
        "revision": work.revision,
        "is_begun": work.started_at is not None,
        **asdict(content.function),
        "test_events": [asdict(event) for event in content.test_events],
    }


def attempt_object(attempt: Attempt) -> dict[str, Any]:
    """An attempt with what its participant may know of each check."""
    return {
        "id": str(attempt.pk),
        "state": attempt.state,
        "time": iso(attempt.created_at),
        "passed": attempt.passed,
        "failed": attempt.failed,
        "interrupted": attempt.interrupted,
        "results": shown_results(attempt.results),
    }
