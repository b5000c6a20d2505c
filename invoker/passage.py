"""One invocation as it passed through an execution environment, seen from outside the function."""

from dataclasses import dataclass
from enum import Enum, auto

from invoker.answer import Answer


class Ending(Enum):
    """How the passage ended."""

    ANSWERED = auto()
    EXITED = auto()
    INIT_TIMEOUT = auto()
    TIMEOUT = auto()
    CANCELLED = auto()
    NEVER_STARTED = auto()
    """A warm runtime had ended before it was handed the event: nothing of the function has run."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What was seen. Moments are in seconds of a clock that never jumps, None where they did not come."""

    ending: Ending
    began: float
    """When the function's code was let in, or a warm environment was asked."""
    ready: float | None
    handed_out: float | None
    ended: float
    answer: Answer | None = None
    exit_reason: str | None = None
    """"exit status 1" or "signal: killed" when the runtime's process ended."""
    memory_bytes: int = 0
    out_of_memory: bool = False
    killed_from_outside: bool = False
    """Nothing of the function can have ended the sandbox."""
    ended_at: float = 0.0
    """When it ended, in Unix seconds."""
