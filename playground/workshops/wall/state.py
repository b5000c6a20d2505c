"""What the wall shows: a row for each participant, a cell for each exercise."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from redis.exceptions import RedisError

from playground.iso_time import iso
from playground.workshops import presence, showing, workshop_store
from playground.workshops.models import Attempt, Participant, Work, Workshop
from playground.workshops.progress import ATTEMPT_COLUMNS, WORK_COLUMNS, last_error, progress_object
from playground.workshops.said import said_object
from playground.workshops.wall.figures import figures_object


def wall_object(workshop: Workshop) -> dict[str, Any]:
    """Everything."""
    return {
        "type": "wall",
        "time": iso(timezone.now()),
        "workshop": workshop_object(workshop),
        "participants": rows(workshop),
        "figures": figures_object(workshop),
    }


def change_object(workshop: Workshop, about: Collection[str], with_workshop: bool) -> dict[str, Any]:
    """What is other than before: the rows of some participants, and perhaps the workshop itself."""
    changed = rows(workshop, about)
    return {
        "type": "change",
        "time": iso(timezone.now()),
        "workshop": workshop_object(workshop) if with_workshop else None,
        "participants": changed,
        "removed": sorted(set(about) - {row["id"] for row in changed}),
        "figures": figures_object(workshop),
    }


def workshop_object(workshop: Workshop) -> dict[str, Any]:
    """How the workshop itself stands."""
    is_open = workshop_store.open_exercises(workshop)
    return {
        "title": workshop.title,
        "code": workshop.code if workshop.joining else "",
        "is_locked": workshop.locked,
        "runs_per_minute": workshop.runs_per_minute,
        "exercises": [
            {
                "id": one["id"],
                "title": one["title"],
                "checks": len(one.get("checks", [])),
                "is_open": one["id"] in is_open,
            }
            for one in workshop.plan["exercises"]
        ],
        "announcements": [said_object(row) for row in workshop.announcements.all()],
        "showing": _showing(workshop),
    }


def _showing(workshop: Workshop) -> dict[str, Any] | None:
    current = showing.current(workshop)
    if current is None or current.attempt.participant is None:
        return None
    return {
        "attempt": str(current.attempt_id),
        "name": current.attempt.participant.name,
        "title": showing.title_of(workshop, current.attempt.exercise),
        "agreed": current.agreed,
    }


def rows(workshop: Workshop, about: Collection[str] | None = None) -> list[dict[str, Any]]:
    """The rows of those who take part, of all or of some."""
    found = workshop.participants.filter(removed_at=None)
    if about is not None:
        found = found.filter(pk__in=list(about))
    people = list(found)
    ids = [person.pk for person in people]
    works = list(Work.objects.filter(participant__in=ids).only(*WORK_COLUMNS))
    attempts = list(Attempt.objects.filter(participant__in=ids).only(*ATTEMPT_COLUMNS))
    try:
        here = presence.here(workshop.pk)
    except RedisError:
        here = set()
    return [
        _row(
            person,
            [work for work in works if work.participant_id == person.pk],
            [attempt for attempt in attempts if attempt.participant_id == person.pk],
            is_here=str(person.pk) in here,
        )
        for person in people
    ]


def _row(
    person: Participant, works: Iterable[Work], attempts: Collection[Attempt], *, is_here: bool
) -> dict[str, Any]:
    by_exercise = {work.exercise: work for work in works}
    names = dict.fromkeys((*by_exercise, *(attempt.exercise for attempt in attempts)))
    return {
        "id": str(person.pk),
        "name": person.name,
        "is_here": is_here,
        "exercise": person.exercise,
        "active_at": iso(person.active_at),
        "hand_raised_at": _iso(person.hand_raised_at),
        "cells": {
            name: _cell(by_exercise.get(name), [one for one in attempts if one.exercise == name])
            for name in names
        },
    }


def _cell(work: Work | None, attempts: Sequence[Attempt]) -> dict[str, Any]:
    return {
        **progress_object(work, attempts),
        "error": last_error(attempts),
        "saved_at": _iso(work.saved_at) if work else None,
    }


def _iso(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None
