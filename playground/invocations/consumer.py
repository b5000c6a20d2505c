"""The WebSockets that carry invocations' events, from whichever one was seen last."""

import asyncio
import contextlib
import json
import logging
from functools import partial
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from redis.exceptions import RedisError

from playground.invocations.following import state_for, tell
from playground.invocations.models import State
from playground.invocations.stream import Message
from playground.invocations.wish import read_wish

logger = logging.getLogger(__name__)
CLOSE_NORMAL = 1000
CLOSE_TRY_AGAIN = 1013
CLOSE_NOT_UNDERSTOOD = 4400
CLOSE_NOT_FOUND = 4404
UNUSED_S_MAX = 600.0
"""So long a page's WebSocket stays open while nothing is followed; its next run opens another."""
FRAME_MESSAGES_MAX = 500
"""A page that reads late is waited for after so many."""


class NoSuchAddress(AsyncWebsocketConsumer):
    """Every other WebSocket address."""

    async def connect(self) -> None:
        """Say that there is nothing here."""
        await self.accept()
        await self.close(CLOSE_NOT_FOUND)


class FollowingConsumer(AsyncWebsocketConsumer):
    """Follows one invocation at a time."""

    _following: asyncio.Task[None] | None = None

    async def tell(self, invocation_id: UUID, messages: list[Message]) -> None:
        """Send what came together."""
        raise NotImplementedError

    async def disconnect(self, code: int) -> None:
        """Stop following."""
        await self.leave()

    async def dispatch(self, message: Message) -> None:
        """Channels would start a thread before each message to close old connections to the database.

        Those of playground.database look after their own.
        """
        await getattr(self, get_handler_name(message))(message)

    def follow(self, invocation_id: UUID, after: int, state: State) -> None:
        """Begin to tell the events of an invocation in this state."""
        self._following = asyncio.create_task(self._follow(invocation_id, after, state))

    async def leave(self) -> None:
        """Send nothing more of what was followed."""
        if self._following:
            self._following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._following

    async def ended(self) -> None:
        """The last event was sent."""
        raise NotImplementedError

    async def unknown(self, invocation_id: UUID) -> None:
        """There is no such invocation, or not any more, or it is somebody else's."""
        raise NotImplementedError

    async def _follow(self, invocation_id: UUID, after: int, state: State) -> None:
        try:
            is_whole = await tell(invocation_id, after, partial(self.tell, invocation_id), state)
        except RedisError:
            # The page comes back with the last number that it saw.
            await self.close(CLOSE_TRY_AGAIN)
        except Exception:
            logger.exception("The events of %s could not be followed.", invocation_id)
            await self.close(CLOSE_TRY_AGAIN)
        else:
            await (self.ended() if is_whole else self.unknown(invocation_id))


class EventsConsumer(FollowingConsumer):
    """The events of the one invocation that the address names; then it closes with code 1000."""

    async def connect(self) -> None:
        """Begin to follow, or close with a code that says why not."""
        await self.accept()
        after = _after(self.scope)
        invocation_id: UUID = self.scope["url_route"]["kwargs"]["invocation_id"]
        if after is None:
            await self.close(CLOSE_NOT_UNDERSTOOD)
        elif (state := await state_for(self.scope, invocation_id)) is None:
            await self.unknown(invocation_id)
        else:
            self.follow(invocation_id, after, state)

    async def tell(self, invocation_id: UUID, messages: list[Message]) -> None:
        """One frame each."""
        for message in messages:
            await self.send(text_data=json.dumps(message))

    async def ended(self) -> None:
        """There is nothing more to come."""
        await self.close(CLOSE_NORMAL)

    async def unknown(self, invocation_id: UUID) -> None:
        """There is nothing to come."""
        await self.close(CLOSE_NOT_FOUND)


class PageConsumer(FollowingConsumer):
    """All runs of a page, one after the other: a WebSocket for each would cost each some milliseconds.

    Every frame names the invocation that its messages are of.
    """

    _unused: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Wait for what the page wants."""
        await self.accept()
        self._wait()

    async def disconnect(self, code: int) -> None:
        """Stop waiting and following."""
        self._stop_waiting()
        await super().disconnect(code)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Follow another invocation in place of the one before."""
        self._stop_waiting()
        await self.leave()
        wish = read_wish(text_data or "")
        if wish is None:
            await self.close(CLOSE_NOT_UNDERSTOOD)
            return
        if state := await state_for(self.scope, wish.invocation_id, wish.visitor):
            self.follow(wish.invocation_id, wish.after, state)
        else:
            await self.unknown(wish.invocation_id)

    async def tell(self, invocation_id: UUID, messages: list[Message]) -> None:
        """Some in one frame: a log of ten thousand lines would else be as many."""
        for first in range(0, len(messages), FRAME_MESSAGES_MAX):
            some = messages[first : first + FRAME_MESSAGES_MAX]
            await self.send(text_data=json.dumps({"invocation": str(invocation_id), "messages": some}))

    async def ended(self) -> None:
        """The page may follow another one."""
        self._wait()

    async def unknown(self, invocation_id: UUID) -> None:
        """The page may follow another one, too."""
        await self.tell(invocation_id, [{"type": "unknown"}])
        self._wait()

    def _wait(self) -> None:
        self._unused = asyncio.create_task(self._close_unused())

    def _stop_waiting(self) -> None:
        if self._unused:
            self._unused.cancel()

    async def _close_unused(self) -> None:
        await asyncio.sleep(UNUSED_S_MAX)
        await self.close(CLOSE_NORMAL)


def _after(scope: Any) -> int | None:
    query = parse_qs(scope["query_string"].decode("ascii", "replace"))
    text = query.get("after", ["0"])[-1]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
