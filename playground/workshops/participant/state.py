"""How a workshop and one participant's progress in it are, as their page is told."""

from typing import Any

from playground.iso_time import iso
from playground.workshops import showing, workshop_store
from playground.workshops.models import Note, Participant
from playground.workshops.plans import plan_of
from playground.workshops.progress import ATTEMPT_COLUMNS, WORK_COLUMNS, progress_object
from playground.workshops.said import said_object


def state_object(participant: Participant) -> dict[str, Any]:
    """Everything but what is in the exercises: small enough to be sent whenever something changes."""
    workshop = participant.workshop
    is_open = workshop_store.open_exercises(workshop)
    works = {work.exercise: work for work in participant.works.only(*WORK_COLUMNS)}
    attempts = list(participant.attempts.only(*ATTEMPT_COLUMNS))
    return {
        "type": "state",
        "title": workshop.title,
        "plan_revision": workshop.revision,
        "is_locked": workshop.locked,
        "runs_per_minute": workshop.runs_per_minute,
        "ends_at": iso(workshop.ends_at) if workshop.ends_at else None,
        "delete_at": iso(workshop.delete_at),
        "name": participant.name,
        "hand_raised_at": iso(participant.hand_raised_at) if participant.hand_raised_at else None,
        "exercises": [
            {
                "id": one.id,
                "title": one.title,
                "minutes": one.minutes,
                "checks": len(one.checks),
                **progress_object(
                    works.get(one.id), [attempt for attempt in attempts if attempt.exercise == one.id]
                ),
            }
            for one in plan_of(workshop).exercises
            if one.id in is_open
        ],
        "announcements": [said_object(row) for row in workshop.announcements.all()],
        "notes": [_note(row) for row in participant.notes.all()],
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


def _note(row: Note) -> dict[str, Any]:
    return {**said_object(row), "exercise": row.exercise}
