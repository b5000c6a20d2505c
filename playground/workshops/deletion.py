"""What is not kept of a workshop: its participants with all that is theirs, from the day they were told."""

from datetime import datetime
from typing import Final

from django.db import transaction

from playground.deletion import deleted
from playground.invocations import service
from playground.invocations.models import Invocation, State
from playground.workshops import live
from playground.workshops.models import Participant, Workshop
from playground.workshops.runs_as import checked_as, runs_as

AT_ONCE: Final = 20
"""People of one transaction, so that nobody who writes waits for long."""


def participants_deleted(workshop: Workshop) -> None:
    """Delete everybody who takes part with their work, their attempts and their runs. The plan stays."""
    Workshop.objects.filter(pk=workshop.pk).update(joining=False)
    workshop.joining = False
    _end_runs(workshop)
    while some := list(workshop.participants.values_list("pk", flat=True)[:AT_ONCE]):
        owners = [
            owner
            for person in some
            for owner in (runs_as(person), checked_as(person, False), checked_as(person, True))
        ]
        with transaction.atomic():
            deleted(Invocation.objects.filter(owner__in=owners))
            Participant.objects.filter(pk__in=some).delete()
    workshop.announcements.all().delete()
    # Whoever has a page open is told that there is nothing.
    live.tell_all(workshop.pk)


def _end_runs(workshop: Workshop) -> None:
    owners = workshop.participants.values("runs_as")
    for row in Invocation.objects.filter(owner__in=owners).exclude(state=State.FINISHED):
        service.cancel(row)


def workshop_deleted(workshop: Workshop) -> None:
    """Delete a workshop with everybody and everything in it."""
    participants_deleted(workshop)
    tried = (checked_as(workshop.pk, False), checked_as(workshop.pk, True))
    deleted(Invocation.objects.filter(owner__in=tried))
    workshop_id = workshop.pk
    workshop.delete()
    live.tell_all(workshop_id)


def purge(now: datetime) -> None:
    """Delete the participants of every workshop whose day has come."""
    due = Workshop.objects.filter(delete_at__lte=now).exclude(participants=None).distinct()
    for workshop in due:
        participants_deleted(workshop)
