"""The threads in which requests do their blocking work: one each, and kept for the next one."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from asgiref.sync import ThreadSensitiveContext
from django.db import connections

KEPT: Final = 8
"""How many threads wait for requests. More are started when more requests come at once."""


class RequestThreads:
    """Around Django, which starts a thread for each request and another one to end it (0.5 ms of CPU).

    A thread has one request at a time, as with Django's own: a slow view keeps nobody else waiting.
    """

    def __init__(self, application: Any) -> None:
        self._application = application
        self._free: list[ThreadPoolExecutor] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request."""
        thread = self._free.pop() if self._free else ThreadPoolExecutor(1, "request")
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self._application(scope, receive, send)
        finally:
            # A client that went away may have left a view running: the thread itself says when it is free.
            thread.submit(self._keep, thread)

    def _keep(self, thread: ThreadPoolExecutor) -> None:
        if len(self._free) < KEPT:
            self._free.append(thread)
        else:
            connections.close_all()
            thread.shutdown(wait=False)
