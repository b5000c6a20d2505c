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
# Every submission asks one of them: see playground.invocations.queue for why they are written out.
_MOVED = f"SELECT account FROM {MovedOwner._meta.db_table} WHERE digest = %s AND moved_at >= %s"  # noqa: S608
_LIVES = f"SELECT is_active FROM {User._meta.db_table} WHERE id = %s"  # noqa: S608


def is_browser(owner: str) -> bool:
    """Whether an owner is a browser's key: no account, visitor of an embed, or caller of the Lambda API."""
    return bool(_KEY.fullmatch(owner))


def whose_now(owner: str) -> str:
    """Whose it is to be what the transaction makes. Raises OwnerGone."""
    if owner.startswith(ACCOUNT):
        _hold(owner, shared=True)
        _refuse_gone(owner)
    elif is_browser(owner):
        _hold(owner, shared=True)
        since = connection.ops.adapt_datetimefield_value(timezone.now() - UNDER_WAY_AT_MOST)
        with connection.cursor() as cursor:
            cursor.execute(_MOVED, [_digest(owner), since])
            found = cursor.fetchone()
        return str(found[0]) if found else owner
    return owner


def begin_move(old: str, new: str) -> None:
    """Wait until nothing is being made for a browser's key or the account; what comes later is the account's.

    Raises OwnerGone.
    """
    _hold(old)
    _hold(new)
    _refuse_gone(new)
    now = timezone.now()
    MovedOwner.objects.filter(moved_at__lt=now - UNDER_WAY_AT_MOST).delete()
    MovedOwner.objects.get_or_create(digest=_digest(old), defaults={"account": new, "moved_at": now})


def end(owner: str) -> None:
    """Wait until nothing is being made for an account that is about to be deleted."""
    _hold(owner)
    MovedOwner.objects.filter(account=owner).delete()


def _refuse_gone(account: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LIVES, [int(account.removeprefix(ACCOUNT))])
        found = cursor.fetchone()
    if not found or not found[0]:
        raise OwnerGone


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
