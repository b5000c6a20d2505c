"""Whether a link still opens. Pure."""

from datetime import datetime
from enum import StrEnum


class Life(StrEnum):
    """Where a link is in its life."""

    LIVE = "live"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"
    DELETED = "deleted"
    """The snippet was deleted, and can be brought back with its links."""


def life_of(
    now: datetime, *, expires_at: datetime | None, taken_back_at: datetime | None, deleted_at: datetime | None
) -> Life:
    """What a link is at a moment."""
    if taken_back_at is not None:
        return Life.TAKEN_BACK
    if deleted_at is not None:
        return Life.DELETED
    if expires_at is not None and expires_at <= now:
        return Life.EXPIRED
    return Life.LIVE
