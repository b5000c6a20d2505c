"""Who may read an invocation: its owner, staff, and whom else a part above this one lets."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from playground.invocations.models import Invocation

open_to_anyone: list[Callable[[], Q]] = []
"""Each gives the condition under which anyone may read an invocation; parts above this one add theirs."""


open_to_owner: list[Callable[[str], Q]] = []
"""Each gives the condition under which an owner may read an invocation of somebody else."""


shut_out: list[Callable[[str], bool]] = []
"""Each says whether an owner reads nothing any more, not even their own; parts above this one add theirs."""


def is_shut_out(owner: str | None) -> bool:
    """Whether somebody reads nothing any more."""
    return owner is not None and any(is_out(owner) for is_out in shut_out)


def readable(user: Any, owner: str | None) -> QuerySet[Invocation]:
    """The invocations that somebody may read. `owner` is None for whoever owns nothing."""
    if user.is_staff and user.is_active:
        return Invocation.objects.all()
    if is_shut_out(owner):
        return Invocation.objects.none()
    allowed = Q(pk__in=[]) if owner is None else Q(owner=owner)
    for condition in open_to_anyone:
        allowed |= condition()
    if owner is not None:
        for of_owner in open_to_owner:
            allowed |= of_owner(owner)
    return Invocation.objects.filter(allowed)


def may_change(user: Any, owner: str | None, invocation: Invocation) -> bool:
    """Whether somebody who may read an invocation may also end it: its owner and staff, no other reader."""
    return invocation.owner == owner or (user.is_staff and user.is_active)
