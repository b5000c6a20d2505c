"""The end of an invocation's log, as LogType=Tail asks for it. Pure."""

import base64
import json

from invoker import limits


def log_text(events: str) -> str:
    """The log of an invocation's stored events (one line of JSON each), a newline after every entry."""
    entries = (json.loads(line) for line in events.split("\n") if line)
    return "".join(f"{entry['text']}\n" for entry in entries if entry["type"] == "log")


def log_result(events: str) -> str:
    """X-Amz-Log-Result: base64 of the log's last 4 KB, which begin at a whole character."""
    tail = log_text(events).encode(errors="replace")[-limits.LOG_TAIL_BYTES :]
    while tail and 0x80 <= tail[0] < 0xC0:
        tail = tail[1:]
    return base64.b64encode(tail).decode()
