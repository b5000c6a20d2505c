"""What the runtime posts at the end of an invocation, and the error in it. Pure."""

import json
import re
from dataclasses import dataclass

from invoker import limits
from invoker.events import FunctionError

TOO_LARGE_MESSAGE = (
    f"Response payload size exceeded maximum allowed payload size ({limits.RESPONSE_BYTES_MAX} bytes)."
)

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the runtime posted. `body` is the response, or the error's JSON when `error_type` is set.

    `time` is in seconds of a clock that never jumps.
    """

    time: float
    body: bytes
    error_type: str | None = None
    in_init: bool = False
    too_large: bool = False


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
