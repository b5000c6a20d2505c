"""What participants make of exercises, as it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from playground.snippets.function_reader import FunctionFields
from playground.snippets.test_event import TestEventFields
from playground.workshops.limits import COPIES_MAX
from playground.workshops.models import Code, Copy, Participant, Work
from playground.workshops.plan import Exercise

CODE_COLUMNS = ("files", "handler", "memory_size", "timeout", "ephemeral_storage", "environment")


class ChangedMeanwhile(Exception):
    """The work is not what the change was made on: it was changed in another tab."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is in the editor of an exercise."""

    function: FunctionFields
    test_events: Sequence[TestEventFields]


def function_of(code: Code) -> FunctionFields:
    """Files and configuration of a row. Raises encryption.Unreadable."""
    columns: dict[str, Any] = {name: getattr(code, name) for name in CODE_COLUMNS}
    return FunctionFields(**{**columns, "environment": dict(code.environment)})


def columns_of(function: FunctionFields) -> dict[str, Any]:
    """Files and configuration as a row has them."""
    return {name: getattr(function, name) for name in CODE_COLUMNS}


def found(participant: Participant, exercise_id: str) -> Work:
    """The work of an exercise; a row that is not stored where there is none."""
    row = Work.objects.filter(participant=participant, exercise=exercise_id).first()
    return row or Work(participant=participant, exercise=exercise_id)


def content_of(work: Work, exercise: Exercise) -> Content:
    """What is in the editor: the work, or the starter where nothing was begun."""
    if work.started_at is None:
        return Content(function=exercise.starter, test_events=exercise.test_events)
    events = [TestEventFields(**fields) for fields in work.test_events]
    return Content(function=function_of(work), test_events=events)


def saved(work: Work, content: Content, revision: int) -> Work:
    """Keep what was made on a revision. Raises ChangedMeanwhile."""
    with transaction.atomic():
        row, _ = Work.objects.get_or_create(participant_id=work.participant_id, exercise=work.exercise)
        now = timezone.now()
        changed = Work.objects.filter(pk=row.pk, revision=revision).update(
            **_columns(content),
            revision=F("revision") + 1,
            started_at=row.started_at or now,
            saved_at=now,
        )
        if not changed:
            raise ChangedMeanwhile
    row.refresh_from_db()
    return row


def reset(work: Work) -> Work:
    """Bring the starter back; what was there is kept as a copy."""
    if work.started_at is None:
        return work
    with transaction.atomic():
        row = Work.objects.select_for_update().get(pk=work.pk)
        _copied(row)
        # As if nothing had been begun, so that a starter that is changed later reaches this one too.
        empty = columns_of(FunctionFields(files={}))
        Work.objects.filter(pk=row.pk).update(
            **empty, test_events=[], started_at=None, revision=F("revision") + 1
        )
    row.refresh_from_db()
    return row


def restored(work: Work, copy: Copy) -> Work:
    """Bring a copy back; what was there is kept as a copy in turn."""
    with transaction.atomic():
        row = Work.objects.select_for_update().get(pk=work.pk)
        if row.started_at is not None:
            _copied(row)
        events = [TestEventFields(**fields) for fields in copy.test_events]
        restored = saved(row, Content(function=function_of(copy), test_events=events), row.revision)
        Copy.objects.filter(pk=copy.pk).delete()
    return restored


def hint_opened(work: Work, exercise: Exercise) -> Work:
    """Show the next hint. The work counts as begun no more than before."""
    row, _ = Work.objects.get_or_create(participant_id=work.participant_id, exercise=work.exercise)
    closed = Work.objects.filter(pk=row.pk, hints_opened__lt=len(exercise.hints))
    closed.update(hints_opened=F("hints_opened") + 1)
    row.refresh_from_db()
    return row


def _copied(row: Work) -> None:
    columns: Mapping[str, Any] = columns_of(function_of(row))
    Copy.objects.create(work=row, test_events=row.test_events, **columns)
    kept = row.copies.values_list("pk", flat=True)[:COPIES_MAX]
    row.copies.exclude(pk__in=list(kept)).delete()


def _columns(content: Content) -> dict[str, Any]:
    events = [asdict(event) for event in content.test_events]
    return {**columns_of(content.function), "test_events": events}
