"""What an Invoke request asks for, and the answer to a finished invocation. Pure."""

import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from invoker import limits
from invoker.event_payload import event_faults
from invoker.events import Outcome
from playground.lambda_api import jackson
from playground.lambda_api.errors import (
    LambdaApiError,
    invalid_parameter,
    not_offered,
    request_too_large,
    validation,
    violation,
)
from playground.lambda_api.function_name import LATEST
from playground.lambda_api.log_tail import log_result

INVOCATION_TYPES: Final = ("Event", "RequestResponse", "DryRun")
LOG_TYPES: Final = ("None", "Tail")
START_COLD_HEADER: Final = "X-Playground-Start-Cold"
"""A header of the playground's own: `true` begins with a new execution environment."""
FUNCTION_FAULTS: Final = frozenset(
    {Outcome.FUNCTION_ERROR, Outcome.INIT_ERROR, Outcome.TIMEOUT, Outcome.OUT_OF_MEMORY}
)


@dataclass(frozen=True, slots=True)
class InvokeRequest:
    """The headers of an Invoke request. `client_context` is decoded JSON text."""

    dry_run: bool
    log_tail: bool
    client_context: str | None
    start_cold: bool = False


def invoke_request(headers: Mapping[str, str]) -> InvokeRequest:
    """The request in the headers (case-insensitive mapping).

    Raises ValidationException, InvalidRequestContentException, and InvalidParameterValueException for what
    the playground does not offer.
    """
    invocation_type = headers.get("X-Amz-Invocation-Type", "RequestResponse")
    log_type = headers.get("X-Amz-Log-Type", "None")
    violations = [
        violation(f"'{value}'", member, f"Member must satisfy enum value set: [{', '.join(values)}]")
        for value, member, values in (
            (invocation_type, "invocationType", INVOCATION_TYPES),
            (log_type, "logType", LOG_TYPES),
        )
        if value not in values
    ]
    if violations:
        raise validation(violations)
    if invocation_type == "Event":
        raise not_offered("asynchronous invocations (InvocationType Event) yet; use RequestResponse")
    if "X-Amz-Tenant-Id" in headers:
        raise invalid_parameter(
            "The invoked function is not enabled for tenancy configuration. "
            "Remove the tenant ID from your request and try again."
        )
    if "X-Amz-Durable-Execution-Name" in headers:
        raise not_offered("durable functions (DurableExecutionName)")
    context = _client_context(headers.get("X-Amz-Client-Context"))
    start_cold = _start_cold(headers.get(START_COLD_HEADER, "false"))
    return InvokeRequest(invocation_type == "DryRun", log_type == "Tail", context, start_cold)


def _start_cold(value: str) -> bool:
    if value.lower() not in {"true", "false"}:
        raise invalid_parameter(f"{START_COLD_HEADER} is true or false.")
    return value.lower() == "true"


def check_event(event: bytes) -> None:
    """Raises RequestEntityTooLargeException over 6 MB, InvalidRequestContentException when it is not JSON."""
    if len(event) > limits.EVENT_BYTES_MAX:
        raise request_too_large(limits.EVENT_BYTES_MAX, "InvokeFunction")
    if faults := event_faults(event):
        reason = jackson.fault(event) or faults[0].message
        raise LambdaApiError(
            "InvalidRequestContentException",
            f"Could not parse request body into json: Could not parse payload into json: {reason}",
        )


def _client_context(header: str | None) -> str | None:
    if not header:
        return None
    if len(header) > limits.CLIENT_CONTEXT_BYTES_MAX:
        raise LambdaApiError(
            "InvalidRequestContentException",
            f"Client context must be {limits.CLIENT_CONTEXT_BYTES_MAX} bytes or less.",
        )
    try:
        text = binascii.a2b_base64(header.encode(), strict_mode=True).decode()
        is_object = isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        is_object = False
    if not is_object or "\0" in text:
        raise LambdaApiError(
            "InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object."
        )
    return text


def answer_headers(
    request: InvokeRequest,
    outcome: Outcome,
    notice: str,
    log: Iterable[str],
    trace_id: str,
    version: str = LATEST,
) -> dict[str, str]:
    """The headers beside the payload of a finished invocation; a function's fault is among them.

    Raises ServiceException when the platform failed or the invocation was cancelled.
    """
    if outcome is not Outcome.OK and outcome not in FUNCTION_FAULTS:
        raise LambdaApiError("ServiceException", notice or "The invocation was cancelled.")
    headers = {"X-Amz-Executed-Version": version, "X-Amzn-Trace-Id": trace_id}
    if outcome in FUNCTION_FAULTS:
        headers["X-Amz-Function-Error"] = "Unhandled"
    if request.log_tail:
        headers["X-Amz-Log-Result"] = log_result(log)
    return headers


def trace_id(request_id: UUID, now: datetime) -> str:
    """X-Amzn-Trace-Id of an invocation: a root of its own, not sampled."""
    return f"Root=1-{int(now.timestamp()):08x}-{request_id.hex[:24]};Parent={request_id.hex[-16:]};Sampled=0"
