"""The WebSocket of a wall."""

from typing import Any
from uuid import UUID

from playground.database import in_database_thread
from playground.owner import owner_of_scope
from playground.workshops import live, workshop_store
from playground.workshops.live_consumer import LiveConsumer, NotYours
from playground.workshops.models import Workshop
from playground.workshops.wall.state import change_object, wall_object


class WallConsumer(LiveConsumer):
    """For the owner of the workshop alone."""

    rest_s = 0.3

    async def begun(self) -> tuple[str, ...]:
        """What the wall hears."""
        workshop = await in_database_thread(_found, self.scope)
        return (live.wall_stream(workshop.pk),)

    async def told(self, about: set[str] | None) -> dict[str, Any] | None:
        """Everything at first; later what changed. After some silence it is everything again: who is here
        changes without a word."""
        return await in_database_thread(_told, self.scope, about)


def _told(scope: Any, about: set[str] | None) -> dict[str, Any]:
    workshop = _found(scope)
    if not about:
        return wall_object(workshop)
    return change_object(workshop, about - {live.ALL}, live.ALL in about)


def _found(scope: Any) -> Workshop:
    workshop_id: UUID = scope["url_route"]["kwargs"]["workshop_id"]
    owner = owner_of_scope(scope)
    workshop = workshop_store.found(owner, workshop_id) if owner else None
    if workshop is None:
        raise NotYours
    return workshop
