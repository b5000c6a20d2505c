"""All checks of an exercise, run against somebody's code: one run after the other, in the web's event loop.

An attempt that a web process leaves when it ends is driven on by the one that its participant comes back to:
each run's id is noted with the attempt in the transaction that queues it, so that none is done twice.
"""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from redis.exceptions import RedisError

from invoker.dependency_specs import dependency_faults
from invoker.deployment_package import DeploymentPackage
from invoker.event_payload import normalised
from invoker.fault import Fault
from playground.database import in_database_thread
from playground.invocations import admission, service
from playground.invocations.models import Invocation
from playground.snippets import compiling, packages
from playground.snippets.function_reader import FunctionFields
from playground.workshops import attempt_store, workshop_store
from playground.workshops.check_runs import PlannedRun, runs_of
from playground.workshops.checked_run import CheckedRun
from playground.workshops.evaluation import evaluate, interrupted
from playground.workshops.models import Attempt, Participant, Workshop
from playground.workshops.plan import Check, Exercise
from playground.workshops.plans import exercise_of
from playground.workshops.run_rows import checked_run, error_line
from playground.workshops.runs_as import checked_as
from playground.workshops.work_store import function_of

logger = logging.getLogger(__name__)
GRACE_S = 300.0
"""How much longer than its timeout a run may take, most of it in the queue."""
REFUSED_MAX = 120
"""How often a run that the queue has no room for, or does not take, is tried again."""
QUEUE_AWAY_S = 1.0
"""The pause after which a queue that did not answer is asked again."""
PROLONG_EACH_S = attempt_store.LEASE_S / 3
CHANGED = "The exercise was changed while its checks ran. Run them again."
AWAY = "The checks could not be run to their end. Run them again."
_driven: set[asyncio.Task[None]] = set()


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What is checked. Without a participant it is the solution."""

    workshop: Workshop
    participant: Participant | None
    exercise: Exercise
    function: FunctionFields


async def checked(what: Checked, address: str) -> Attempt | list[Fault]:
    """Begin an attempt, or give the one that runs already; or why the code cannot be run.

    Raises admission.Refused, compiling.CompilerBusy, compiling.CompilerUnavailable.
    """
    texts = what.function.files
    files = await asyncio.to_thread(dependency_faults, texts) or await compiling.compiled(texts)
    if isinstance(files, list):
        return files
    attempt = await in_database_thread(_begun, what, files)
    drive_soon(attempt.pk, address)
    return attempt


def _begun(what: Checked, files: dict[str, str]) -> Attempt:
    package = packages.stored(DeploymentPackage.of_texts(files))
    return attempt_store.begun(what.workshop, what.participant, what.exercise.id, what.function, package)


def drive_soon(attempt_id: UUID, address: str = "") -> None:
    """Drive an attempt that nobody drives, beside whatever goes on."""
    task = asyncio.get_running_loop().create_task(drive(attempt_id, address))
    _driven.add(task)
    task.add_done_callback(_driven.discard)


async def resume(participant: Participant) -> None:
    """Drive on what another web process has left."""
    for attempt_id in await in_database_thread(attempt_store.left, participant):
        drive_soon(attempt_id)


async def drive(attempt_id: UUID, address: str = "") -> None:
    """Run an attempt to its end, unless somebody does."""
    attempt = await in_database_thread(attempt_store.claimed, attempt_id)
    if attempt is None:
        return
    prolonging = asyncio.create_task(_prolong(attempt_id))
    try:
        await _run(attempt, address)
    except attempt_store.Gone:
        logger.info("The attempt %s is gone.", attempt_id)
    except (DatabaseError, RedisError):
        # Whoever comes next drives it on, once the lease is over.
        logger.warning("The attempt %s could not be driven to its end.", attempt_id, exc_info=True)
    except Exception:
        logger.exception("The attempt %s failed.", attempt_id)
        await in_database_thread(_interrupt, attempt, AWAY)
    finally:
        prolonging.cancel()


async def _prolong(attempt_id: UUID) -> None:
    while True:
        await asyncio.sleep(PROLONG_EACH_S)
        # Once the lease is over somebody else would drive it too.
        with contextlib.suppress(DatabaseError):
            await in_database_thread(attempt_store.prolonged, attempt_id)


async def _run(attempt: Attempt, address: str) -> None:
    exercise = exercise_of(attempt.workshop, attempt.exercise)
    if exercise is None or attempt.plan_revision != attempt.workshop.revision:
        await in_database_thread(_interrupt, attempt, CHANGED)
        return
    results: list[dict[str, Any]] = []
    all_runs: list[CheckedRun] = []
    errors = []
    for check in exercise.checks:
        runs: list[CheckedRun] = []
        for run in runs_of(check):
            row = await _ran(attempt, len(all_runs) + len(runs), check, run, address)
            runs.append(checked_run(row))
            errors.append(error_line(row))
        all_runs += runs
        results.append(await in_database_thread(_result, check, runs))
    await in_database_thread(_finished, attempt, exercise, results, errors, all_runs)


def _result(check: Check, runs: Sequence[CheckedRun]) -> dict[str, Any]:
    return asdict(evaluate(check, runs))


def _finished(
    attempt: Attempt,
    exercise: Exercise,
    results: list[dict[str, Any]],
    errors: Sequence[str],
    runs: Sequence[CheckedRun],
) -> None:
    durations = [run.duration_ms for run in runs if run.duration_ms is not None]
    error = next((line for line in errors if line), "")
    attempt_store.finished(attempt, results, error, sum(durations) if durations else None)
    if attempt.participant is None:
        workshop_store.proven_if_all(attempt.workshop)


def _interrupt(attempt: Attempt, reason: str) -> None:
    """End it with the reason at each of its checks."""
    exercise = exercise_of(attempt.workshop, attempt.exercise)
    checks = exercise.checks if exercise else ()
    results = [asdict(interrupted(check, reason)) for check in checks]
    attempt_store.finished(attempt, results, "", None)


async def _ran(attempt: Attempt, position: int, check: Check, run: PlannedRun, address: str) -> Invocation:
    """The run of a position, whoever has begun it, when it has ended."""
    before = UUID(attempt.runs[position]) if position < len(attempt.runs) else None
    # What the queue did not take is noted without being there.
    if before is not None and await in_database_thread(_is_there, before):
        return await _ended(before, attempt, is_new=False)
    return await _ended(await _submitted(attempt, position, check, run, address), attempt, is_new=True)


def _is_there(invocation_id: UUID) -> bool:
    return Invocation.objects.filter(pk=invocation_id).exists()


async def _submitted(attempt: Attempt, position: int, check: Check, run: PlannedRun, address: str) -> UUID:
    function = await in_database_thread(function_of, attempt)
    subject = attempt.participant_id or attempt.workshop_id
    submission = service.Submission(
        owner=checked_as(subject, check.hidden),
        address=address,
        function_name=attempt.exercise,
        package_id=attempt.package_sha256,
        handler=function.handler,
        memory_size=function.memory_size,
        timeout=function.timeout,
        ephemeral_storage=function.ephemeral_storage,
        environment=run.environment_of(function.environment),
        event=normalised(run.event.encode()),
        start_cold=run.start_cold,
        from_editor=True,
    )
    for _ in range(REFUSED_MAX):
        try:
            return await in_database_thread(attempt_store.run_submitted, attempt, position, submission)
        except admission.Refused as error:
            await asyncio.sleep(error.retry_after_s)
        except service.QueueUnavailable:
            await asyncio.sleep(QUEUE_AWAY_S)
    raise RuntimeError("There was no room in the queue.")


async def _ended(invocation_id: UUID, attempt: Attempt, is_new: bool) -> Invocation:
    ended = await service.finished(invocation_id, attempt.timeout + GRACE_S, is_new)
    row = await in_database_thread(Invocation.objects.get, pk=invocation_id)
    if ended is None:
        await in_database_thread(service.cancel, row)
    return row
