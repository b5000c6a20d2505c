"""Where a JSON value is not as another one, in words for a beginner. Pure.

Recursion goes as deep as what is wanted, which has few levels, whatever the other value is.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

Way = tuple[str | int, ...]
EXCERPT_LENGTH_MAX: Final = 200
_NAME: Final = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)


@dataclass(frozen=True)
class Difference:
    """What is otherwise, in a sentence: where, as JavaScript would reach it, and both sides if there are."""

    message: str
    path: str = ""
    expected: str = ""
    got: str = ""


def difference(wanted: Any, got: Any, way: Way = ()) -> Difference | None:
    """Where a value is not equal to what is wanted. 1 and 1.0 are, 1 and true are not."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        for name in got:
            if name not in wanted:
                place = path_of((*way, name))
                return Difference(f"{place} should not be there.", place, "", shown(got[name]))
        return _of_members(wanted, got, way, difference)
    if isinstance(wanted, list) and isinstance(got, list):
        for index, (one, other) in enumerate(zip(wanted, got, strict=False)):
            if found := difference(one, other, (*way, index)):
                return found
        if len(wanted) == len(got):
            return None
        place, counts = path_of(way), (_elements(wanted), _elements(got))
        return Difference(f"{place} should have {counts[0]}, and has {counts[1]}.", place, *counts)
    return _of_scalars(wanted, got, way)


def lack(wanted: Any, got: Any, way: Way = ()) -> Difference | None:
    """What a value lacks of what is wanted: see `Expectation`, response contains."""
    if _includes(got, wanted):
        return None
    if isinstance(wanted, dict) and isinstance(got, dict):
        return _of_members(wanted, got, way, lack)
    if isinstance(wanted, list) and isinstance(got, list):
        left = iter(got)
        missed = next(one for one in wanted if not any(_includes(other, one) for other in left))
        place, expected = path_of(way), shown(missed)
        return Difference(f"{place} has no {expected} at its turn.", place, expected, shown(got))
    return _of_scalars(wanted, got, way)


def _includes(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict) and isinstance(got, dict):
        return all(name in got and _includes(got[name], one) for name, one in wanted.items())
    if isinstance(wanted, list) and isinstance(got, list):
        left = iter(got)
        # The first that fits leaves the most for those after it.
        return all(any(_includes(other, one) for other in left) for one in wanted)
    if isinstance(wanted, str) and isinstance(got, str):
        return wanted in got
    return _kind(wanted) == _kind(got) and bool(wanted == got)


def path_of(way: Way) -> str:
    """The way to a value as one would write it in JavaScript, such as response.items[0].name."""
    steps = ("response", *(_step(step) for step in way))
    return cut("".join(steps))


def shown(value: Any) -> str:
    """The beginning of a value as JSON."""
    try:
        return cut(json.dumps(value, ensure_ascii=False))
    except RecursionError:
        return "a value of very many levels"


def cut(text: str) -> str:
    """The beginning of a text, as text that can be stored."""
    text = text if len(text) <= EXCERPT_LENGTH_MAX else text[: EXCERPT_LENGTH_MAX - 1] + "…"
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()


def _of_members(wanted: dict[str, Any], got: dict[str, Any], way: Way, compare: Any) -> Difference | None:
    for name, one in wanted.items():
        if name not in got:
            place = path_of((*way, name))
            return Difference(f"{place} is missing.", place, shown(one), "")
        found: Difference | None = compare(one, got[name], (*way, name))
        if found:
            return found
    return None


def _of_scalars(wanted: Any, got: Any, way: Way) -> Difference | None:
    kinds = (_kind(wanted), _kind(got))
    if kinds[0] == kinds[1] and wanted == got:
        return None
    place, sides = path_of(way), (shown(wanted), shown(got))
    expected, other = sides if kinds[0] == kinds[1] else map(_named, kinds, sides)
    return Difference(f"{place} should be {expected}, and is {other}.", place, *sides)


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _NAME.fullmatch(step) else f"[{json.dumps(step, ensure_ascii=False)}]"


def _kind(value: Any) -> str:
    kinds = {dict: "the object", list: "the list", str: "the text", int: "the number", float: "the number"}
    return kinds.get(type(value), "")


def _named(kind: str, side: str) -> str:
    return f"{kind} {side}".strip()


def _elements(value: list[Any]) -> str:
    return f"{len(value)} element{'' if len(value) == 1 else 's'}"
