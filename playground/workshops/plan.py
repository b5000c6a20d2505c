"""A workshop as its teacher writes it: the same for whoever takes part, on whatever day. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from playground.snippets.function_reader import FunctionFields
from playground.snippets.test_event import TestEventFields


class Start(StrEnum):
    """How a check's run begins: in a new execution environment, in one just used, or however it comes."""

    ANY = "any"
    COLD = "cold"
    WARM = "warm"


class ExpectationKind(StrEnum):
    """What a check looks at. `value` of each: see `Expectation`."""

    RESPONSE_EQUALS = "response_equals"
    RESPONSE_CONTAINS = "response_contains"
    RESPONSE_MATCHES = "response_matches"
    RESPONSE_SCHEMA = "response_schema"
    LOG_CONTAINS = "log_contains"
    OUTCOME = "outcome"
    ERROR_TYPE = "error_type"
    DURATION_BELOW_MS = "duration_below_ms"
    INIT_DURATION_BELOW_MS = "init_duration_below_ms"
    MEMORY_BELOW_MB = "memory_below_mb"
    COLD_START = "cold_start"
    VARIABLE_USED = "variable_used"


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One thing that must hold of a run.

    `value`: any JSON (equals; contains: a subset of an object or list), a regular expression (matches:
    searched in the response as JSON text, or in the text itself where it is a string), a JSON Schema, a text
    (log contains, outcome, error type), a number (below), true or false (cold start), or the name of an
    environment variable (used: the run is made again with another value, and must answer or log otherwise).
    """

    kind: ExpectationKind
    value: Any


@dataclass(frozen=True, kw_only=True)
class Check:
    """A run of the participant's function, and what must hold of it. A hidden one tells its title alone."""

    id: str
    title: str
    event: str = "{}"
    """JSON text."""
    start: Start = Start.ANY
    hidden: bool = False
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """An exercise. `id` is a name for folders and addresses, unique in the workshop; texts are Markdown."""

    id: str
    title: str
    minutes: int = 10
    """How long it is meant to take."""
    instructions: str
    starter: FunctionFields
    solution: Mapping[str, str] = field(default_factory=dict)
    """Files that stand in place of the starter's (and beside them) to pass every check."""
    test_events: tuple[TestEventFields, ...] = ()
    hints: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WorkshopPlan:
    """A workshop's title, its description (Markdown) and its exercises in their order."""

    title: str
    description: str = ""
    exercises: tuple[Exercise, ...] = ()
