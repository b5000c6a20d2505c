"""The shapes of the plan editor's API, for its OpenAPI document. `api` makes the values."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from invoker import limits
from playground.json_answers import Refusal, json_request
from playground.workshops.plan import ExpectationKind, Start


class PlannedFunction(Schema):
    """What participants begin with."""

    files: dict[str, str]
    handler: str = "index.handler"
    environment: dict[str, str] = {}
    memory_size: int = Field(limits.MEMORY_DEFAULT_MB, description="MB")
    timeout: int = Field(limits.TIMEOUT_DEFAULT_S, description="Seconds")
    ephemeral_storage: int = Field(limits.EPHEMERAL_STORAGE_DEFAULT_MB, description="MB")


class PlannedEvent(Schema):
    """A test event; event and expected response are JSON texts."""

    name: str
    event: str = "{}"
    expected: str | None = None
    template: dict[str, Any] | None = None


class PlannedExpectation(Schema):
    """One thing that must hold of a run."""

    kind: ExpectationKind
    value: Any


class PlannedCheck(Schema):
    """A run, and what must hold of it."""

    id: str
    title: str
    event: str = "{}"
    environment: dict[str, str | None] = {}
    start: Start = Start.ANY
    hidden: bool = False
    expectations: list[PlannedExpectation]


class PlannedExercise(Schema):
    """An exercise with everything in it."""

    id: str
    title: str
    minutes: int = 10
    instructions: str = ""
    starter: PlannedFunction
    solution: dict[str, str] = {}
    solution_configuration: dict[str, Any] = {}
    test_events: list[PlannedEvent] = []
    hints: list[str] = []
    checks: list[PlannedCheck] = []


class Plan(Schema):
    """A workshop as its teacher writes it."""

    title: str
    description: str = ""
    exercises: list[PlannedExercise] = []


class StoredPlan(Schema):
    """The plan as it is now."""

    revision: int = Field(description="Rises with each change.")
    plan: Plan


class PlanConflict(Refusal):
    """Somebody else has changed the plan since: what it is now."""

    current: StoredPlan


class Proof(Schema):
    """What came of a model solution at the checks of its exercise."""

    id: UUID
    revision: int = Field(description="Of the plan, as it was when the attempt began.")
    state: Literal["running", "finished"]
    time: datetime
    passed: int
    failed: int
    error: str = Field(description="The first error of its runs; empty without one.")
    results: list[dict[str, Any]]


class Preview(Schema):
    """Markdown as it will look."""

    html: str


class MarkdownBody(Schema):
    """A text that is to be shown as it will look."""

    text: str = Field(max_length=limits.WORKSHOP_TEXT_LENGTH_MAX)


PLAN_BODY = json_request(StoredPlan)
MARKDOWN_BODY = json_request(MarkdownBody)
