"""How a workshop and one participant's progress in it are, as their page is told."""

from collections.abc import Iterable
from typing import Any

from playground.iso_time import iso
from playground.workshops import showing, workshop_store
from playground.workshops.models import Announcement, Attempt, AttemptState, Note, Participant, Work
from playground.workshops.plan import Exercise
from playground.workshops.plans import plan_of

STATE_COLUMNS = ("exercise", "state", "passed", "failed", "plan_revision")


def state_object(participant: Participant) -> dict[str, Any]:
    """Everything but what is in the exercises: small enough to be sent whenever something changes."""
    workshop = participant.workshop
    is_open = workshop_store.open_exercises(workshop)
    works = {work.exercise: work for work in participant.works.only("exercise", "revision", "started_at")}
    attempts = list(participant.attempts.only("id", *STATE_COLUMNS))
    return {
        "type": "state",
        "title": workshop.title,
        "plan_revision": workshop.revision,
        "is_locked": workshop.locked,
        "runs_per_minute": workshop.runs_per_minute,
        "ends_at": iso(workshop.ends_at) if workshop.ends_at else None,
        "delete_at": iso(workshop.delete_at),
        "name": participant.name,
        "hand_raised": participant.hand_raised_at is not None,
        "exercises": [
            _exercise(one, works.get(one.id), [attempt for attempt in attempts if attempt.exercise == one.id])
            for one in plan_of(workshop).exercises
            if one.id in is_open
        ],
        "announcements": [_said(row) for row in workshop.announcements.all()],
        "notes": [{**_said(row), "exercise": row.exercise} for row in participant.notes.all()],
        **_showing(participant),
    }


def _showing(participant: Participant) -> dict[str, Any]:
    """What somebody is asked to show, and what is shown to all."""
    current = showing.current(participant.workshop)
    told = {"asked_to_show": None, "shown": None}
    if current is None:
        return told
    is_mine = current.attempt.participant_id == participant.pk
    title = showing.title_of(participant.workshop, current.attempt.exercise)
    if current.agreed:
        return {**told, "shown": {"attempt": str(current.attempt_id), "title": title, "is_mine": is_mine}}
    return {**told, "asked_to_show": title} if is_mine and current.agreed is None else told


def _exercise(exercise: Exercise, work: Work | None, attempts: Iterable[Attempt]) -> dict[str, Any]:
    finished = [one for one in attempts if one.state == AttemptState.FINISHED]
    running = [one for one in attempts if one.state == AttemptState.RUNNING]
    last = finished[-1] if finished else None
    return {
        "id": exercise.id,
        "title": exercise.title,
        "minutes": exercise.minutes,
        "revision": work.revision if work else 0,
        "is_begun": work is not None and work.started_at is not None,
        "is_done": any(is_done(one) for one in finished),
        "attempts": len(finished),
        "last_passed": last.passed if last else None,
        "checks": len(exercise.checks),
        "running": str(running[-1].pk) if running else None,
    }


def is_done(attempt: Attempt) -> bool:
    """Whether an attempt that has ended has passed every check."""
    return attempt.failed == 0 and attempt.passed > 0


def _said(row: Announcement | Note) -> dict[str, Any]:
    return {"id": row.pk, "text": row.text, "time": iso(row.created_at)}
