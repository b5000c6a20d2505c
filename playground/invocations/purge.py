"""What is not kept for ever: the bin, what nobody without an account uses any more, packages of nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models

from playground.invocations.models import Invocation, State
from playground.owner import ACCOUNT
from playground.snippets.models import DeploymentPackage, Snippet

AT_ONCE: Final = 200
"""Rows of one transaction, so that nobody who writes waits for long."""
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


def purge(now: datetime) -> Purged:
    """Remove what is older than BIN_DAYS and RETENTION_DAYS allow, and what parts above keep no longer."""
    for remove in further:
        remove(now)
    binned = Snippet.objects.filter(deleted_at__lt=now - timedelta(days=settings.BIN_DAYS))
    snippets, invocations = _deleted(binned), 0
    if settings.RETENTION_DAYS:
        since = now - timedelta(days=settings.RETENTION_DAYS)
        unused = Snippet.objects.filter(last_modified__lt=since).exclude(owner__startswith=ACCOUNT)
        snippets += _deleted(unused.exclude(invocations__created_at__gte=since))
        old = Invocation.objects.filter(created_at__lt=since, state=State.FINISHED)
        # A run that somebody shares stays as long as its link.
        invocations = _deleted(old.exclude(owner__startswith=ACCOUNT).filter(shares=None))
    of_nothing = {"snippets": None, "versions": None, "invocations": None}
    packages = DeploymentPackage.objects.filter(created_at__lt=now - PACKAGE_AGE, **of_nothing)
    return Purged(snippets, invocations, _deleted(packages))


def _deleted(rows: models.QuerySet[Any]) -> int:
    count = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        _delete(rows.model, keys)
        count += len(keys)
    return count


def _delete(model: type[models.Model], keys: Iterable[Any]) -> None:
    # Only the key is read of what goes, as archives and logs are large.
    model._base_manager.filter(pk__in=keys).only("pk").delete()
