"""The event of an invocation as bytes: is it JSON, and small enough?"""

import json
import re

from invoker import limits
from invoker.fault import Fault

_WHITESPACE = b" \t\r\n"
# Strings are passed over; the group finds a constant that Python takes and JSON does not.
_CONSTANT = re.compile(r'"(?:[^"\\]++|\\.)*+"|(NaN|-?Infinity)')


def event_faults(event: bytes) -> list[Fault]:
    """The faults of an event, with line and column. An empty one counts as {} (see `normalised`)."""
    if len(event) > limits.EVENT_BYTES_MAX:
        return [Fault(("event",), f"The event may have {limits.EVENT_BYTES_MAX} bytes at most.")]
    try:
        text = event.decode()
    except UnicodeDecodeError as error:
        message = f"The event is not UTF-8 text: byte {error.start + 1} is not valid."
        return [_fault_at(event[: error.start].decode(), message)]
    if not event.strip(_WHITESPACE):
        return []
    try:
        json.loads(text, parse_constant=_refuse_constant, parse_int=_skip)
    except json.JSONDecodeError as error:
        return [_fault_at(text[: error.pos], f"The event is not JSON: {error.msg}.")]
    except _NotJson as error:
        found = next(found for found in _CONSTANT.finditer(text) if found[1])
        return [_fault_at(text[: found.start()], f"The event is not JSON: {error} is not a JSON value.")]
    except RecursionError:
        # Node.js parses far deeper nesting than Python; its own parser is then the judge.
        return []
    return []


def normalised(event: bytes) -> bytes:
    """The event to send: an empty one is {}, as Lambda takes it."""
    return event if event.strip(_WHITESPACE) else b"{}"


def _fault_at(before: str, message: str) -> Fault:
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Fault(("event",), f"{message[:-1]} (line {line}, column {column}).", line, column)


class _NotJson(ValueError):
    pass


def _refuse_constant(name: str) -> object:
    raise _NotJson(name)


def _skip(digits: str) -> object:
    # Python refuses to convert integers of over 4,300 digits, JSON does not.
    return None
