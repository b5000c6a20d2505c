"""Attempts as they are stored: begun once, driven by one at a time, finished once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from playground.invocations import admission, service
from playground.snippets.function_reader import FunctionFields
from playground.workshops import live, run_limit
from playground.workshops.limits import ATTEMPTS_PER_EXERCISE_MAX
from playground.workshops.models import Attempt, AttemptState, Participant, Workshop
from playground.workshops.work_store import columns_of

LEASE_S = 30.0
"""Whoever drives an attempt prolongs this long before it is over."""


class Gone(Exception):
    """The attempt was deleted with whoever made it, or has ended."""


def begun(
    workshop: Workshop,
    participant: Participant | None,
    exercise: str,
    function: FunctionFields,
    package_sha256: str,
) -> Attempt:
    """A new attempt, or the one that runs already. Raises admission.Refused."""
    running = Attempt.objects.filter(
        workshop=workshop, participant=participant, exercise=exercise, state=AttemptState.RUNNING
    )
    if participant is not None:
        if attempt := running.first():
            return attempt
        if participant.attempts.filter(exercise=exercise).count() >= ATTEMPTS_PER_EXERCISE_MAX:
            message = f"You have tried {ATTEMPTS_PER_EXERCISE_MAX} times, as often as may be."
            raise admission.Refused("ATTEMPTS_PER_EXERCISE_MAX", message, 60)
        run_limit.admit(participant)
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                workshop=workshop,
                participant=participant,
                exercise=exercise,
                plan_revision=workshop.revision,
                package_sha256=package_sha256,
                **columns_of(function),
            )
            _tell(attempt)
    except IntegrityError:
        # Pressed twice: both see the same one.
        return running.get()
    return attempt


def claimed(attempt_id: UUID) -> Attempt | None:
    """An attempt that this process drives from now on; None where somebody does, or it has ended."""
    now = timezone.now()
    mine = Attempt.objects.filter(pk=attempt_id, state=AttemptState.RUNNING, driven_until__lte=now)
    if not mine.update(driven_until=now + timedelta(seconds=LEASE_S)):
        return None
    return Attempt.objects.select_related("workshop", "participant").get(pk=attempt_id)


def prolonged(attempt_id: UUID) -> None:
    """Go on driving it."""
    until = timezone.now() + timedelta(seconds=LEASE_S)
    Attempt.objects.filter(pk=attempt_id, state=AttemptState.RUNNING).update(driven_until=until)


def left(participant: Participant) -> list[UUID]:
    """Attempts that whoever drove them has left."""
    running = participant.attempts.filter(state=AttemptState.RUNNING, driven_until__lte=timezone.now())
    return list(running.values_list("pk", flat=True))


def run_submitted(attempt: Attempt, position: int, submission: service.Submission) -> UUID:
    """Queue the run of a position and note its id with the attempt, both or neither.

    Raises Gone, admission.Refused, and service.QueueUnavailable: then the id that is noted is of no run.
    """
    with transaction.atomic():
        invocation = service.submit(submission)
        runs = [*attempt.runs[:position], str(invocation.pk)]
        if not Attempt.objects.filter(pk=attempt.pk, state=AttemptState.RUNNING).update(runs=runs):
            raise Gone
    attempt.runs = runs
    return invocation.pk


def finished(
    attempt: Attempt, results: Sequence[dict[str, Any]], error: str, duration_ms: float | None
) -> bool:
    """Note what came of it; False where that was done already."""
    passed = sum(bool(result["passed"]) for result in results)
    interrupted = sum(bool(result["interrupted"]) for result in results)
    with transaction.atomic():
        changed = Attempt.objects.filter(pk=attempt.pk, state=AttemptState.RUNNING).update(
            state=AttemptState.FINISHED,
            results=list(results),
            passed=passed,
            failed=len(results) - passed - interrupted,
            interrupted=interrupted,
            error=error,
            duration_ms=duration_ms,
            finished_at=timezone.now(),
        )
        if changed:
            _tell(attempt)
    return bool(changed)


def of_solutions(workshop: Workshop) -> list[Attempt]:
    """The last attempt of the solution of each exercise at the plan as it is."""
    rows = Attempt.objects.filter(
        Q(participant=None), workshop=workshop, plan_revision=workshop.revision
    ).order_by("created_at")
    return list({row.exercise: row for row in rows}.values())


def _tell(attempt: Attempt) -> None:
    if attempt.participant:
        live.tell_of(attempt.participant)
