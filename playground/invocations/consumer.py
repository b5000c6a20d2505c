"""The WebSocket that carries an invocation's events, from whichever one the page saw last."""

import asyncio
import contextlib
import json
import logging
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.auth.models import AnonymousUser
from redis.exceptions import RedisError

from playground import visitor
from playground.access_keys.socket import key_of_scope
from playground.database import in_database_thread
from playground.invocations import queue, stream, visibility
from playground.owner import owner_of_scope

logger = logging.getLogger(__name__)
FIRST_POSITION_S = 0.2
POSITION_EACH_S = 1.0
CLOSE_NORMAL = 1000
CLOSE_TRY_AGAIN = 1013
CLOSE_NOT_FOUND = 4404
CLOSE_BAD_AFTER = 4400


class NoSuchAddress(AsyncWebsocketConsumer):
    """Every other WebSocket address."""

    async def connect(self) -> None:
        """Say that there is nothing here."""
        await self.accept()
        await self.close(CLOSE_NOT_FOUND)


class EventsConsumer(AsyncWebsocketConsumer):
    """Sends each event after number `after` once and in order, then closes with code 1000.

    It keeps nothing: the events lie in Redis and in the row, so a page that comes back to another web
    process goes on where it was.
    """

    _following: asyncio.Task[None] | None = None
    _telling: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Begin to follow, or close with a code that says why not."""
        await self.accept()
        after = _after(self.scope)
        invocation_id: UUID = self.scope["url_route"]["kwargs"]["invocation_id"]
        if after is None:
            await self.close(CLOSE_BAD_AFTER)
        elif not await in_database_thread(_may_read, self.scope, invocation_id):
            await self.close(CLOSE_NOT_FOUND)
        else:
            self._following = asyncio.create_task(self._follow(invocation_id, after))

    async def disconnect(self, code: int) -> None:
        """Stop following."""
        for task in (self._telling, self._following):
            if task:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _follow(self, invocation_id: UUID, after: int) -> None:
        self._telling = asyncio.create_task(self._tell_position(invocation_id))
        try:
            async with contextlib.aclosing(stream.follow(invocation_id, after)) as messages:
                async for message in messages:
                    self._telling.cancel()
                    await self.send(text_data=json.dumps(message))
        except RedisError:
            # The page comes back with the last number that it saw.
            await self.close(CLOSE_TRY_AGAIN)
        except Exception:
            logger.exception("The events of %s could not be followed.", invocation_id)
            await self.close(CLOSE_TRY_AGAIN)
        else:
            await self.close(CLOSE_NORMAL)
        finally:
            self._telling.cancel()

    async def _tell_position(self, invocation_id: UUID) -> None:
        """Say where the invocation is in the queue, each time that changes, for as long as it waits."""
        told = None
        while True:
            # Most invocations have begun by then.
            await asyncio.sleep(FIRST_POSITION_S if told is None else POSITION_EACH_S)
            position = await in_database_thread(queue.position, invocation_id)
            if position is None:
                return
            if position != told:
                told = position
                await self.send(text_data=json.dumps({"type": "queue", "position": position}))


def _after(scope: Any) -> int | None:
    text = _query(scope, "after", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _may_read(scope: Any, invocation_id: UUID) -> bool:
    if key := key_of_scope(scope):
        # A key of staff is good for what its owner has, and for nothing else.
        return visibility.readable(AnonymousUser(), key.owner).filter(id=invocation_id).exists()
    user = scope["user"]
    owner = visitor.owner_of_key(_query(scope, visitor.PARAMETER))
    owner = owner or owner_of_scope(scope)
    return visibility.readable(user, owner).filter(id=invocation_id).exists()


def _query(scope: Any, name: str, default: str = "") -> str:
    return str(parse_qs(scope["query_string"].decode("ascii", "replace")).get(name, [default])[-1])
