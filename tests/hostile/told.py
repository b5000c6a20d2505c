"""What a playground told of one submission, read the way its page reads it."""

import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.client import Message, Person

_LINE_END = re.compile(r"\r\n?")
REJECTED = "rejected"
"""The outcome of a submission that was refused before anything ran."""


@dataclass(frozen=True)
class Told:
    """The end of one submission. `wall_s` is from its sending to its end, as the page sees it."""

    outcome: str
    wall_s: float
    reasons: str = ""
    invocation_id: str | None = None
    response: bytes = b""
    messages: list[Message] = field(default_factory=list)
    invocation: Message = field(default_factory=dict)

    @property
    def measured_s(self) -> float:
        """How long it took by the platform's own figures: its turn, a sandbox, init and handler.

        None of them can hide a hang: init and handler end at their limits, the others are the machine's.
        """
        parts = ("queue_ms", "sandbox_ms", "init_duration_ms", "duration_ms")
        return sum(self.metrics.get(part) or 0.0 for part in parts) / 1000

    @property
    def error(self) -> dict[str, Any]:
        """Type, message and trace of the function's error; empty without one."""
        return self.invocation.get("error") or {}

    @property
    def metrics(self) -> dict[str, Any]:
        """The figures, empty when there are none."""
        return self.invocation.get("metrics") or {}

    @property
    def entries(self) -> list[Message]:
        """The log, entry by entry."""
        return [message for message in self.messages if message["type"] == "log"]

    @property
    def log(self) -> str:
        """The log as text; CR and LF both break a line."""
        return _LINE_END.sub("\n", "\n".join(entry["text"] for entry in self.entries))

    @property
    def log_bytes(self) -> int:
        """How much of the log is kept."""
        return sum(len(entry["text"].encode(errors="surrogatepass")) for entry in self.entries)

    @property
    def platform_lines(self) -> list[str]:
        """What the platform itself wrote into the log."""
        return [entry["text"] for entry in self.entries if entry["stream"] == "platform"]

    @property
    def report(self) -> str:
        """The platform's REPORT line."""
        return next((line for line in self.platform_lines if line.startswith("REPORT ")), "")


def submit(person: Person, body: bytes) -> Told:
    """Send a submission and stay with it to its end."""
    began = time.monotonic()
    answer = _posted(person, body)
    if answer.status_code != httpx.codes.ACCEPTED:
        assert 400 <= answer.status_code < 500, f"{answer.status_code} {answer.text[:500]}"
        reasons = "\n".join(f"{fault['field']} {fault['message']}" for fault in answer.json()["errors"])
        return Told(REJECTED, time.monotonic() - began, reasons)
    invocation_id = str(answer.json()["id"])
    messages = person.follow(invocation_id)
    wall_s = time.monotonic() - began
    invocation = person.read(invocation_id)
    response = person.http.get(f"/api/invocations/{invocation_id}/response").content
    return Told(invocation["outcome"], wall_s, "", invocation_id, response, messages, invocation)


def _posted(person: Person, body: bytes) -> httpx.Response:
    headers = {
        "Content-Type": "application/json",
        "X-CSRFToken": person.http.cookies["csrftoken"],
        "Origin": person.url,
    }
    return person.http.post("/api/invocations", content=body, headers=headers)


def as_json(text: bytes) -> Any:
    """The value of a response; the text itself where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text.decode(errors="replace")
