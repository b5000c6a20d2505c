"""A check in a JSON value → the check, or every fault of it at once. Pure."""

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, TypeVar

from invoker import limits
from invoker.environment_variables import environment_faults
from invoker.event_payload import event_faults
from invoker.events import Outcome
from invoker.fault import Fault
from playground.json_body import Fields
from playground.workshops import json_schema, patterns, reading
from playground.workshops.plan import Check, Expectation, ExpectationKind, Start

Chosen = TypeVar("Chosen", bound=StrEnum)
FIELDS = ("id", "title", "event", "environment", "start", "hidden", "expectations")
OUTCOMES: Final = tuple(
    outcome.value for outcome in Outcome if outcome not in {Outcome.CANCELLED, Outcome.PLATFORM_ERROR}
)
"""What a check may expect: what a function can bring about by itself."""


def read_check(body: object) -> Check | list[Fault]:
    """The check in a JSON value, or all its faults."""
    fields = Fields(body, "a check", FIELDS)
    no_changes: dict[str, str | None] = {}
    check = Check(
        id=reading.identifier(fields),
        title=reading.title(fields),
        event=fields.take("event", Check.event, _event),
        environment=fields.take("environment", no_changes, _environment),
        start=fields.take("start", Start.ANY, lambda value: _chosen("start", value, Start)),
        hidden=fields.truth("hidden", False),
        expectations=reading.parts(fields, "expectations", limits.EXPECTATIONS_MAX, _read_expectation),
    )
    if not fields.faults:
        fields.faults.extend(_together(check))
    return fields.faults or check


def _together(check: Check) -> list[Fault]:
    if not check.expectations:
        return [Fault(("expectations",), "A check expects one thing at least.")]
    used = [one for one in check.expectations if one.kind is ExpectationKind.VARIABLE_USED]
    if len(used) > limits.VARIABLES_USED_MAX:
        message = f"A check may look at {limits.VARIABLES_USED_MAX} used variables at most."
        return [Fault(("expectations",), message)]
    if used and check.start is Start.WARM:
        return [Fault(("start",), "A run that looks at a used variable begins cold: choose cold or any.")]
    times_init = any(one.kind is ExpectationKind.INIT_DURATION_BELOW_MS for one in check.expectations)
    if times_init and check.start is not Start.COLD:
        return [Fault(("start",), "Only a run that begins cold has an init phase: choose cold.")]
    return []


def _event(value: Any) -> str | list[Fault]:
    if not isinstance(value, str):
        return [Fault(("event",), "event must be JSON as a text.")]
    return event_faults(value.encode(errors="replace")) or value


def _environment(value: Any) -> dict[str, str | None] | list[Fault]:
    if not isinstance(value, dict):
        return [
            Fault(("environment",), "environment must be an object with a text, or null, for each variable.")
        ]
    faults = [
        Fault(("environment", name), "A variable is a text, or null for one that is not set.")
        for name, text in value.items()
        if not isinstance(text, str | None)
    ]
    return faults or environment_faults({name: text or "" for name, text in value.items()}) or value


def _chosen(name: str, value: Any, choices: type[Chosen]) -> Chosen | list[Fault]:
    for choice in choices:
        if value == choice.value:
            return choice
    return [Fault((name,), f"{name} must be one of {', '.join(choices)}.")]


def _read_expectation(body: object) -> Expectation | list[Fault]:
    fields = Fields(body, "an expectation", ("kind", "value"))
    kind: ExpectationKind | None = fields.take(
        "kind", None, lambda value: _chosen("kind", value, ExpectationKind)
    )
    for name in ("kind", "value"):
        if name not in fields:
            fields.faults.append(Fault((name,), f"An expectation needs a {name}."))
    value: Any = fields.take("value", None, lambda value: _value(kind, value))
    return fields.faults or Expectation(kind=kind, value=value)  # type: ignore[arg-type]


def _value(kind: ExpectationKind | None, value: Any) -> Any:
    size = len(json.dumps(value, ensure_ascii=False).encode())
    if size > limits.EXPECTED_BYTES_MAX:
        reason = f"What is expected takes {size} bytes; {limits.EXPECTED_BYTES_MAX} are allowed."
    else:
        reason = _VALUES[kind](value) if kind in _VALUES else ""
    # A list of faults would be taken for one; any other list is a value.
    return [Fault(("value",), reason)] if reason else value


def _text(value: Any) -> str:
    return "" if isinstance(value, str) and value else "This expects a text."


def _outcome(value: Any) -> str:
    return "" if value in OUTCOMES else f"An outcome is one of {', '.join(OUTCOMES)}."


def _bound(value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if is_number and value > 0 else "This expects a number above 0."


def _count(value: Any) -> str:
    is_count = isinstance(value, int) and not isinstance(value, bool)
    return "" if is_count and value > 0 else "This expects a whole number above 0."


def _truth(value: Any) -> str:
    return "" if isinstance(value, bool) else "This expects true or false."


def _variable(value: Any) -> str:
    faults = environment_faults({value: ""}) if isinstance(value, str) else []
    return faults[0].message if faults else _text(value)


_VALUES: Final[dict[ExpectationKind | None, Callable[[Any], str]]] = {
    ExpectationKind.RESPONSE_MATCHES: patterns.reason_against,
    ExpectationKind.RESPONSE_SCHEMA: json_schema.reason_against,
    ExpectationKind.CHUNKS_AT_LEAST: _count,
    ExpectationKind.LOG_CONTAINS: _text,
    ExpectationKind.LOG_LACKS: _text,
    ExpectationKind.OUTCOME: _outcome,
    ExpectationKind.ERROR_TYPE: _text,
    ExpectationKind.DURATION_BELOW_MS: _bound,
    ExpectationKind.INIT_DURATION_BELOW_MS: _bound,
    ExpectationKind.MEMORY_BELOW_MB: _bound,
    ExpectationKind.COLD_START: _truth,
    ExpectationKind.VARIABLE_USED: _variable,
}
"""Of each kind whose value is not any JSON: what is wrong with one, empty for nothing."""
