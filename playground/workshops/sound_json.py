"""Whether a JSON value can be kept: its depth, numbers and texts. Without recursion, as it may be deep."""

import math
from collections.abc import Iterator

from invoker import limits
from invoker.fault import Fault
from playground.json_body import is_storable


def value_faults(value: object) -> list[Fault]:
    """What no database or reader would take, each with the way to it."""
    faults: list[Fault] = []
    waiting: list[tuple[tuple[str, ...], object]] = [((), value)]
    while waiting:
        path, one = waiting.pop()
        if reason := _reason(path, one):
            faults.append(Fault(path, reason))
        else:
            waiting.extend(((*path, name), inner) for name, inner in _inner(one))
    return faults[::-1]


def _reason(path: tuple[str, ...], value: object) -> str | None:
    if len(path) > limits.WORKSHOP_DEPTH_MAX:
        return f"This lies more than {limits.WORKSHOP_DEPTH_MAX} levels deep."
    if isinstance(value, float) and not math.isfinite(value):
        return "This is no number that JSON has."
    if isinstance(value, str) and not is_storable(value):
        return "This is not valid Unicode text, or contains a NUL character."
    if isinstance(value, dict) and not all(is_storable(name) for name in value):
        return "A name in it is not valid Unicode text, or contains a NUL character."
    return None


def _inner(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((str(index), one) for index, one in enumerate(value))
