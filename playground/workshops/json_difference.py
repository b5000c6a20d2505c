"""Where two JSON values differ, as `===` in JavaScript would tell it, and how to say where. Pure."""

from dataclasses import dataclass
from typing import Any

Way = tuple[str | int, ...]


@dataclass(frozen=True)
class Difference:
    """A sentence on what is otherwise, and the way to it."""

    way: Way
    message: str
    expected: Any = None
    got: Any = None
