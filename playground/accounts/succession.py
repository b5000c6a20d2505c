"""Whose it is now what a request makes that came before its sender signed in, or deleted the account.

A cookie that is older than the sign-in reaches nothing of what was moved: only what such a request makes new
goes where the rest has gone.
"""

import hashlib
import re
from datetime import timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from playground.accounts.models import MovedOwner
from playground.owner import ACCOUNT, OwnerGone

UNDER_WAY_AT_MOST: Final = timedelta(hours=1)
"""Longer than the largest body may take at the slowest pace that REQUEST_BODY_BYTES_PER_SECOND_MIN allows."""
_KEY = re.compile(r"[0-9a-f]{32}")


def is_browser(owner: str) -> bool:
    """Whether an owner is a browser's key: no account, visitor of an embed, or caller of the Lambda API."""
    return bool(_KEY.fullmatch(owner))


def whose_now(owner: str) -> str:
    """Whose it is to be what the transaction makes. Raises OwnerGone."""
    if owner.startswith(ACCOUNT):
        _hold(owner, shared=True)
        if not User.objects.filter(pk=owner.removeprefix(ACCOUNT), is_active=True).exists():
            raise OwnerGone
    elif is_browser(owner):
        _hold(owner, shared=True)
        since = timezone.now() - UNDER_WAY_AT_MOST
        moved = MovedOwner.objects.filter(digest=_digest(owner), moved_at__gte=since)
        return moved.values_list("account", flat=True).first() or owner
    return owner


def begin_move(old: str, new: str) -> None:
    """Wait until nothing is being made for a browser's key; what comes later is the account's.

    Raises OwnerGone.
    """
    _hold(old)
    whose_now(new)
    now = timezone.now()
    MovedOwner.objects.filter(moved_at__lt=now - UNDER_WAY_AT_MOST).delete()
    MovedOwner.objects.get_or_create(digest=_digest(old), defaults={"account": new, "moved_at": now})


def end(owner: str) -> None:
    """Wait until nothing is being made for an account that is about to be deleted."""
    _hold(owner)
    MovedOwner.objects.filter(account=owner).delete()


def _digest(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()


def _hold(owner: str, shared: bool = False) -> None:
    """Until the end of the transaction: many make something for an owner, or one moves or deletes it all.

    SQLite lets one transaction write at a time anyway.
    """
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(owner.encode()).digest()[:8], signed=True)
        kind = "_shared" if shared else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s)", [number])
