"""The JSON body of a submission → what it asks for, or every fault of it at once. Pure."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from invoker import limits
from invoker.deployment_package import files_faults
from invoker.environment_variables import environment_faults
from invoker.event_payload import event_faults
from invoker.fault import Fault
from invoker.invocation import configuration_faults
from playground import json_structure

T = TypeVar("T")
FUNCTION_NAME_PATTERN = re.compile(r"[a-zA-Z0-9-_]{1,64}")
FUNCTION_NAME_DEFAULT = "playground"
FIELDS = (
    *("files", "handler", "environment", "memory_size", "timeout", "ephemeral_storage"),
    *("event", "function_name", "start_cold"),
)
INTEGER_DIGITS_MAX = 18
TOO_LARGE: Final[int] = 10**INTEGER_DIGITS_MAX


@dataclass(frozen=True)
class Draft:
    """A submission without fault. `memory_size` and `ephemeral_storage` are in MB, `timeout` in seconds."""

    files: dict[str, str]
    handler: str = "index.handler"
    environment: dict[str, str] = field(default_factory=dict)
    memory_size: int = limits.MEMORY_DEFAULT_MB
    timeout: int = limits.TIMEOUT_DEFAULT_S
    ephemeral_storage: int = limits.EPHEMERAL_STORAGE_DEFAULT_MB
    event: bytes = b"{}"
    function_name: str = FUNCTION_NAME_DEFAULT
    start_cold: bool = False


class NotJson(ValueError):
    """The body is not JSON. The message is for the user."""


def parse(body: bytes) -> object:
    """A body's JSON value. Raises NotJson, also for one of more parts or depth than any submission has."""
    if json_structure.is_too_much(body):
        raise NotJson(f"The body has more than {json_structure.TOKENS_MAX} names, values and signs.")
    try:
        value: object = json.loads(
            body, parse_int=_integer, parse_constant=_refuse, object_pairs_hook=_members
        )
    except RecursionError as error:
        raise NotJson("The body is nested too deeply.") from error
    except ValueError as error:
        raise NotJson(f"The body is not JSON: {error}.") from error
    return value


def read(body: object) -> Draft | list[Fault]:
    """The draft in a JSON value, or all its faults."""
    if not isinstance(body, dict):
        return [Fault((), "The body must be a JSON object.")]
    nothing: dict[str, str] = {}
    faults = [
        Fault((name,), f"{name} is not a field of a submission.") for name in body if name not in FIELDS
    ]
    draft = Draft(
        files=_checked(body, "files", nothing, lambda value: _texts("files", value, "file"), faults),
        handler=_checked(body, "handler", Draft.handler, _text("handler"), faults),
        environment=_checked(
            body, "environment", nothing, lambda value: _texts("environment", value, "variable"), faults
        ),
        memory_size=_checked(
            body, "memory_size", Draft.memory_size, _whole_number("memory_size", "MB"), faults
        ),
        timeout=_checked(body, "timeout", Draft.timeout, _whole_number("timeout", "seconds"), faults),
        ephemeral_storage=_checked(
            body,
            "ephemeral_storage",
            Draft.ephemeral_storage,
            _whole_number("ephemeral_storage", "MB"),
            faults,
        ),
        event=_checked(body, "event", Draft.event, _event, faults),
        function_name=_checked(body, "function_name", Draft.function_name, _function_name, faults),
        start_cold=_checked(body, "start_cold", Draft.start_cold, _start_cold, faults),
    )
    # A field of the wrong type has its fault already; the default in its place has none.
    found = configuration_faults(draft.handler, draft.memory_size, draft.timeout, draft.ephemeral_storage)
    if not any(fault.field == ("files",) for fault in faults):
        found += files_faults(draft.files)
    found += environment_faults(draft.environment)
    found += event_faults(draft.event)
    return faults + found if faults or found else draft


def _checked(
    body: dict[str, Any],
    name: str,
    default: T,
    check: Callable[[Any], T | list[Fault]],
    faults: list[Fault],
) -> T:
    if name not in body:
        return default
    value = check(body[name])
    if isinstance(value, list):
        faults.extend(value)
        return default
    return value


def _text(name: str) -> Callable[[Any], str | list[Fault]]:
    return lambda value: value if isinstance(value, str) else [Fault((name,), f"{name} must be text.")]


def _whole_number(name: str, unit: str) -> Callable[[Any], int | list[Fault]]:
    def check(value: Any) -> int | list[Fault]:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return [Fault((name,), f"{name} must be a whole number of {unit}.")]

    return check


def _texts(name: str, value: Any, noun: str) -> dict[str, str] | list[Fault]:
    if not isinstance(value, dict):
        return [Fault((name,), f"{name} must be an object with one text for each {noun}.")]
    wrong = [
        Fault((name, key), f"A {noun} must be text.")
        for key, text in value.items()
        if not isinstance(text, str)
    ]
    return wrong or value


def _event(value: Any) -> bytes | list[Fault]:
    if not isinstance(value, str):
        return [Fault(("event",), "event must be the JSON text of the event.")]
    try:
        return value.encode()
    except UnicodeEncodeError:
        return [Fault(("event",), "The event is not valid Unicode text.")]


def _function_name(value: Any) -> str | list[Fault]:
    if isinstance(value, str) and FUNCTION_NAME_PATTERN.fullmatch(value):
        return value
    message = "A function name has 1 to 64 letters, digits, hyphens and underscores."
    return [Fault(("function_name",), message)]


def _start_cold(value: Any) -> bool | list[Fault]:
    return value if isinstance(value, bool) else [Fault(("start_cold",), "start_cold must be true or false.")]


def _integer(digits: str) -> int:
    # Python refuses to read integers of thousands of digits; no field takes one of over 18.
    if len(digits) <= INTEGER_DIGITS_MAX:
        return int(digits)
    return -TOO_LARGE if digits.startswith("-") else TOO_LARGE


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for name, value in pairs:
        if name in members:
            raise ValueError(f"the name {json.dumps(name)} comes twice in one object")
        members[name] = value
    return members


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no JSON value")
