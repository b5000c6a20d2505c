"""The built page's files, served by whitenoise within the event loop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from inspect import isawaitable
from typing import IO, Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import FileResponse, HttpRequest
from whitenoise.middleware import WhiteNoiseMiddleware

PIECE_BYTES = 256 * 1024


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """whitenoise's own middleware knows threads alone.

    In an async stack it would put a thread between the server and every view, which then neither could wait
    without holding that thread nor would hear that its caller has gone away.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        super().__init__(get_response)
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        """Answer with a file, or hand the request on."""
        answer = super().__call__(request)
        return self._later(answer) if self._is_async else answer

    async def _later(self, answer: Any) -> Any:
        if isawaitable(answer):
            return await answer
        if isinstance(answer, FileResponse):
            answer.streaming_content = _pieces(answer.file_to_stream)
        return answer


async def _pieces(file: IO[bytes] | None) -> AsyncIterator[bytes]:
    while file and (piece := await asyncio.to_thread(file.read, PIECE_BYTES)):
        yield piece
