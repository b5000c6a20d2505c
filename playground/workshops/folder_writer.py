"""A workshop's plan → the files of its folder, which `folder_reader` reads again. Pure."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from playground.json_body import NotJson, parse
from playground.snippets.function_reader import FunctionFields
from playground.workshops.plan import Check, Exercise, WorkshopPlan
from playground.workshops.plan_document import check_document, exercise_document

NAME_LENGTH_MAX: Final = 40


def folder_files(plan: WorkshopPlan) -> dict[str, bytes]:
    """Every file of the folder by its path in it."""
    return {path: text.encode() for path, text in _files(plan)}


def _files(plan: WorkshopPlan) -> Iterator[tuple[str, str]]:
    yield "workshop.json", _json({"title": plan.title})
    if plan.description:
        yield "description.md", plan.description
    for number, exercise in enumerate(plan.exercises, 1):
        for path, text in _exercise_files(exercise):
            yield f"exercises/{number:02}-{exercise.id}/{path}", text


def _exercise_files(exercise: Exercise) -> Iterator[tuple[str, str]]:
    document = exercise_document(exercise)
    starter = document["starter"]
    configuration = {name: starter[name] for name in starter if starter[name] != _default(name)}
    del configuration["files"]
    names = [_file_name(number, event.name) for number, event in enumerate(exercise.test_events, 1)]
    about: dict[str, Any] = {
        "title": exercise.title,
        "minutes": exercise.minutes,
        "configuration": configuration,
        "solution_configuration": document["solution_configuration"],
        "test_events": [
            {"name": event["name"], "file": name, **{key: event[key] for key in event if key != "event"}}
            for name, event in zip(names, document["test_events"], strict=True)
        ],
    }
    yield "exercise.json", _json({name: value for name, value in about.items() if value or name == "title"})
    if exercise.instructions:
        yield "instructions.md", exercise.instructions
    for path, text in exercise.starter.files.items():
        yield f"starter/{path}", text
    for path, text in exercise.solution.items():
        yield f"solution/{path}", text
    for name, event in zip(names, exercise.test_events, strict=True):
        yield f"events/{name}", event.event
    for number, hint in enumerate(exercise.hints, 1):
        yield f"hints/{number}.md", hint
    if exercise.checks:
        yield "checks.json", _json([_check(check) for check in exercise.checks])


def _check(check: Check) -> dict[str, Any]:
    """A check as a person writes it: its event as JSON where that is the same text again."""
    document = check_document(check)
    text = document.pop("event")
    defaults = {"environment": {}, "start": "any", "hidden": False}
    rest = {name: value for name, value in document.items() if defaults.get(name, ...) != value}
    try:
        value = parse(text.encode())
    except NotJson:
        return {**rest, "event_text": text}
    same = json.dumps(value, ensure_ascii=False) == text
    return {**rest, "event": value} if same else {**rest, "event_text": text}


def _default(name: str) -> object:
    return getattr(FunctionFields(files={}), name)


def _file_name(number: int, name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower())
    return "-".join((f"{number:02}", *words))[:NAME_LENGTH_MAX].rstrip("-") + ".json"


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
