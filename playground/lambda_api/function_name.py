"""How a request names a function: a name, a partial or full ARN, and a qualifier. Pure."""

import re
from dataclasses import dataclass

from invoker import limits
from playground.lambda_api.errors import LambdaApiError, invalid_parameter, validation, violation
from playground.lambda_api.identity import Identity

LATEST = "$LATEST"

_REGION = r"((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?"
# Patterns of the API model: FunctionName for what creates and updates, NamespacedFunctionName for the rest.
FUNCTION_NAME_PATTERN = (
    r"(arn:(aws[a-zA-Z-]*)?:lambda:)?" + _REGION + r"(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)"
    r"(:(\$LATEST|[a-zA-Z0-9-_]+))?"
)
NAMESPACED_PATTERN = (
    r"(arn:(aws[a-zA-Z-]*)?:lambda:)?" + _REGION + r"(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)"
    r"(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?"
)
QUALIFIER_PATTERN = r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+"
FUNCTION_NAME_MAX = 140
NAMESPACED_MAX = 256
QUALIFIER_MAX = 128

_PARTS = re.compile(
    r"(?:arn:aws[a-zA-Z-]*:lambda:)?(?:(?P<region>[a-z]+(?:-[a-z]+)+-\d):)?(?:(?P<account>\d{12}):)?"
    r"(?:function:)?(?P<name>[a-zA-Z0-9_-]+)(?::(?P<qualifier>\$LATEST|[a-zA-Z0-9_-]+))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class FunctionReference:
    """The function that a request is about; `qualifier` is None when none was given."""

    name: str
    qualifier: str | None = None


def referenced(
    value: str, identity: Identity, qualifier: str | None = None, namespaced: bool = True
) -> FunctionReference:
    """The function that `value` (name or ARN, decoded) and the Qualifier parameter name.

    Raises ValidationException for a value outside the model's pattern, ResourceNotFoundException for another
    region, AccessDeniedException for another account, InvalidParameterValueException when value and parameter
    name different qualifiers.
    """
    if violations := _violations(value, qualifier, namespaced):
        raise validation(violations)
    parts = _PARTS.fullmatch(value)
    if not parts:
        pattern = NAMESPACED_PATTERN if namespaced else FUNCTION_NAME_PATTERN
        raise validation([_pattern_violation(value, "functionName", pattern)])
    if parts["region"] not in (None, identity.region):
        raise LambdaApiError(
            "ResourceNotFoundException",
            f"Functions from '{parts['region']}' are not reachable in this region ('{identity.region}')",
        )
    if parts["account"] not in (None, identity.account_id):
        raise LambdaApiError(
            "AccessDeniedException",
            f"User: {identity.access_key_id} is not authorized to perform this on resource: {value}",
        )
    if qualifier is not None and parts["qualifier"] not in (None, qualifier):
        raise invalid_parameter(
            "The derived qualifier from the function name does not match the specified qualifier."
        )
    if len(parts["name"]) > limits.FUNCTION_NAME_LENGTH_MAX:
        raise validation([_length_violation(value, "functionName", limits.FUNCTION_NAME_LENGTH_MAX)])
    return FunctionReference(parts["name"], qualifier if qualifier is not None else parts["qualifier"])


def _violations(value: str, qualifier: str | None, namespaced: bool) -> list[str]:
    pattern = NAMESPACED_PATTERN if namespaced else FUNCTION_NAME_PATTERN
    longest = NAMESPACED_MAX if namespaced else FUNCTION_NAME_MAX
    found = []
    if not re.fullmatch(pattern, value, re.ASCII):
        found.append(_pattern_violation(value, "functionName", pattern))
    if len(value) > longest:
        found.append(_length_violation(value, "functionName", longest))
    if qualifier is not None and not re.fullmatch(QUALIFIER_PATTERN, qualifier, re.ASCII):
        found.append(_pattern_violation(qualifier, "qualifier", QUALIFIER_PATTERN))
    if qualifier is not None and len(qualifier) > QUALIFIER_MAX:
        found.append(_length_violation(qualifier, "qualifier", QUALIFIER_MAX))
    return found


def _pattern_violation(value: str, member: str, pattern: str) -> str:
    return violation(f"'{value}'", member, f"Member must satisfy regular expression pattern: {pattern}")


def _length_violation(value: str, member: str, longest: int) -> str:
    return violation(f"'{value}'", member, f"Member must have length less than or equal to {longest}")
