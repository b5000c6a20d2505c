"""What was said to all or to one, as every page is told of it."""

from typing import Any

from playground.iso_time import iso
from playground.workshops.models import Announcement, Note


def said_object(row: Announcement | Note) -> dict[str, Any]:
    """The text and when it was said."""
    return {"id": row.pk, "text": row.text, "time": iso(row.created_at)}
