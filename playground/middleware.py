"""How our middlewares are made: something that is done to every answer, in threads and in event loops."""

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase


class AfterResponse:
    """A middleware that touches the answer. Subclasses say how."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self._get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """Answer the request, then touch the answer."""
        if self._is_async:
            return self._later(request)
        response: HttpResponseBase = self._get_response(request)
        self.touch(request, response)
        return response

    async def _later(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = await self._get_response(request)
        self.touch(request, response)
        return response

    def touch(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Change the answer in place."""
        raise NotImplementedError
