"""How long a silent Redis is waited for: once, and not again by every command behind the first."""

import time
from collections.abc import Callable
from typing import Any

from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import TimeoutError as Silent
from redis.retry import Retry

SILENT_AFTER_S = 1.5
"""A Redis that is busy for a moment answers within it."""
SILENT_FOR_S = 1.0
"""For so long after nothing was answered nobody else waits: there is one pool of threads for what needs Redis
and what does not."""

_silent_until = float("-inf")


class Patience(Retry):
    """Tries again what found its connection closed, and fails at once while Redis is known to be silent.

    What was not answered is not tried again: it may have been done, and a page could have been told.
    """

    def __init__(self) -> None:
        super().__init__(ConstantBackoff(0.05), 1, (NotConnected,))

    def call_with_retry(
        self, do: Callable[[], Any], fail: Callable[..., Any], *options: Any, **named: Any
    ) -> Any:
        """The result of a command. Raises redis.RedisError."""
        # Each connection has a copy of this object, and one silence is that of all.
        global _silent_until
        if time.monotonic() < _silent_until:
            raise Silent("Redis has just not answered.")
        try:
            result = super().call_with_retry(do, fail, *options, **named)
        except Silent:
            _silent_until = time.monotonic() + SILENT_FOR_S
            raise
        _silent_until = float("-inf")
        return result
