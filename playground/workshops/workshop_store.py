"""Workshops as they are stored: the only place that writes what a teacher decides."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from playground.owner import whose_now
from playground.workshops.join_code import new_code
from playground.workshops.limits import KEPT_DAYS_DEFAULT, WORKSHOPS_PER_OWNER_MAX
from playground.workshops.models import Attempt, AttemptState, OpenExercise, Workshop
from playground.workshops.progress import is_done

CODE_TRIES = 20


class TooManyWorkshops(Exception):
    """The owner has as many as may be. The message is for the user."""


class NotProven(Exception):
    """The plan as it is now has not passed its own checks. The message is for the user."""


def found(owner: str, workshop_id: UUID) -> Workshop | None:
    """An owner's workshop."""
    return Workshop.objects.filter(pk=workshop_id, owner=owner).first()


def created(owner: str, title: str, document: Mapping[str, Any]) -> Workshop:
    """A new workshop of a plan without faults. Raises TooManyWorkshops, OwnerGone."""
    with transaction.atomic():
        owner = whose_now(owner)
        if Workshop.objects.filter(owner=owner).count() >= WORKSHOPS_PER_OWNER_MAX:
            raise TooManyWorkshops(f"You have {WORKSHOPS_PER_OWNER_MAX} workshops, the most there may be.")
        return Workshop.objects.create(
            owner=owner,
            title=title,
            plan=dict(document),
            delete_at=timezone.now() + timedelta(days=KEPT_DAYS_DEFAULT),
        )


def plan_changed(workshop: Workshop, title: str, document: Mapping[str, Any]) -> bool:
    """Give it another plan; False where somebody else has changed it since it was read."""
    return _changed(workshop, title=title, plan=dict(document), revision=F("revision") + 1)


def _changed(workshop: Workshop, **columns: Any) -> bool:
    same = Workshop.objects.filter(pk=workshop.pk, revision=workshop.revision)
    changed = same.update(**columns)
    if changed:
        workshop.refresh_from_db()
    return bool(changed)


def proven(workshop_id: UUID, revision: int) -> None:
    """Note that the solutions of a revision of the plan pass its checks."""
    Workshop.objects.filter(pk=workshop_id, revision=revision).update(proven_revision=revision)


def published(workshop: Workshop) -> None:
    """Let participants in. Raises NotProven where the solutions have not passed."""
    if workshop.proven_revision != workshop.revision:
        raise NotProven("Run the solutions against the checks first: all of them have to pass.")
    Workshop.objects.filter(pk=workshop.pk, published_at=None).update(published_at=timezone.now())
    workshop.refresh_from_db()
    joining_opened(workshop)


def joining_opened(workshop: Workshop, is_new_code: bool = False) -> None:
    """Let the code in, or a new one: an old one opens nothing any more."""
    code = "" if is_new_code else workshop.code
    for _ in range(CODE_TRIES):
        code = code or new_code()
        try:
            with transaction.atomic():
                Workshop.objects.filter(pk=workshop.pk).update(code=code, joining=True)
        except IntegrityError:
            # Another workshop that is open has it.
            code = ""
        else:
            workshop.code, workshop.joining = code, True
            return
    raise RuntimeError("No code is free.")


def joining_closed(workshop: Workshop) -> None:
    """Let nobody in any more. Whoever is in stays."""
    Workshop.objects.filter(pk=workshop.pk).update(joining=False)
    workshop.joining = False


def changed_settings(
    workshop: Workshop,
    *,
    starts_at: datetime | None,
    ends_at: datetime | None,
    runs_per_minute: int | None,
    delete_at: datetime,
) -> None:
    """Schedule, limit of runs, and the day on which data goes."""
    workshop.starts_at, workshop.ends_at = starts_at, ends_at
    workshop.runs_per_minute, workshop.delete_at = runs_per_minute, delete_at
    workshop.save(update_fields=["starts_at", "ends_at", "runs_per_minute", "delete_at"])


def locked(workshop: Workshop, is_locked: bool) -> None:
    """Take nothing from participants any more, or again."""
    Workshop.objects.filter(pk=workshop.pk).update(locked=is_locked)
    workshop.locked = is_locked


def exercises_opened(workshop: Workshop, exercises: Iterable[str]) -> None:
    """Let participants see exercises."""
    rows = [OpenExercise(workshop=workshop, exercise=exercise) for exercise in exercises]
    OpenExercise.objects.bulk_create(rows, ignore_conflicts=True)


def exercises_closed(workshop: Workshop, exercises: Iterable[str]) -> None:
    """Let nobody see exercises any more; what was made of them is kept."""
    OpenExercise.objects.filter(workshop=workshop, exercise__in=list(exercises)).delete()


def open_exercises(workshop: Workshop) -> set[str]:
    """The ids of the exercises that participants see."""
    return set(OpenExercise.objects.filter(workshop=workshop).values_list("exercise", flat=True))


def proven_if_all(workshop: Workshop) -> None:
    """Note that the solutions pass, where the last attempt at each exercise of this plan has."""
    of_plan = Attempt.objects.filter(
        workshop=workshop, participant=None, plan_revision=workshop.revision, state=AttemptState.FINISHED
    )
    passed = {row.exercise: is_done(row) for row in of_plan.order_by("created_at")}
    if all(passed.get(str(exercise["id"])) for exercise in workshop.plan["exercises"]):
        proven(workshop.pk, workshop.revision)


def runs_limited(workshop: Workshop, runs_per_minute: int | None) -> None:
    """How many runs each participant may begin within a minute."""
    Workshop.objects.filter(pk=workshop.pk).update(runs_per_minute=runs_per_minute)
    workshop.runs_per_minute = runs_per_minute
