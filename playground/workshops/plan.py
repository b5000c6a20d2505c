"""A workshop as its teacher writes it: the same for whoever takes part, on whatever day. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    CHUNKS_AT_LEAST = "chunks_at_least"
    LOG_CONTAINS = "log_contains"
    LOG_LACKS = "log_lacks"
    OUTCOME = "outcome"
    ERROR_TYPE = "error_type"
    DURATION_BELOW_MS = "duration_below_ms"
    INIT_DURATION_BELOW_MS = "init_duration_below_ms"
    MEMORY_BELOW_MB = "memory_below_mb"
    COLD_START = "cold_start"
    VARIABLE_USED = "variable_used"


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One thing that must hold of a run. `value` is, by kind:

    - response equals: any JSON. Of a response that is no JSON, such as a streamed text, its text.
    - response contains: a subset. Of an object these names, with values that contain theirs; of a list these
      elements in this order, others may stand between; a text is searched in a text; all else is equal.
    - response matches: a regular expression of RE2, searched in the response's JSON text, or in the text
      itself where it is one.
    - response schema: a JSON Schema without references and without unevaluatedItems or unevaluatedProperties.
    - chunks at least: in how many pieces a streamed response came.
    - log contains, log lacks: a text, searched in what the function printed, as it stands in Lambda's log.
    - outcome, error type: a text.
    - below: a number of ms or MB.
    - cold start: true or false.
    - variable used: the name of an environment variable. The run is made again with another value, and must
      answer or log otherwise.
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
    environment: Mapping[str, str | None] = field(default_factory=dict)
    """Variables that are otherwise in this run than in the participant's configuration; None for not set."""
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
    solution_configuration: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `FunctionFields` beside the files that are otherwise than in the starter."""
    test_events: tuple[TestEventFields, ...] = ()
    hints: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()

    def solved(self) -> FunctionFields:
        """The model solution as a whole function."""
        files = {**self.starter.files, **self.solution}
        return replace(self.starter, **self.solution_configuration, files=files)


@dataclass(frozen=True, kw_only=True)
class WorkshopPlan:
    """A workshop's title, its description (Markdown) and its exercises in their order."""

    title: str
    description: str = ""
    exercises: tuple[Exercise, ...] = ()
