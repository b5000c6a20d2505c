"""The WebSocket of one participant: how the workshop and their own progress are."""

from collections import Counter
from typing import Any
from uuid import UUID

from playground.database import in_database_thread
from playground.workshops import checking, live, participants, presence
from playground.workshops.limits import SOCKETS_PER_PARTICIPANT_MAX
from playground.workshops.live_consumer import LiveConsumer, NotYours, TooMany
from playground.workshops.models import Participant
from playground.workshops.participant.state import state_object

_open: Counter[UUID] = Counter()
"""How many WebSockets each participant has open with this process."""


class ParticipantConsumer(LiveConsumer):
    """Known by the token of the personal link."""

    _participant: Participant | None = None
    _told: dict[str, Any] | None = None

    async def begun(self) -> tuple[str, ...]:
        """What all hear, and what only this one hears."""
        participant = await self._found()
        if _open[participant.pk] >= SOCKETS_PER_PARTICIPANT_MAX:
            raise TooMany
        _open[participant.pk] += 1
        self._participant = participant
        await presence.is_here(participant.workshop_id, participant.pk)
        await in_database_thread(live.tell_wall, participant.workshop_id, participant.pk)
        return live.room_stream(participant.workshop_id), live.participant_stream(participant.pk)

    async def told(self, about: set[str] | None) -> dict[str, Any] | None:
        """All of the state, which is small, where it is other than before."""
        participant = await self._found()
        await presence.is_here(participant.workshop_id, participant.pk)
        await checking.resume(participant)
        # Also after some silence: what Redis did not take was told to nobody.
        state = await in_database_thread(state_object, participant)
        if state == self._told:
            return None
        self._told = state
        return state

    async def ended(self) -> None:
        """Somebody has gone, as far as this connection knows."""
        if self._participant:
            _open[self._participant.pk] -= 1
            if not _open[self._participant.pk]:
                del _open[self._participant.pk]
            await presence.has_gone(self._participant.workshop_id, self._participant.pk)
            await in_database_thread(live.tell_wall, self._participant.workshop_id, self._participant.pk)

    async def _found(self) -> Participant:
        found = await in_database_thread(participants.found, self.scope["url_route"]["kwargs"]["token"])
        if found is None:
            raise NotYours
        return found
