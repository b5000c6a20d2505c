"""The JSON of a workshop → its plan, or every fault of it at once; and back. Pure."""

import json
from typing import Any

from invoker import limits
from invoker.deployment_package import path_faults
from invoker.event_payload import event_faults
from invoker.fault import Fault
from playground.json_body import Fields
from playground.snippets import function_reader
from playground.snippets.function_reader import FunctionFields, function_fields
from playground.snippets.test_event import TestEventFields, read_test_events
from playground.workshops import reading
from playground.workshops.check_reader import read_check
from playground.workshops.plan import Exercise, WorkshopPlan
from playground.workshops.plan_document import plan_document
from playground.workshops.sound_json import value_faults

FIELDS = ("title", "description", "exercises")
EXERCISE_FIELDS = (
    *("id", "title", "minutes", "instructions", "starter", "solution", "solution_configuration"),
    *("test_events", "hints", "checks"),
)
CONFIGURATION_FIELDS = tuple(name for name in function_reader.FIELDS if name != "files")


def read_plan(body: object) -> WorkshopPlan | list[Fault]:
    """The plan in a JSON value, or all its faults, each with the way to it."""
    if faults := value_faults(body):
        return faults
    fields = Fields(body, "a workshop", FIELDS)
    plan = WorkshopPlan(
        title=reading.title(fields),
        description=reading.markdown(fields, "description"),
        exercises=reading.parts(fields, "exercises", limits.EXERCISES_MAX, _read_exercise),
    )
    fields.faults.extend(reading.repeated("exercises", [exercise.id for exercise in plan.exercises]))
    if not fields.faults:
        size = len(json.dumps(plan_document(plan), ensure_ascii=False).encode())
        if size > limits.WORKSHOP_BYTES_MAX:
            message = f"The workshop takes {size} bytes; {limits.WORKSHOP_BYTES_MAX} are allowed (8 MB)."
            fields.faults.append(Fault(("exercises",), message))
    return fields.faults or plan


def _read_exercise(body: object) -> Exercise | list[Fault]:
    fields = Fields(body, "an exercise", EXERCISE_FIELDS)
    nothing: dict[str, Any] = {}
    exercise = Exercise(
        id=reading.identifier(fields),
        title=reading.title(fields),
        minutes=fields.take("minutes", Exercise.minutes, _minutes),
        instructions=reading.markdown(fields, "instructions"),
        starter=fields.take("starter", FunctionFields(files={}), _starter),
        solution=fields.texts("solution", "file"),
        solution_configuration=fields.take("solution_configuration", nothing, _configuration),
        test_events=tuple(fields.take("test_events", [], _test_events)),
        hints=reading.parts(fields, "hints", limits.HINTS_MAX, _hint),
        checks=reading.parts(fields, "checks", limits.CHECKS_MAX, read_check),
    )
    if "starter" not in fields:
        fields.faults.append(Fault(("starter",), "An exercise needs a starter."))
    fields.faults.extend(_solution_faults(exercise, {fault.field[:1] for fault in fields.faults}))
    fields.faults.extend(reading.repeated("checks", [check.id for check in exercise.checks]))
    return fields.faults or exercise


def _minutes(value: Any) -> int | list[Fault]:
    most = limits.EXERCISE_MINUTES_MAX
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most:
        return value
    return [Fault(("minutes",), f"minutes must be a whole number from 1 to {most}.")]


def _starter(value: Any) -> FunctionFields | list[Fault]:
    fields = Fields(value, "a starter", function_reader.FIELDS)
    function = function_fields(fields)
    return reading.below(("starter",), fields.faults) or function


def _configuration(value: Any) -> dict[str, Any] | list[Fault]:
    fields = Fields(value, "a solution's configuration", CONFIGURATION_FIELDS)
    return reading.below(("solution_configuration",), fields.faults) or value


def _solution_faults(exercise: Exercise, wrong: set[tuple[str, ...]]) -> list[Fault]:
    """What is wrong with the solution as a whole function, as far as its parts are without fault."""
    if ("starter",) in wrong:
        faults = [] if ("solution",) in wrong else path_faults(exercise.solution)
        return [_of_the_solution(fault) for fault in faults]
    starter = exercise.starter
    configuration = {name: getattr(starter, name) for name in CONFIGURATION_FIELDS}
    files = {**starter.files, **exercise.solution}
    fields = Fields(
        {**configuration, **exercise.solution_configuration, "files": files},
        "a solution",
        function_reader.FIELDS,
    )
    function_fields(fields)
    return [_of_the_solution(fault) for fault in fields.faults]


def _of_the_solution(fault: Fault) -> Fault:
    first, *rest = fault.field
    way = ("solution",) if first == "files" else ("solution_configuration", first)
    (moved,) = reading.below(way, [Fault(tuple(rest), fault.message, fault.line, fault.column)])
    return moved


def _test_events(value: Any) -> list[TestEventFields] | list[Fault]:
    read = read_test_events(value)
    faults: list[Fault] = []
    for index, event in enumerate(read):
        if isinstance(event, TestEventFields):
            faults += reading.below(("test_events", str(index)), event_faults(event.event.encode()))
    return faults or read


def _hint(value: object) -> str | list[Fault]:
    most = limits.WORKSHOP_TEXT_LENGTH_MAX
    if isinstance(value, str) and value.strip() and len(value) <= most:
        return value
    return [Fault((), f"A hint is a text of at most {most} characters.")]
