"""The shapes of the JSON API, for its OpenAPI document. `messages` and `representation` make the values."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from playground.snippets.schemas import FunctionBody, FunctionName


class Submission(FunctionBody):
    """What to run. Every field but `files` has a default."""

    event: str = Field("{}", description="JSON text of the event, 6 MB at most.")
    function_name: FunctionName = "playground"
    start_cold: bool = Field(False, description="Begin with a new execution environment.")
    snippet: UUID | None = Field(None, description="The saved snippet that is tested; its name is used.")


class FunctionError(Schema):
    """A function's error as in Lambda's payload."""

    type: str
    message: str
    trace: list[str]


class Metrics(Schema):
    """Durations in ms, memory in MB. Billed Duration includes init."""

    duration_ms: float
    billed_duration_ms: int
    memory_size_mb: int
    max_memory_used_mb: int
    init_duration_ms: float | None
    cold_start: bool
    queue_ms: float | None
    sandbox_ms: float | None


OutcomeName = Literal[
    "ok", "function_error", "init_error", "timeout", "out_of_memory", "cancelled", "platform_error"
]


class Invocation(Schema):
    """An invocation: what was asked, where it is, and what came of it."""

    id: UUID
    state: Literal["queued", "running", "finished"]
    queue_position: int | None = Field(description="1 is next; null when it is not queued.")
    outcome: OutcomeName | None
    function_name: str
    handler: str
    memory_size: int
    timeout: int
    ephemeral_storage: int
    environment: dict[str, None] = Field(description="Each variable by its name; no value is given back.")
    files: dict[str, str | None] = Field(description="null for a file that is not text.")
    event: str
    response: str | None = Field(description="Cut after 262,144 characters.")
    response_size: int = Field(description="Bytes of the whole response.")
    response_truncated: bool
    error: FunctionError | None
    notice: str | None = Field(description="A plain sentence beside Lambda's own error.")
    metrics: Metrics | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class InvocationInShort(Schema):
    """An invocation as a list tells it."""

    id: UUID
    state: Literal["queued", "running", "finished"]
    outcome: OutcomeName | None
    metrics: Metrics | None
    created_at: datetime
    finished_at: datetime | None


class Invocations(Schema):
    """The last invocations, the latest first."""

    invocations: list[InvocationInShort]


class StateEvent(Schema):
    """The invocation went on."""

    seq: int
    time: datetime
    type: Literal["state"]
    state: Literal["starting", "init", "running"]


class LogEvent(Schema):
    """One log entry. Only the platform writes to the stream `platform`."""

    seq: int
    time: datetime
    type: Literal["log"]
    stream: Literal["stdout", "stderr", "platform"]
    level: str | None
    text: str


class ResponseChunkEvent(Schema):
    """A piece of a streamed response."""

    seq: int
    time: datetime
    type: Literal["response_chunk"]
    text: str


class FinishedEvent(Schema):
    """The last event."""

    seq: int
    time: datetime
    type: Literal["finished"]
    outcome: OutcomeName
    response: str | None
    response_size: int
    response_truncated: bool
    error: FunctionError | None
    notice: str | None
    metrics: Metrics | None


class Events(Schema):
    """Events in their order, numbered from 1 by `seq`."""

    events: list[
        Annotated[StateEvent | LogEvent | ResponseChunkEvent | FinishedEvent, Field(discriminator="type")]
    ]
