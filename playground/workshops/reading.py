"""What the readers of a workshop's parts share: texts, names, lists of parts, and the way to each fault."""

import dataclasses
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from invoker import limits
from invoker.fault import Fault
from playground.json_body import Fields

T = TypeVar("T")
ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def below(way: Sequence[str], faults: Sequence[Fault]) -> list[Fault]:
    """The faults of a part as those of the whole: `way` leads to the part."""
    return [dataclasses.replace(fault, field=(*way, *fault.field)) for fault in faults]


def parts(fields: Fields, name: str, most: int, read: Callable[[object], T | list[Fault]]) -> tuple[T, ...]:
    """The parts in a list, each as `read` gives it; their faults are added to those of the fields."""
    nothing: tuple[T, ...] = ()
    return fields.take(name, nothing, lambda value: _parts(name, value, most, read))


def _parts(
    name: str, value: Any, most: int, read: Callable[[object], T | list[Fault]]
) -> tuple[T, ...] | list[Fault]:
    if not isinstance(value, list):
        return [Fault((name,), f"{name} must be a list.")]
    if len(value) > most:
        return [Fault((name,), f"{len(value)} {name} are too many: {most} at most.")]
    faults: list[Fault] = []
    found: list[T] = []
    for index, one in enumerate(value):
        part = read(one)
        if isinstance(part, list):
            faults += below((name, str(index)), part)
        else:
            found.append(part)
    return faults or tuple(found)


def title(fields: Fields, name: str = "title") -> str:
    """A text of one line that has to be there."""
    text = fields.text(name, "")
    if any(fault.field == (name,) for fault in fields.faults):
        return text
    most = limits.WORKSHOP_TITLE_LENGTH_MAX
    if not text.strip() or len(text) > most or not text.isprintable():
        fields.faults.append(Fault((name,), f"A {name} is one line of 1 to {most} characters."))
    return text


def markdown(fields: Fields, name: str) -> str:
    """A Markdown text; empty where it is absent."""
    return fields.text(name, "", limits.WORKSHOP_TEXT_LENGTH_MAX)


def identifier(fields: Fields) -> str:
    """An id that can be a folder's name and a part of an address."""
    text = fields.text("id", "")
    if any(fault.field == ("id",) for fault in fields.faults):
        return text
    most = limits.WORKSHOP_ID_LENGTH_MAX
    if not ID_PATTERN.fullmatch(text) or len(text) > most:
        message = f"An id has 1 to {most} lower-case letters and digits, with single hyphens between them."
        fields.faults.append(Fault(("id",), message))
    return text


def repeated(name: str, ids: Sequence[str]) -> list[Fault]:
    """A fault at each id that is there before, in the list called `name`."""
    return [
        Fault((name, str(index), "id"), f"The id {one} is there twice.")
        for index, one in enumerate(ids)
        if one in ids[:index]
    ]
