"""A JSON body → values that were checked, with every fault of it at once. Pure."""

import json
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from invoker.fault import Fault
from playground import json_structure

T = TypeVar("T")
INTEGER_DIGITS_MAX = 18
TOO_LARGE: Final[int] = 10**INTEGER_DIGITS_MAX


class NotJson(ValueError):
    """The body is not JSON. The message is for the user."""


def parse(body: bytes) -> object:
    """A body's JSON value. Raises NotJson, also for one of more parts or depth than any body needs."""
    if json_structure.is_too_much(body):
        raise NotJson(f"The body has more than {json_structure.TOKENS_MAX} names, values and signs.")
    try:
        value: object = json.loads(
            body, parse_int=_integer, parse_constant=_refuse, object_pairs_hook=_members
        )
    except RecursionError as error:
        raise NotJson("The body is nested too deeply.") from error
    except ValueError as error:
        raise NotJson(f"The body is not JSON: {error}.") from error
    return value


def is_storable(text: str) -> bool:
    """Whether every database keeps a text: neither half of a character nor NUL, which PostgreSQL refuses."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


class Fields:
    """The fields of one JSON object. What is wrong with them collects in `faults`.

    A field with a fault is given as its default, so that reading goes on to the next one.
    """

    def __init__(self, body: object, noun: str, names: Iterable[str]) -> None:
        self.faults: list[Fault] = []
        self._body: dict[str, Any] = body if isinstance(body, dict) else {}
        if not isinstance(body, dict):
            self.faults.append(Fault((), "The body must be a JSON object."))
        known = set(names)
        self.faults.extend(
            Fault((name,), f"{name} is not a field of {noun}.") for name in self._body if name not in known
        )

    def __contains__(self, name: str) -> bool:
        return name in self._body

    def take(self, name: str, default: T, check: Callable[[Any], T | list[Fault]]) -> T:
        """The field's value as `check` gives it; the default where it is absent or has faults."""
        if name not in self._body:
            return default
        value = check(self._body[name])
        if isinstance(value, list) and value and isinstance(value[0], Fault):
            self.faults.extend(value)
            return default
        return value  # type: ignore[return-value]

    def text(self, name: str, default: str, longest: int | None = None) -> str:
        """A text of at most `longest` characters."""
        return self.take(name, default, lambda value: _text(name, value, longest))

    def whole_number(self, name: str, default: int, unit: str) -> int:
        """A whole number of a unit, such as MB."""
        return self.take(name, default, lambda value: _whole_number(name, value, unit))

    def truth(self, name: str, default: bool) -> bool:
        """true or false."""
        return self.take(name, default, lambda value: _truth(name, value))

    def texts(self, name: str, noun: str) -> dict[str, str]:
        """An object with a text for each name; empty where it is absent."""
        nothing: dict[str, str] = {}
        return self.take(name, nothing, lambda value: _texts(name, value, noun))


def _text(name: str, value: object, longest: int | None) -> str | list[Fault]:
    if not isinstance(value, str):
        return [Fault((name,), f"{name} must be text.")]
    if longest is not None and len(value) > longest:
        return [Fault((name,), f"{name} may have {longest} characters at most.")]
    return value


def _whole_number(name: str, value: object, unit: str) -> int | list[Fault]:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return [Fault((name,), f"{name} must be a whole number of {unit}.")]


def _truth(name: str, value: object) -> bool | list[Fault]:
    return value if isinstance(value, bool) else [Fault((name,), f"{name} must be true or false.")]


def _texts(name: str, value: object, noun: str) -> dict[str, str] | list[Fault]:
    if not isinstance(value, dict):
        return [Fault((name,), f"{name} must be an object with one text for each {noun}.")]
    wrong = [
        Fault((name, key), f"A {noun} must be text.")
        for key, text in value.items()
        if not isinstance(text, str)
    ]
    return wrong or value


def _integer(digits: str) -> int:
    # Python refuses to read integers of thousands of digits; no field takes one of over 18.
    if len(digits) <= INTEGER_DIGITS_MAX:
        return int(digits)
    return -TOO_LARGE if digits.startswith("-") else TOO_LARGE


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for name, value in pairs:
        if name in members:
            raise ValueError(f"the name {json.dumps(name)} comes twice in one object")
        members[name] = value
    return members


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no JSON value")
