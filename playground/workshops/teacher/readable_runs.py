"""Which runs whoever leads a workshop may read: those that its participants begin."""

from django.db.models import Q

from playground.workshops.models import Participant


def of_participants(owner: str) -> Q:
    """The condition under which an invocation is one of a participant in a workshop of this owner."""
    return Q(owner__in=Participant.objects.filter(workshop__owner=owner).values("runs_as"))
