"""How many runs a participant may begin within a minute, tests and checks together."""

from datetime import timedelta

from django.utils import timezone

from playground.invocations import admission
from playground.invocations.models import Invocation
from playground.workshops.models import Attempt, Participant
from playground.workshops.runs_as import PARTICIPANT

PERIOD_S = 60
NONE = "Whoever leads the workshop allows no runs at the moment."


def admit(participant: Participant) -> None:
    """Raises admission.Refused where a participant has begun as many as may be."""
    most = participant.workshop.runs_per_minute
    if most is None:
        return
    if most == 0:
        raise admission.Refused("runs_per_minute", NONE, PERIOD_S)
    since = timezone.now() - timedelta(seconds=PERIOD_S)
    tests = Invocation.objects.filter(owner=participant.runs_as, created_at__gte=since).count()
    attempts = Attempt.objects.filter(participant=participant, created_at__gte=since).count()
    if tests + attempts >= most:
        message = f"You have begun {tests + attempts} runs within a minute, and {most} may be."
        raise admission.Refused("runs_per_minute", message, PERIOD_S // 4)


def admit_owner(owner: str) -> None:
    """The same of the owner of an invocation, which may be no participant."""
    if not owner.startswith(PARTICIPANT):
        return
    participant = Participant.objects.select_related("workshop").filter(runs_as=owner).first()
    if participant is None or participant.removed_at is not None:
        raise admission.Refused("participant", "You are no longer in this workshop.", PERIOD_S)
    admit(participant)
