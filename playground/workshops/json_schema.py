"""JSON Schemas of a teacher for responses of a participant: they load nothing, and none takes long."""

from typing import Any, Final

import jsonschema_rs

from playground.workshops.json_difference import Difference

# A reference to a reference can stand for a schema of any size, or lead into a circle.
_REFERENCES: Final = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})
_PATTERNS: Final = jsonschema_rs.RegexOptions(size_limit=1024 * 1024)


def reason_against(schema: Any) -> str:
    """What is wrong with a schema, in words for its teacher; empty for nothing."""
    if not isinstance(schema, dict | bool):
        return "A JSON Schema is an object, or true or false."
    if name := _reference(schema):
        return f"A schema here stands alone: {name} is not taken."
    try:
        _validator(schema)
    except jsonschema_rs.ValidationError as error:
        return f"The JSON Schema is not taken: {error.message}."
    except ValueError as error:
        return f"The JSON Schema is not taken: {error}."
    return ""


def difference(schema: Any, value: Any) -> Difference | None:
    """Where a value is not as a schema without fault wants it; None where it is."""
    error = next(iter(_validator(schema).iter_errors(value)), None)
    if error is None:
        return None
    return Difference(tuple(error.instance_path), error.message)


def _validator(schema: Any) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        schema, validate_formats=False, pattern_options=_PATTERNS, offline=True
    )


def _reference(schema: Any) -> str | None:
    waiting = [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if found := _REFERENCES & value.keys():
                return min(found)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return None
