"""What an invocation tells while it runs, in the order in which it happened."""

from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """Where the invocation is, between being queued and being finished."""

    STARTING = "starting"
    INIT = "init"
    RUNNING = "running"


class Stream(StrEnum):
    """Where a log line comes from. Only the platform writes to PLATFORM."""

    STDOUT = "stdout"
    STDERR = "stderr"
    PLATFORM = "platform"


class Outcome(StrEnum):
    """How an invocation ended."""

    OK = "ok"
    FUNCTION_ERROR = "function_error"
    INIT_ERROR = "init_error"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    CANCELLED = "cancelled"
    PLATFORM_ERROR = "platform_error"


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The invocation went on to another state. `time` is in Unix seconds, here and below."""

    time: float
    state: State


@dataclass(frozen=True, slots=True)
class LogLine:
    """One log entry without its final newline; one console call is one entry, newlines inside kept.

    `level` is known for entries of the runtime's console (TRACE to FATAL), None for raw output.
    """

    time: float
    stream: Stream
    text: str
    level: str | None = None


@dataclass(frozen=True, slots=True)
class ResponseChunk:
    """A piece of a streamed response, as the handler wrote it."""

    time: float
    content: bytes


@dataclass(frozen=True, slots=True)
class FunctionError:
    """The error of an invocation, as in Lambda's payload."""

    type: str
    message: str
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metrics:
    """The figures of the REPORT line, and how long the platform took around them.

    Durations are in ms; `billed_duration_ms` is whole and includes init, as since August 2025.
    """

    duration_ms: float
    billed_duration_ms: int
    memory_size_mb: int
    max_memory_used_mb: int
    init_duration_ms: float | None = None
    cold_start: bool = False
    sandbox_ms: float = 0.0
    """From the claim of an environment to the beginning of init (or of the handler when it is warm)."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of every invocation. `response` is the payload that Invoke answers, an error's too."""

    time: float
    outcome: Outcome
    response: bytes = b""
    error: FunctionError | None = None
    notice: str | None = None
    """A plain sentence beside Lambda's payload, such as that memory ran out."""
    metrics: Metrics | None = field(default=None)


Event = StateChanged | LogLine | ResponseChunk | Finished
