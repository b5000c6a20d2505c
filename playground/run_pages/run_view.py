"""A run's row as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from playground import encryption
from playground.invocations import stream
from playground.invocations.messages import RESPONSE_SHOWN_MAX
from playground.invocations.models import Invocation, Outcome, State
from playground.invocations.representation import files_object


@dataclass(frozen=True)
class LogLine:
    """One entry of the log. `stream` is stdout, stderr or platform."""

    time: str
    stream: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RunView:
    """Everything that the page says; of environment variables the names."""

    id: str
    function_name: str
    version: str
    created_at: datetime
    outcome: str
    tone: str
    """ok, bad, or empty."""
    notice: str
    error: str
    configuration: Mapping[str, str]
    environment: Sequence[str]
    files: Mapping[str, str | None]
    event: str
    log: Sequence[LogLine]
    response: str
    is_response_cut: bool
    metrics: Mapping[str, str]


def run_view(row: Invocation) -> RunView:
    """What is shown of a run."""
    response = bytes(row.response).decode(errors="replace")
    return RunView(
        id=str(row.id),
        function_name=row.function_name,
        version=row.version,
        created_at=row.created_at,
        outcome=row.get_outcome_display() if row.outcome else row.get_state_display(),
        tone={"": "", Outcome.OK: "ok", Outcome.CANCELLED: ""}.get(row.outcome, "bad"),
        notice=row.notice,
        error="\n".join([_headline(row), *map(str, row.error_trace)]).strip(),
        configuration={
            "Handler": row.handler,
            "Memory": f"{row.memory_size} MB",
            "Timeout": f"{row.timeout} s",
            "Ephemeral storage": f"{row.ephemeral_storage} MB",
        },
        environment=encryption.names(row.environment),
        files=files_object(row),
        event=bytes(row.event).decode(errors="replace"),
        log=[
            LogLine(message["time"], message["stream"], message["text"])
            for message in stream.from_lines(row.events)
            if message["type"] == "log"
        ],
        response=response[:RESPONSE_SHOWN_MAX],
        is_response_cut=len(response) > RESPONSE_SHOWN_MAX,
        metrics=_metrics(row),
    )


def is_over(row: Invocation) -> bool:
    """Whether there is a result to show."""
    return row.state == State.FINISHED


def _headline(row: Invocation) -> str:
    return ": ".join(part for part in (row.error_type, row.error_message) if part)


def _metrics(row: Invocation) -> dict[str, str]:
    if row.duration_ms is None:
        return {}
    return {
        "Duration": f"{row.duration_ms:.2f} ms",
        "Billed duration": f"{row.billed_duration_ms} ms",
        "Memory used": f"{row.max_memory_used_mb} MB of {row.memory_size} MB",
        "Start": "cold" if row.cold_start else "warm",
        **({"Init duration": f"{row.init_duration_ms:.2f} ms"} if row.init_duration_ms is not None else {}),
    }
