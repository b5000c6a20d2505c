"""When a part that ended is started again, and when it is not. Pure."""

from collections import deque

ENDINGS_MAX = 5
"""A part that ends so often within WITHIN_S is not started again: something is wrong that no start mends."""
WITHIN_S = 60.0
PAUSES_S = (0.1, 1.0, 3.0, 6.0)
"""Before the next start, after the first, second, ... ending within WITHIN_S."""


class Restarts:
    """The endings of one part. Moments are seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._endings: deque[float] = deque(maxlen=ENDINGS_MAX)

    def pause_s(self, now: float) -> float | None:
        """Note an ending; gives how long to wait before the next start, None when there shall be none."""
        while self._endings and now - self._endings[0] > WITHIN_S:
            self._endings.popleft()
        self._endings.append(now)
        if len(self._endings) == ENDINGS_MAX:
            return None
        return PAUSES_S[len(self._endings) - 1]
