"""The end of an invocation's log, as LogType=Tail asks for it. Pure."""

import base64
from collections.abc import Iterable

from invoker import limits


def log_result(log: Iterable[str]) -> str:
    """X-Amz-Log-Result: base64 of the last 4 KB of log entries, which begin at a whole character.

    Every entry ends with a newline.
    """
    text = "".join(f"{entry}\n" for entry in log)
    tail = text.encode(errors="replace")[-limits.LOG_TAIL_BYTES :]
    while tail and 0x80 <= tail[0] < 0xC0:
        tail = tail[1:]
    return base64.b64encode(tail).decode()
