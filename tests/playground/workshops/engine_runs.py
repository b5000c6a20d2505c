"""The runs of a check on a real engine."""

import uuid

from invoker.deployment_package import DeploymentPackage
from invoker.engine import Engine
from invoker.event_payload import normalised
from invoker.events import Event, Finished, LogLine, ResponseChunk, Stream
from invoker.invocation import FunctionConfiguration, Invocation
from playground.snippets.function_reader import FunctionFields
from playground.workshops.check_runs import PlannedRun, runs_of
from playground.workshops.checked_run import CheckedRun
from playground.workshops.evaluation import CheckResult, evaluate
from playground.workshops.plan import Check


def checked(engine: Engine, owner: str, function: FunctionFields, check: Check) -> CheckResult:
    """What comes of a check of a function."""
    runs = []
    for planned in runs_of(check):
        events = list(engine.invoke(_invocation(owner, function, planned)))
        runs.append(_run(events))
    return evaluate(check, runs)


def _invocation(owner: str, function: FunctionFields, planned: PlannedRun) -> Invocation:
    return Invocation(
        request_id=str(uuid.uuid4()),
        owner=owner,
        configuration=FunctionConfiguration(
            function_name="exercise",
            handler=function.handler,
            memory_size=function.memory_size,
            timeout=function.timeout,
            ephemeral_storage=function.ephemeral_storage,
            environment=planned.environment_of(function.environment),
        ),
        package=DeploymentPackage.of_texts(function.files),
        event=normalised(planned.event.encode()),
        start_cold=planned.start_cold,
    )


def _run(events: list[Event]) -> CheckedRun:
    finished = events[-1]
    assert isinstance(finished, Finished)
    metrics = finished.metrics
    lines = [
        event.text for event in events if isinstance(event, LogLine) and event.stream is not Stream.PLATFORM
    ]
    return CheckedRun(
        outcome=finished.outcome,
        response=finished.response.decode(errors="replace"),
        chunks=sum(isinstance(event, ResponseChunk) for event in events),
        error_type=finished.error.type if finished.error else "",
        error_message=finished.error.message if finished.error else "",
        log="\n".join(lines),
        duration_ms=metrics.duration_ms if metrics else None,
        init_duration_ms=metrics.init_duration_ms if metrics else None,
        max_memory_used_mb=metrics.max_memory_used_mb if metrics else None,
        cold_start=bool(metrics and metrics.cold_start),
    )
