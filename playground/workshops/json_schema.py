"""JSON Schemas of a teacher for responses of a participant: they load nothing, and none takes long."""

from typing import Any, Final

import jsonschema_rs

from playground.workshops.json_difference import Difference, cut, path_of, shown

# A reference to a reference can stand for a schema of any size, or lead into a circle. What was not
# evaluated is found by evaluating again, which doubles the time with each level.
_REFUSED: Final = frozenset(
    {"$ref", "$dynamicRef", "$recursiveRef", "unevaluatedItems", "unevaluatedProperties"}
)
_PATTERNS: Final = jsonschema_rs.RegexOptions(size_limit=1024 * 1024)


def reason_against(schema: Any) -> str:
    """What is wrong with a schema, in words for its teacher; empty for nothing."""
    if not isinstance(schema, dict | bool):
        return "A JSON Schema is an object, or true or false."
    if name := _refused(schema):
        return f"{name} is not taken in the JSON Schema of a check."
    try:
        _validator(schema)
    except jsonschema_rs.ValidationError as error:
        return f"The JSON Schema is not taken: {error.message}."
    except ValueError as error:
        return f"The JSON Schema is not taken: {error}."
    return ""


def difference(schema: Any, value: Any) -> Difference | None:
    """Where a value is not as a schema without fault wants it; None where it is."""
    try:
        # It stops at the first error; `iter_errors` would make an object of each before it gives the first.
        _validator(schema).validate(value)
    except jsonschema_rs.ValidationError as error:
        place = path_of(tuple(error.instance_path))
        return Difference(f"{place}: {cut(error.message)}.", place, "", shown(error.instance))
    except ValueError as unreadable:
        return Difference(f"The response cannot be read as JSON: {cut(str(unreadable))}.")
    return None


def _validator(schema: Any) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        schema, validate_formats=False, pattern_options=_PATTERNS, offline=True
    )


def _refused(schema: Any) -> str | None:
    waiting = [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if found := _REFUSED & value.keys():
                return min(found)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return None
