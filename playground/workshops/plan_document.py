"""A workshop's plan → its JSON, which `read_plan` reads again. Pure."""

import dataclasses
from typing import Any

from playground.snippets.test_event import TestEventFields
from playground.workshops.plan import Check, Exercise, WorkshopPlan


def plan_document(plan: WorkshopPlan) -> dict[str, Any]:
    """The whole plan, hidden checks and solutions with it: for its teacher alone."""
    return {
        "title": plan.title,
        "description": plan.description,
        "exercises": [exercise_document(exercise) for exercise in plan.exercises],
    }


def exercise_document(exercise: Exercise) -> dict[str, Any]:
    """An exercise with everything in it."""
    return {
        "id": exercise.id,
        "title": exercise.title,
        "minutes": exercise.minutes,
        "instructions": exercise.instructions,
        "starter": dataclasses.asdict(exercise.starter),
        "solution": dict(exercise.solution),
        "solution_configuration": dict(exercise.solution_configuration),
        "test_events": [test_event_document(event) for event in exercise.test_events],
        "hints": list(exercise.hints),
        "checks": [check_document(check) for check in exercise.checks],
    }


def test_event_document(event: TestEventFields) -> dict[str, Any]:
    """A test event, without what is not given."""
    return {name: value for name, value in dataclasses.asdict(event).items() if value is not None}


def check_document(check: Check) -> dict[str, Any]:
    """A check with everything in it."""
    return {
        "id": check.id,
        "title": check.title,
        "event": check.event,
        "environment": dict(check.environment),
        "start": check.start.value,
        "hidden": check.hidden,
        "expectations": [{"kind": one.kind.value, "value": one.value} for one in check.expectations],
    }
