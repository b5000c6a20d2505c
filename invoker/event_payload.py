"""The event of an invocation as bytes: is it JSON, and small enough?"""

import json

from invoker import limits
from invoker.fault import Fault


def event_faults(event: bytes) -> list[Fault]:
    """The faults of an event. An empty one counts as {} and has none (see `normalised`)."""
    if len(event) > limits.EVENT_BYTES_MAX:
        return [Fault(("event",), f"The event may have {limits.EVENT_BYTES_MAX} bytes at most.")]
    try:
        text = event.decode()
    except UnicodeDecodeError as error:
        return [Fault(("event",), f"The event is not UTF-8 text: byte {error.start + 1} is not valid.")]
    if not text.strip():
        return []
    try:
        json.loads(text, parse_constant=_refuse_constant, parse_int=_skip)
    except json.JSONDecodeError as error:
        message = f"The event is not JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        return [Fault(("event",), message, error.lineno, error.colno)]
    except _NotJson as error:
        return [Fault(("event",), f"The event is not JSON: {error} is not a JSON value.")]
    except RecursionError:
        # Node.js parses far deeper nesting than Python; its own parser is then the judge.
        return []
    return []


def normalised(event: bytes) -> bytes:
    """The event to send: an empty one is {}, as Lambda takes it."""
    return event if event.strip() else b"{}"


class _NotJson(ValueError):
    pass


def _refuse_constant(name: str) -> object:
    raise _NotJson(name)


def _skip(digits: str) -> object:
    # Python refuses to convert integers of over 4,300 digits, JSON does not.
    return None
