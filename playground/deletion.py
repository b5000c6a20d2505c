"""Many rows deleted in portions."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import models

AT_ONCE: Final = 200
"""Rows of one statement: outside a transaction nobody who writes waits for long."""


def deleted(rows: models.QuerySet[Any]) -> int:
    """Delete rows with what hangs on them; gives how many there were."""
    count = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        _delete(rows.model, keys)
        count += len(keys)
    return count


def _delete(model: type[models.Model], keys: Iterable[Any]) -> None:
    # Only the key is read of what goes, as archives and logs are large.
    model._base_manager.filter(pk__in=keys).only("pk").delete()
