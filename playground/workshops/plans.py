"""The plan of a stored workshop."""

from uuid import UUID

from playground.workshops.models import Workshop
from playground.workshops.plan import Exercise, WorkshopPlan
from playground.workshops.plan_reader import read_plan

KEPT = 32
_kept: dict[tuple[UUID, int], WorkshopPlan] = {}


def plan_of(workshop: Workshop) -> WorkshopPlan:
    """The plan, which was without faults when it was stored."""
    key = (workshop.pk, workshop.revision)
    if kept := _kept.get(key):
        return kept
    plan = read_plan(workshop.plan)
    if isinstance(plan, list):
        raise AssertionError(f"The plan of workshop {workshop.pk} has faults: {plan}")
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = plan
    return plan


def exercise_of(workshop: Workshop, exercise_id: str) -> Exercise | None:
    """An exercise of the plan."""
    return next((one for one in plan_of(workshop).exercises if one.id == exercise_id), None)
