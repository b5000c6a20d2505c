"""What came of a workshop: every check of every attempt of everybody, and the figures of each exercise."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from playground.iso_time import iso
from playground.workshops.models import Attempt, AttemptState, Work, Workshop
from playground.workshops.progress import counts, is_done
from playground.workshops.wall.figures import most_frequent

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With one of these a spreadsheet begins to calculate."""
COLUMNS = (
    *("participant", "participant_id", "exercise", "attempt", "time", "check", "title", "hidden"),
    *("result", "detail"),
)


@dataclass(frozen=True, slots=True)
class ExerciseFigures:
    """An exercise in figures. `minutes`: the median from its first change to the attempt that passed."""

    title: str
    begun: int
    done: int
    attempts: int
    """Those that passed or failed."""
    interruptions: int
    """Attempts that did neither."""
    minutes: float | None
    errors: Sequence[dict[str, Any]]


def rows(workshop: Workshop) -> Iterator[dict[str, Any]]:
    """One for each check of each attempt."""
    attempts = Attempt.objects.filter(participant__workshop=workshop, state=AttemptState.FINISHED)
    columns = ("exercise", "created_at", "results", "participant__name", "participant_id")
    numbers: dict[tuple[Any, str], int] = {}
    ordered = attempts.select_related("participant").only(*columns).order_by("created_at", "id")
    for attempt in ordered.iterator():
        person = attempt.participant
        if person is None:
            continue
        place = (person.pk, attempt.exercise)
        numbers[place] = numbers.get(place, 0) + 1
        for result in attempt.results:
            yield {
                "participant": person.name,
                "participant_id": str(person.pk),
                "exercise": attempt.exercise,
                "attempt": numbers[place],
                "time": iso(attempt.created_at),
                "check": result["id"],
                "title": result["title"],
                "hidden": result["hidden"],
                "result": _word(result),
                "detail": detail(result),
            }


def csv_text(found: Iterable[dict[str, Any]]) -> str:
    """The rows as CSV, in which no cell is a formula."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(str(row[name])) for name in COLUMNS] for row in found)
    return written.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def figures(workshop: Workshop) -> list[ExerciseFigures]:
    """The figures of each exercise of the plan."""
    attempts = Attempt.objects.filter(participant__workshop=workshop, state=AttemptState.FINISHED)
    columns = ("participant_id", "exercise", "passed", "failed", "interrupted", "finished_at", "error")
    all_attempts = list(attempts.only(*columns).order_by("created_at"))
    works = Work.objects.filter(participant__workshop=workshop).exclude(started_at=None)
    begun = list(works.values_list("exercise", "participant_id", "started_at"))
    return [
        _figures(
            exercise["title"],
            {person: moment for name, person, moment in begun if name == exercise["id"] and moment},
            [attempt for attempt in all_attempts if attempt.exercise == exercise["id"]],
        )
        for exercise in workshop.plan["exercises"]
    ]


def _figures(title: str, begun: dict[Any, datetime], attempts: Sequence[Attempt]) -> ExerciseFigures:
    done: dict[Any, datetime] = {}
    for attempt in attempts:
        if is_done(attempt) and attempt.finished_at:
            done.setdefault(attempt.participant_id, attempt.finished_at)
    taken = [(moment - begun[one]).total_seconds() / 60 for one, moment in done.items() if one in begun]
    return ExerciseFigures(
        title=title,
        begun=len({*begun, *(attempt.participant_id for attempt in attempts)}),
        done=len(done),
        attempts=sum(map(counts, attempts)),
        interruptions=sum(not counts(attempt) for attempt in attempts),
        minutes=max(0.0, median(taken)) if taken else None,
        errors=most_frequent(attempt.error for attempt in attempts if attempt.error),
    )


def _word(result: dict[str, Any]) -> str:
    if result["interrupted"]:
        return "interrupted"
    return "passed" if result["passed"] else "failed"


def detail(result: dict[str, Any]) -> str:
    """What was otherwise than a check wants, in sentences."""
    sentences = [
        one["difference"]["message"] for one in result["expectations"] if one["difference"] is not None
    ]
    return " ".join(filter(None, [result["interrupted"], *sentences]))
