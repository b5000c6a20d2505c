"""The errors of the Lambda API as AWS words and shapes them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """How an error code travels: HTTP status, the body's message member, and its Type if it has one."""

    status: int
    message_member: str = "message"
    type: str | None = None


SHAPES: Final = {
    "AccessDeniedException": ErrorShape(403, "Message"),
    "CodeStorageExceededException": ErrorShape(400, type="User"),
    "IncompleteSignatureException": ErrorShape(403),
    "InvalidParameterValueException": ErrorShape(400, type="User"),
    "InvalidRequestContentException": ErrorShape(400, type="User"),
    "InvalidSignatureException": ErrorShape(403),
    "MissingAuthenticationTokenException": ErrorShape(403),
    "PreconditionFailedException": ErrorShape(412, type="User"),
    "RequestEntityTooLargeException": ErrorShape(413),
    "RequestTimeoutException": ErrorShape(408),
    "ResourceConflictException": ErrorShape(409, type="User"),
    "ResourceNotFoundException": ErrorShape(404, "Message", "User"),
    "SerializationException": ErrorShape(400),
    "ServiceException": ErrorShape(500, "Message", "Service"),
    "TooManyRequestsException": ErrorShape(429, type="User"),
    "UnknownOperationException": ErrorShape(404),
    "UnrecognizedClientException": ErrorShape(403),
    "ValidationException": ErrorShape(400),
}


class LambdaApiError(Exception):
    """An answer other than success. `code` is one of SHAPES; `message` is for the caller."""

    def __init__(self, code: str, message: str, reason: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reason = reason

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return SHAPES[self.code].status

    def body(self) -> dict[str, str]:
        """The members of the answer's JSON body."""
        shape = SHAPES[self.code]
        members = {} if shape.type is None else {"Type": shape.type}
        if self.reason is not None:
            members["Reason"] = self.reason
        return {**members, shape.message_member: self.message}


def invalid_parameter(message: str) -> LambdaApiError:
    """A parameter whose value is not taken (400)."""
    return LambdaApiError("InvalidParameterValueException", message)


def not_offered(what: str) -> LambdaApiError:
    """Something that AWS has and the playground has not: refused, never ignored (400)."""
    return invalid_parameter(f"The playground does not offer {what}.")


def unrecognized_client() -> LambdaApiError:
    """Nobody is known by these credentials (403)."""
    return LambdaApiError(
        "UnrecognizedClientException", "The security token included in the request is invalid."
    )


def function_not_found(arn: str) -> LambdaApiError:
    """No function, or no version of it, has this ARN (404)."""
    return LambdaApiError("ResourceNotFoundException", f"Function not found: {arn}")


def validation(violations: list[str]) -> LambdaApiError:
    """All violations of the API model's constraints in one answer (400)."""
    count = f"{len(violations)} validation error{'s' if len(violations) > 1 else ''} detected"
    return LambdaApiError("ValidationException", f"{count}: {'; '.join(violations)}")


def violation(value: str, member: str, constraint: str) -> str:
    """One violation; `value` is quoted already, as some values are not shown."""
    shown = f"Value {value} at" if value else "Value at"
    return f"{shown} '{member}' failed to satisfy constraint: {constraint}"


def request_too_large(limit: int, operation: str) -> LambdaApiError:
    """A body of more bytes than the operation takes (413)."""
    return LambdaApiError(
        "RequestEntityTooLargeException",
        f"Request must be smaller than {limit} bytes for the {operation} operation",
    )


def revision_mismatch() -> LambdaApiError:
    """The function was changed since the caller read its RevisionId (412)."""
    return LambdaApiError(
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. "
        "Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
    )


def update_in_progress(arn: str) -> LambdaApiError:
    """Another request changed the function at the same time (409)."""
    return LambdaApiError(
        "ResourceConflictException",
        "The operation cannot be performed at this time. An update is in progress for resource: " + arn,
    )


def rate_exceeded() -> LambdaApiError:
    """No execution environment became free in time (429)."""
    return LambdaApiError(
        "TooManyRequestsException", "Rate Exceeded.", "ReservedFunctionConcurrentInvocationLimitExceeded"
    )


# The reasons of TooManyRequestsException in Lambda's API model, by the limit that each comes closest to.
_REASONS: Final = {
    "QUEUED_PER_OWNER_MAX": "ReservedFunctionConcurrentInvocationLimitExceeded",
    "UNFINISHED_PER_ADDRESS_MAX": "ConcurrentInvocationLimitExceeded",
    "QUEUED_MAX": "ConcurrentInvocationLimitExceeded",
}


def throttled(limit: str, sentence: str) -> LambdaApiError:
    """One more invocation is over a limit, which the message names behind AWS's own words (429)."""
    reason = _REASONS.get(limit, "CallerRateLimitExceeded")
    return LambdaApiError("TooManyRequestsException", f"Rate Exceeded. {sentence}", reason)
