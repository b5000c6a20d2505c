"""The built page's files, served by whitenoise within the event loop."""

from collections.abc import Callable
from inspect import isawaitable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest
from whitenoise.middleware import WhiteNoiseMiddleware


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
        return await answer if isawaitable(answer) else answer
