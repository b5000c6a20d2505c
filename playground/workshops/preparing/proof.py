"""A model solution at the checks of its exercise."""

from dataclasses import replace
from typing import Any

from invoker.fault import Fault
from playground.iso_time import iso
from playground.workshops.checking import Checked, checked
from playground.workshops.models import Attempt, Workshop
from playground.workshops.plan import Exercise


async def proof_begun(workshop: Workshop, exercise: Exercise) -> Attempt | list[Fault]:
    """Begin an attempt, or tell why the solution cannot be run. The ways of faults lead through the exercise.

    Raises compiling.CompilerBusy, compiling.CompilerUnavailable.
    """
    what = Checked(workshop=workshop, participant=None, exercise=exercise, function=exercise.solved())
    begun = await checked(what, "")
    return [_in_exercise(fault, exercise) for fault in begun] if isinstance(begun, list) else begun


def _in_exercise(fault: Fault, exercise: Exercise) -> Fault:
    """The fault of a file, which is the solution's or, where that has none of its path, the starter's."""
    first, *rest = fault.field
    if first != "files":
        return fault
    is_own = bool(rest) and rest[0] in exercise.solution
    return replace(fault, field=("solution", *rest) if is_own else ("starter", "files", *rest))


def proof_object(attempt: Attempt) -> dict[str, Any]:
    """All of it: whoever leads knows the hidden checks."""
    return {
        "id": str(attempt.pk),
        "revision": attempt.plan_revision,
        "state": attempt.state,
        "time": iso(attempt.created_at),
        "passed": attempt.passed,
        "failed": attempt.failed,
        "error": attempt.error,
        "results": attempt.results,
    }
