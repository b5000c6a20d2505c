"""Who takes part: joining, finding again by the personal link, being removed, a raised hand."""

import hashlib
import unicodedata
from typing import Final

from django.db import transaction
from django.utils import timezone

from invoker.fault import Fault
from playground.invocations import service
from playground.invocations.models import Invocation, State
from playground.json_body import is_storable
from playground.sharing.models import new_token
from playground.workshops import live
from playground.workshops.limits import NAME_LENGTH_MAX, PARTICIPANTS_MAX, REMOVED_MAX
from playground.workshops.models import Participant, Workshop
from playground.workshops.runs_as import PARTICIPANT

JOINERS: Final = "\u200c\u200d"
"""Persian names and emoji of several people have them."""
BLANK: Final = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that look like nothing."""


def joined(workshop: Workshop, name: str) -> tuple[Participant, str] | list[Fault]:
    """Somebody new with the token of their personal link, which nothing here keeps; or why not."""
    name = " ".join(name.split())
    if faults := name_faults(name):
        return faults
    token = new_token()
    with transaction.atomic():
        # Two that join at once are counted one after the other.
        row = Workshop.objects.select_for_update().filter(pk=workshop.pk, joining=True).first()
        if row is None:
            return [Fault((), "The code has just been closed.")]
        if row.participants.filter(removed_at=None).count() >= PARTICIPANTS_MAX:
            return [Fault((), f"{PARTICIPANTS_MAX} people take part already, and no more can.")]
        if row.participants.exclude(removed_at=None).count() >= REMOVED_MAX:
            return [Fault((), "So many were removed from this workshop that nobody can join any more.")]
        participant = Participant.objects.create(workshop=row, name=name, token_sha256=_sha256(token))
        live.tell_wall(row.pk, participant.pk)
    return participant, token


def found(token: str) -> Participant | None:
    """Whose personal link it is; None for nobody's, and for somebody's who was removed."""
    if not token.isascii():
        return None
    rows = Participant.objects.select_related("workshop").filter(removed_at=None)
    return rows.filter(token_sha256=_sha256(token)).first()


def removed(participant: Participant) -> None:
    """Somebody is no longer in, and reads nothing any more; what they made is kept, and their tests end."""
    now = timezone.now()
    Participant.objects.filter(pk=participant.pk, removed_at=None).update(removed_at=now, hand_raised_at=None)
    live.tell_of(participant)
    for row in Invocation.objects.filter(owner=participant.runs_as).exclude(state=State.FINISHED):
        service.cancel(row)


def is_shut_out(owner: str) -> bool:
    """Whether an owner of runs is a participant who is in no workshop any more."""
    if not owner.startswith(PARTICIPANT):
        return False
    return not Participant.objects.filter(runs_as=owner, removed_at=None).exists()


def hand_raised(participant: Participant, is_raised: bool) -> None:
    """Ask for help, or no longer. Whoever waits keeps the place in the line."""
    if is_raised:
        mine = Participant.objects.filter(pk=participant.pk, hand_raised_at=None)
        mine.update(hand_raised_at=timezone.now())
    else:
        Participant.objects.filter(pk=participant.pk).update(hand_raised_at=None)


def seen(participant: Participant, exercise: str) -> None:
    """Note that somebody does something, and in which exercise."""
    Participant.objects.filter(pk=participant.pk).update(active_at=timezone.now(), exercise=exercise)


def name_faults(name: str) -> list[Fault]:
    """What is wrong with a display name."""
    name = " ".join(name.split())
    if not name:
        return [Fault(("name",), "Say a name by which you can be called.")]
    if len(name) > NAME_LENGTH_MAX:
        return [Fault(("name",), f"A name may have {NAME_LENGTH_MAX} characters at most.")]
    if not is_storable(name) or any(map(_is_unseen, name)):
        return [Fault(("name",), "The name has a character that cannot be shown.")]
    if all(one in BLANK or unicodedata.category(one)[0] in "ZMC" for one in name):
        return [Fault(("name",), "Say a name that can be seen.")]
    return []


def _is_unseen(one: str) -> bool:
    return one not in JOINERS and unicodedata.category(one) in {"Cc", "Cf"}


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
