"""One invocation as it passes the Runtime API: when it was handed out, and what came back."""

import asyncio
import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from invoker import limits
from invoker.events import FunctionError
from invoker.invocation import Invocation

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the runtime posted. `body` is the response, or the error's JSON when `error_type` is set."""

    time: float
    body: bytes
    error_type: str | None = None
    in_init: bool = False
    too_large: bool = False


@dataclass(slots=True)
class Exchange:
    """The state of one invocation between the runtime client and the RIE."""

    invocation: Invocation
    on_running: Callable[[], None]
    on_chunk: Callable[[bytes], None]
    ready: asyncio.Future[float] = field(default_factory=asyncio.Future)
    """Unix seconds at which the runtime asked for the event: init is over."""
    handed_out: asyncio.Future[float] = field(default_factory=asyncio.Future)
    answered: asyncio.Future[Answer] = field(default_factory=asyncio.Future)
    rie_request_id: str = ""

    def headers(self, now: float) -> list[tuple[str, str]]:
        """The headers of the event as the runtime gets it ("Next invocation" of the Runtime API)."""
        invocation = self.invocation
        deadline_ms = int((now + invocation.configuration.timeout) * 1000)
        trace = f"Root=1-{int(now):08x}-{secrets.token_hex(12)};Parent={secrets.token_hex(8)};Sampled=0"
        result = [
            ("Lambda-Runtime-Aws-Request-Id", invocation.request_id),
            ("Lambda-Runtime-Deadline-Ms", str(deadline_ms)),
            ("Lambda-Runtime-Invoked-Function-Arn", invocation.invoked_arn or invocation.configuration.arn),
            ("Lambda-Runtime-Trace-Id", trace),
        ]
        if invocation.client_context is not None:
            result.append(("Lambda-Runtime-Client-Context", _ascii(invocation.client_context)))
        return result

    def hand_out(self, rie_request_id: str) -> float:
        """The runtime gets its event now; gives the moment in Unix seconds."""
        self.rie_request_id = rie_request_id
        if not self.handed_out.done():
            # Told before the runtime can print anything about this event.
            self.on_running()
        now = time.time()
        if not self.handed_out.done():
            self.handed_out.set_result(now)
        return now

    def answer(self, answer: Answer) -> None:
        """The runtime's first answer counts, any later one is ignored."""
        if not self.answered.done():
            self.answered.set_result(answer)


def function_error(body: bytes) -> FunctionError:
    """The error in a payload that the runtime posted, whatever it looks like."""
    try:
        value = json.loads(body)
        if not isinstance(value, dict):
            raise TypeError("an error is an object")
        trace = value.get("trace") or value.get("stackTrace")
        lines = tuple(_text(line) for line in trace) if isinstance(trace, list) else ()
        return FunctionError(
            _text(value.get("errorType")) or "Unhandled", _text(value.get("errorMessage")), lines
        )
    except (ValueError, TypeError, RecursionError):
        return FunctionError("Unhandled", body[:1024].decode(errors="replace"))


def shortened_error(body: bytes) -> bytes:
    """An error payload cut to what is kept (`limits.ERROR_MESSAGE_BYTES_MAX`), with the cut visible."""
    if len(body) <= limits.ERROR_MESSAGE_BYTES_MAX:
        return body
    error = function_error(body)
    message = error.message.encode()
    room = limits.ERROR_MESSAGE_BYTES_MAX // 2
    while True:
        trace = [line[: room // 128] for line in error.trace[:100]]
        text = error.message
        if len(message) > room:
            text = message[:room].decode(errors="ignore") + f" [cut: the message is longer than {room} bytes]"
        value = {"errorType": error.type[:256], "errorMessage": text, "trace": trace}
        cut = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        if len(cut) <= limits.ERROR_MESSAGE_BYTES_MAX:
            return cut
        # Escapes make JSON up to six times as long as what it says.
        room //= 2


def _text(value: object) -> str:
    """A member of an error, whatever the function put there, as text that can be stored."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _LONE_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def _ascii(json_text: str) -> str:
    """The same JSON as a header can carry it. Not parsed: its depth has no bound."""
    return "".join(_header_character(character) for character in json_text).strip()


def _header_character(character: str) -> str:
    if " " <= character <= "~":
        return character
    if character in "\t\r\n":
        return " "
    return "\\u007f" if character == "\x7f" else json.dumps(character)[1:-1]
