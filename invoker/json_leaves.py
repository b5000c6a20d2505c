"""The values in a JSON text that hold no others, each with the names that lead to it and its place. Pure.

Python's parser tells no places, keeps one of two members of the same name, and ends at depths that Node.js
reads.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

NAMES_MAX: Final = 40
_TOKEN = re.compile(
    r'[ \t\n\r]*+(?:(?P<sign>[{}\[\],:])|(?P<value>"(?:[^"\\]++|\\.)*+"|[^ \t\n\r{}\[\],:"]++))', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text, a number, true, false, null, or an object or a list with nothing in it."""

    way: tuple[str | int, ...]
    """Names, and numbers in lists; of more than `NAMES_MAX` the first ones and the last."""
    value: Any
    at: int
    """The offset in the text at which it begins."""


def has_more_parts(text: str, most: int) -> bool:
    """Whether it has more than so many names, values and signs, found before it becomes objects."""
    return next(islice(_TOKEN.finditer(text), most, None), None) is not None


def is_json(text: str) -> bool:
    """Whether it is JSON, as far as Python reads it: what is too deep for it may be."""
    try:
        json.loads(text, parse_int=float)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def leaves(text: str) -> Iterator[Leaf]:
    """Every leaf of a JSON text, in order. Raises ValueError where it notices that the text is none."""
    way: list[str | int] = []
    name_is_next = False
    opened: int | None = None
    for token in _TOKEN.finditer(text):
        sign, at = token["sign"], token.start("value")
        if sign is None and name_is_next:
            way[-1] = str(json.loads(token["value"]))
            name_is_next, opened = False, None
        elif sign is None:
            opened = None
            # Integers of over 4,300 digits are JSON, and no integers of Python's.
            yield _leaf(way, json.loads(token["value"], parse_int=float), at)
        elif sign in "{[":
            opened = token.start("sign")
            way.append("" if sign == "{" else 0)
            name_is_next = sign == "{"
        elif sign in "}]":
            if not way:
                raise ValueError("More is closed than was opened.")
            way.pop()
            if opened is not None:
                yield _leaf(way, {} if sign == "}" else [], opened)
            name_is_next, opened = False, None
        elif sign == "," and way:
            last = way[-1]
            name_is_next = isinstance(last, str)
            way[-1] = last if isinstance(last, str) else last + 1


def _leaf(way: list[str | int], value: object, at: int) -> Leaf:
    names = way if len(way) <= NAMES_MAX else [*way[:NAMES_MAX], way[-1]]
    return Leaf(tuple(names), value, at)


def shown(value: object, characters: int = 100) -> str:
    """A leaf's value as a sentence names it: text in quotes, cut, with what cannot be seen escaped."""
    if isinstance(value, float):
        return f"{value:g}"
    if not isinstance(value, str):
        return json.dumps(value)
    cut = value if len(value) <= characters else f"{value[:characters]}…"
    return json.dumps(cut, ensure_ascii=not cut.isprintable())
