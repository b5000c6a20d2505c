"""Access keys whose owner becomes another, or goes."""

from typing import Any

from django.utils import timezone

from playground.access_keys.models import AccessKey
from playground.owner import Move, owner_deleted, owner_moved

REVOKED_WORDS = "The access keys of this browser are revoked: make new ones where you need them."


def listen() -> None:
    """Take part in what happens to owners."""
    owner_moved.connect(_move)
    owner_deleted.connect(_delete)


def _move(move: Move, **_: Any) -> None:
    """The keys come along and are revoked.

    Somebody else may have used this browser before, and have kept a key: it must not open the account.
    """
    keys = AccessKey.objects.filter(owner=move.old)
    if keys.filter(revoked_at=None).update(revoked_at=timezone.now()):
        move.told.append(REVOKED_WORDS)
    keys.update(owner=move.new)


def _delete(owner: str, **_: Any) -> None:
    AccessKey.objects.filter(owner=owner).delete()
