"""Who may submit one more invocation: the limits of queue, address and rate, in one statement."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Min
from django.utils import timezone

from playground.invocations.models import Invocation
from playground.invocations.rows import TABLE

RETRY_AFTER_S = 1
"""When room may have come where as many wait as may: invocations end all the time."""
_LOCK = 0x6C616D626461
"""The advisory lock of submissions on PostgreSQL: any number that nothing else here uses."""
_COUNTS = f"""
    SELECT COUNT(CASE WHEN state = 'queued' THEN 1 END),
           COUNT(CASE WHEN state = 'queued' AND owner = %s THEN 1 END),
           COUNT(CASE WHEN address = %s THEN 1 END),
           (SELECT COUNT(*) FROM {TABLE} WHERE owner = %s AND created_at BETWEEN %s AND %s),
           (SELECT COUNT(*) FROM {TABLE} WHERE address = %s AND created_at BETWEEN %s AND %s)
    FROM {TABLE} WHERE state IN ('queued', 'running')
"""  # noqa: S608 - the table's name is a constant


class Refused(Exception):
    """One more invocation is over a limit.

    `limit` is the setting's name; the message says it in words. It may be tried again after `retry_after_s`.
    """

    def __init__(self, limit: str, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.limit = limit
        self.retry_after_s = retry_after_s


further: list[Callable[[str], None]] = []
"""Each raises Refused where an owner may not; parts above this one add theirs."""


def admit(owner: str, address: str) -> None:
    """Raises Refused where a limit is reached. An empty address is nobody's in particular.

    In a transaction that goes on to insert, nobody else can take the same room in between.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    now = timezone.now()
    since = now - timedelta(seconds=settings.RATE_SECONDS)
    period = [connection.ops.adapt_datetimefield_value(moment) for moment in (since, now)]
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [owner, address, owner, *period, address, *period])
        queued, owners_queued, addresses, owners_rate, addresses_rate = cursor.fetchone()
    if owners_queued >= (most := settings.QUEUED_PER_OWNER_MAX):
        are = "is" if owners_queued == 1 else "are"
        message = f"{owners_queued} of your invocations {are} waiting already, and {most} may."
        raise Refused("QUEUED_PER_OWNER_MAX", message, RETRY_AFTER_S)
    if owners_rate >= (most := settings.SUBMISSIONS_PER_OWNER_MAX):
        message = f"You have submitted {owners_rate} invocations within {_period()}, and {most} may be."
        raise Refused("SUBMISSIONS_PER_OWNER_MAX", message, _until_one_is_older(now, owner=owner))
    if address and addresses >= (most := settings.UNFINISHED_PER_ADDRESS_MAX):
        message = f"{addresses} invocations from your address are waiting or running, and {most} may be."
        raise Refused("UNFINISHED_PER_ADDRESS_MAX", message, RETRY_AFTER_S)
    if address and addresses_rate >= (most := settings.SUBMISSIONS_PER_ADDRESS_MAX):
        message = (
            f"{addresses_rate} invocations were submitted from your address within {_period()}, "
            f"and {most} may be."
        )
        raise Refused("SUBMISSIONS_PER_ADDRESS_MAX", message, _until_one_is_older(now, address=address))
    if queued >= (most := settings.QUEUED_MAX):
        message = f"{queued} invocations are waiting already, and {most} may."
        raise Refused("QUEUED_MAX", message, RETRY_AFTER_S)
    for admit_owner in further:
        admit_owner(owner)


def _period() -> str:
    return "one second" if settings.RATE_SECONDS == 1 else f"{settings.RATE_SECONDS} seconds"


def _until_one_is_older(now: datetime, **whose: Any) -> int:
    """Seconds until the oldest submission of the period is not counted any more."""
    period = timedelta(seconds=settings.RATE_SECONDS)
    recent = Invocation.objects.filter(created_at__range=(now - period, now), **whose)
    oldest = recent.aggregate(Min("created_at"))["created_at__min"] or now
    return max(1, math.ceil((oldest + period - now).total_seconds()))
