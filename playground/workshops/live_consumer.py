"""A WebSocket that shows how something of a workshop is, and how it is whenever that changes."""

import asyncio
import contextlib
import json
import logging
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from redis.exceptions import RedisError

from playground.invocations.consumer import CLOSE_NOT_FOUND, CLOSE_TRY_AGAIN
from playground.workshops import live

logger = logging.getLogger(__name__)


class NotYours(Exception):
    """Whoever looks may not, or not any more."""


class TooMany(Exception):
    """Whoever looks has as many connections as may be."""


class LiveConsumer(AsyncWebsocketConsumer):
    """Keeps nothing: whoever comes back is told everything as it is then."""

    rest_s = 0.05
    """What happens within so long is told at once."""
    _task: asyncio.Task[None] | None = None

    async def begun(self) -> tuple[str, ...]:
        """The streams to hear. Raises NotYours, TooMany."""
        raise NotImplementedError

    async def told(self, about: set[str] | None) -> dict[str, Any] | None:
        """The message about what changed, None for none. `about` is None at first. Raises NotYours."""
        raise NotImplementedError

    async def ended(self) -> None:
        """The connection has gone."""

    async def connect(self) -> None:
        """Begin, or close with a code that says why not."""
        await self.accept()
        self._task = asyncio.create_task(self._follow())

    async def disconnect(self, code: int) -> None:
        """Stop."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        with contextlib.suppress(RedisError):
            await self.ended()

    async def _follow(self) -> None:
        try:
            async with contextlib.aclosing(live.heard(*await self.begun())) as changes:
                is_first = True
                async for about in changes:
                    if message := await self.told(None if is_first else about):
                        await self.send(text_data=json.dumps(message))
                    is_first = False
                    await asyncio.sleep(self.rest_s)
        except NotYours:
            await self.close(CLOSE_NOT_FOUND)
        except (RedisError, TooMany):
            # The page comes back.
            await self.close(CLOSE_TRY_AGAIN)
        except Exception:
            logger.exception("A workshop could not be followed.")
            await self.close(CLOSE_TRY_AGAIN)
