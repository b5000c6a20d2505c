"""A request's JSON body → its members, checked against a shape. Pure."""

import json

from playground import json_structure
from playground.lambda_api import request_shapes
from playground.lambda_api.errors import LambdaApiError, not_offered, validation
from playground.lambda_api.shapes import Structure, violations

Members = dict[str, object]

CREATE_REQUEST_BYTES_MAX = 70_167_211
"""More than this AWS refuses for CreateFunction and UpdateFunctionCode, whose zip travels as base64."""


def members(body: bytes, shape: Structure) -> Members:
    """The members of a body, each of the type and within the constraints of `shape`; null counts as absent.

    Raises SerializationException when the body is no JSON object of these types, ValidationException with
    every violation, and InvalidParameterValueException for what the playground does not offer.
    """
    found = _json_object(body)
    if found_violations := list(violations(shape, found)):
        raise validation(found_violations)
    for holder in (found, found.get("Code")):
        if isinstance(holder, dict):
            _refuse_what_is_not_offered(holder)
    return {name: found[name] for name in shape.members if found.get(name) is not None}


def _json_object(body: bytes) -> Members:
    if json_structure.is_too_much(body):
        raise LambdaApiError("SerializationException", "Could not parse request body into json.")
    try:
        found = json.loads(body.decode() or "{}", parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise LambdaApiError("SerializationException", "Could not parse request body into json.") from error
    if not isinstance(found, dict):
        raise LambdaApiError("SerializationException", "The request body is not a JSON object.")
    return found


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _refuse_what_is_not_offered(found: Members) -> None:
    for name, what in request_shapes.NOT_OFFERED.items():
        if not _is_empty(found.get(name)):
            raise not_offered(what)


def _is_empty(value: object) -> bool:
    """Whether a member asks for nothing, as an empty list of layers does."""
    if isinstance(value, dict):
        return all(map(_is_empty, value.values()))
    return value in (None, "", [], False)
