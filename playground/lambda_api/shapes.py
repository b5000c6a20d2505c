"""The kinds of members that the API's model knows, and the check of a JSON value against one. Pure.

A value of a wrong JSON type is a SerializationException at once; a value that breaks a constraint is a
violation, and all violations of a request are told together, as AWS does.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.lambda_api.errors import LambdaApiError, violation


@dataclass(frozen=True, slots=True)
class Text:
    """A string; lengths in characters. `compared_as` replaces a pattern that Python's `re` cannot read."""

    pattern: str | None = None
    shortest: int | None = None
    longest: int | None = None
    values: tuple[str, ...] = ()
    compared_as: str | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between bounds, both included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A structure whose one member is a map from strings to numbers, which its reader checks."""

    member: str


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes, which travel as base64."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with a number of members between bounds."""

    member: "Shape"
    fewest: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Mapped:
    """A map from strings to strings. What is `sensitive` is not shown in a message."""

    key: Text
    value: Text
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Structure:
    """Members by their name in JSON. Others are ignored, as AWS ignores them."""

    members: Mapping[str, "Shape"]
    required: tuple[str, ...] = field(default=())


Shape = Text | Whole | Flag | Weights | Blob | Listed | Mapped | Structure


def violations(shape: Shape, value: object, path: str = "") -> Iterator[str]:
    """Every violation in `value`; `path` is the way to it. Raises SerializationException for a wrong type."""
    match shape:
        case Structure():
            yield from _structure(shape, _typed(value, dict, "Structure"), path)
        case Listed():
            yield from _list(shape, _typed(value, list, "List"), path)
        case Mapped():
            yield from _map(shape, _typed(value, dict, "Map"), path)
        case Text():
            text = _text(value)
            constraints = list(_text_constraints(shape, text))
            yield from (violation(f"'{text}'", path, constraint) for constraint in constraints)
        case Whole():
            number: int = _typed(value, int, "Integer")
            if number < shape.least:
                bound = f"Member must have value greater than or equal to {shape.least}"
                yield violation(f"'{number}'", path, bound)
            if number > shape.most:
                yield violation(
                    f"'{number}'", path, f"Member must have value less than or equal to {shape.most}"
                )
        case Flag():
            _typed(value, bool, "Boolean")
        case Weights():
            inner = _typed(value, dict, "Structure").get(shape.member)
            if inner is not None:
                _typed(inner, dict, "Map")
        case Blob():
            decoded(_text(value))


def decoded(blob: str) -> bytes:
    """The bytes of a blob. Raises SerializationException when it is not base64."""
    try:
        return binascii.a2b_base64(blob.encode(), strict_mode=True)
    except (binascii.Error, ValueError) as error:
        raise LambdaApiError("SerializationException", "The value is not valid base64.") from error


def encoded(content: bytes) -> str:
    """A blob as it travels."""
    return base64.b64encode(content).decode()


def _structure(shape: Structure, value: dict[str, object], path: str) -> Iterator[str]:
    for name, member in shape.members.items():
        member_path = f"{path}.{_camel(name)}" if path else _camel(name)
        member_value = value.get(name)
        if member_value is not None:
            yield from violations(member, member_value, member_path)
        elif name in shape.required:
            yield violation("null", member_path, "Member must not be null")


def _list(shape: Listed, value: list[object], path: str) -> Iterator[str]:
    shown = f"'[{', '.join(map(_shown, value))}]'"
    if len(value) < shape.fewest:
        yield violation(shown, path, f"Member must have length greater than or equal to {shape.fewest}")
    if shape.most is not None and len(value) > shape.most:
        yield violation(shown, path, f"Member must have length less than or equal to {shape.most}")
    if isinstance(shape.member, Text):
        broken = [c for member in value for c in _text_constraints(shape.member, _text(member))]
        if broken:
            constraints = f"[{', '.join([*dict.fromkeys(broken), 'Member must not be null'])}]"
            yield violation(shown, path, f"Member must satisfy constraint: {constraints}")


def _map(shape: Mapped, value: dict[str, object], path: str) -> Iterator[str]:
    texts = {_text(key): _text(member) for key, member in value.items()}
    shown = "" if shape.sensitive else f"'{{{', '.join(f'{k}={v}' for k, v in texts.items())}}}'"
    for kind, part, members in (("keys", shape.key, texts), ("values", shape.value, texts.values())):
        broken = dict.fromkeys(c for member in members for c in _text_constraints(part, member))
        if broken:
            constraint = f"Map {kind} must satisfy constraint: [{', '.join(broken)}]"
            yield violation(shown, path, constraint)


def _text_constraints(shape: Text, text: str) -> Iterator[str]:
    if shape.values and text not in shape.values:
        yield f"Member must satisfy enum value set: [{', '.join(shape.values)}]"
    if shape.pattern and not re.fullmatch(shape.compared_as or shape.pattern, text, _flags(shape)):
        yield f"Member must satisfy regular expression pattern: {shape.pattern}"
    if shape.shortest is not None and len(text) < shape.shortest:
        yield f"Member must have length greater than or equal to {shape.shortest}"
    if shape.longest is not None and len(text) > shape.longest:
        yield f"Member must have length less than or equal to {shape.longest}"


def _flags(shape: Text) -> re.RegexFlag:
    return re.UNICODE if shape.compared_as else re.ASCII


def _text(value: object) -> str:
    text: str = _typed(value, str, "String")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise LambdaApiError("SerializationException", "A string is not valid Unicode text.") from error
    if "\0" in text:
        raise LambdaApiError("SerializationException", "A string contains a NUL character.")
    return text


_FOUND: dict[type, str] = {str: "STRING_VALUE", int: "NUMBER_VALUE", float: "NUMBER_VALUE"}
_UNEXPECTED: dict[type, str] = {
    dict: "Start of structure or map found where not expected.",
    list: "Start of list found where not expected",
}


def _typed(value: object, expected: type, name: str) -> Any:
    if isinstance(value, expected) and not (expected is int and isinstance(value, bool)):
        return value
    if type(value) in _UNEXPECTED:
        raise LambdaApiError("SerializationException", _UNEXPECTED[type(value)])
    found = "NULL_VALUE" if value is None else _FOUND.get(type(value), f"{str(value).upper()}_VALUE")
    article = "an" if name[0] in "AEIOU" else "a"
    raise LambdaApiError("SerializationException", f"{found} can not be converted to {article} {name}")


def _shown(value: object) -> str:
    return "null" if value is None else str(value)


def _camel(name: str) -> str:
    return "kmsKeyArn" if name == "KMSKeyArn" else name[0].lower() + name[1:]
