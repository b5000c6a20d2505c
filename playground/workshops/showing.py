"""One attempt that whoever leads shows to all, if the one who made it agrees."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from playground.workshops import live
from playground.workshops.models import Attempt, AttemptState, Participant, Showing, Workshop
from playground.workshops.participant.results import shown_results
from playground.workshops.plans import exercise_of

NOTHING = "Nothing is shown to all now."


def current(workshop: Workshop) -> Showing | None:
    """What is shown, or is to be; None where whose it was is no longer in."""
    found = Showing.objects.filter(workshop=workshop, attempt__participant__removed_at=None)
    return found.select_related("attempt__participant").first()


def asked(workshop: Workshop, attempt_id: UUID) -> Showing | None:
    """Ask whoever made an attempt, in place of what was asked before. None where there is no such attempt."""
    attempts = Attempt.objects.filter(workshop=workshop, state=AttemptState.FINISHED)
    attempt = attempts.filter(pk=attempt_id, participant__removed_at=None).exclude(participant=None).first()
    if attempt is None:
        return None
    new = {"attempt": attempt, "agreed": None, "asked_at": timezone.now()}
    showing, _ = Showing.objects.update_or_create(workshop=workshop, defaults=new)
    live.tell_all(workshop.pk)
    return showing


def answered(participant: Participant, agrees: bool) -> bool:
    """Note what somebody says who was asked, also when they change their mind; False where they were not."""
    theirs = Showing.objects.filter(workshop=participant.workshop_id, attempt__participant=participant)
    changed = theirs.update(agreed=agrees)
    if changed:
        live.tell_all(participant.workshop_id)
    return bool(changed)


def ended(workshop: Workshop) -> None:
    """Show nothing any more."""
    Showing.objects.filter(workshop=workshop).delete()
    live.tell_all(workshop.pk)


def title_of(workshop: Workshop, exercise_id: str) -> str:
    """An exercise's title, also where the plan has it no longer."""
    exercise = exercise_of(workshop, exercise_id)
    return exercise.title if exercise else exercise_id


def shown_object(workshop: Workshop) -> dict[str, Any] | None:
    """What everybody sees: files and results without a name, and of a hidden check no more than its maker."""
    showing = current(workshop)
    if showing is None or not showing.agreed:
        return None
    attempt = showing.attempt
    return {
        "attempt": str(attempt.pk),
        "title": title_of(workshop, attempt.exercise),
        "files": attempt.files,
        "passed": attempt.passed,
        "failed": attempt.failed,
        "interrupted": attempt.interrupted,
        "results": shown_results(attempt.results),
    }
