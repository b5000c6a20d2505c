"""How much of a function's output one invocation may keep, and the notice when that is reached. Pure."""

from invoker import limits
from invoker.events import LogLine, Stream


class LogBudget:
    """Counts the log of one invocation; past its limits lines are dropped and one notice says so."""

    def __init__(self, bytes_max: int = limits.LOG_BYTES_MAX, lines_max: int = limits.LOG_LINES_MAX) -> None:
        self._bytes_max = bytes_max
        self._lines_max = lines_max
        self._bytes = 0
        self._lines = 0
        self.exhausted = False

    def take(self, line: LogLine) -> LogLine | None:
        """The line itself while there is room, the notice in place of the first too much, then None."""
        if self.exhausted:
            return None
        self._lines += 1
        self._bytes += len(line.text.encode())
        if self._bytes <= self._bytes_max and self._lines <= self._lines_max:
            return line
        self.exhausted = True
        notice = (
            f"LOG LIMIT The rest of this invocation's log is not kept: "
            f"{self._bytes_max} bytes or {self._lines_max} lines are the limit."
        )
        return LogLine(line.time, Stream.PLATFORM, notice)
