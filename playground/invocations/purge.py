"""What is not kept for ever: the bin, what nobody without an account uses any more, packages of nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from playground.access_keys.models import AccessKey
from playground.deletion import deleted
from playground.invocations.models import Invocation, State
from playground.owner import ACCOUNT
from playground.snippets.models import DeploymentPackage, Snippet

PACKAGE_AGE: Final = timedelta(hours=1)
"""A package that is younger may be about to be used."""


further: list[Callable[[datetime], None]] = []
"""Each removes what a part above this one keeps no longer."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows went."""

    snippets: int
    invocations: int
    packages: int
    access_keys: int = 0


def purge(now: datetime) -> Purged:
    """Remove what is older than BIN_DAYS and RETENTION_DAYS allow, and sessions that are over.

    Parts above this one remove what they keep no longer.
    """
    for remove in further:
        remove(now)
    Session.objects.filter(expire_date__lt=now).delete()
    binned = Snippet.objects.filter(deleted_at__lt=now - timedelta(days=settings.BIN_DAYS))
    snippets, invocations, access_keys = deleted(binned), 0, 0
    if settings.RETENTION_DAYS:
        since = now - timedelta(days=settings.RETENTION_DAYS)
        unused = Snippet.objects.filter(last_modified__lt=since).exclude(owner__startswith=ACCOUNT)
        snippets += deleted(unused.exclude(invocations__created_at__gte=since))
        old = Invocation.objects.filter(created_at__lt=since, state=State.FINISHED)
        # A run that somebody shares stays as long as its link.
        invocations = deleted(old.exclude(owner__startswith=ACCOUNT).filter(shares=None))
        unused_keys = AccessKey.objects.filter(created_at__lt=since).exclude(owner__startswith=ACCOUNT)
        access_keys = deleted(unused_keys.exclude(last_used_at__gte=since))
    return Purged(snippets, invocations, deleted(packages_of_nothing(now)), access_keys)


def packages_of_nothing(now: datetime) -> QuerySet[DeploymentPackage]:
    """The packages that nothing has any more."""
    of_nothing = {"snippets": None, "versions": None, "invocations": None}
    return DeploymentPackage.objects.filter(created_at__lt=now - PACKAGE_AGE, **of_nothing)
