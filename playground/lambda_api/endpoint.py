"""From HTTP to an operation of the API and back: who calls, what the body holds, how an answer is shaped.

The views take no cookie: a request that is not signed, such as a browser's form makes, is refused, and for
that reason they need no CSRF token.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from playground.access_keys.scope import Scope
from playground.invocations.admission import RETRY_AFTER_S, Refused
from playground.invocations.service import QueueUnavailable
from playground.lambda_api.authentication import identity_of
from playground.lambda_api.errors import LambdaApiError, request_too_large, throttled
from playground.snippets import quota

logger = logging.getLogger(__name__)
REQUEST_ID_HEADER = "x-amzn-RequestId"


Operation = Callable[..., HttpResponse]
"""Takes the request, the caller and the path's parts; raises LambdaApiError for what is not a success."""


@dataclass(frozen=True, slots=True)
class Action:
    """An operation by its name in the API, with what an access key needs for it."""

    name: str
    scope: Scope
    operation: Operation

    def __call__(self, request: HttpRequest, **path: str) -> HttpResponse:
        """The answer to a caller who may have it. Raises LambdaApiError."""
        identity = identity_of(request)
        identity.check_permission(self.name, self.scope, path.get("name", ""))
        return self.operation(request, identity, **path)


def endpoint(**actions: Action) -> Callable[..., HttpResponse]:
    """The view of one path, with its actions by HTTP method."""

    @csrf_exempt
    def view(request: HttpRequest, **path: str) -> HttpResponse:
        try:
            response = _routed(actions, request)(request, **path)
        except Exception as error:
            response = refusal(error)
        return with_request_id(response)

    return view


def refusal(error: Exception) -> HttpResponse:
    """The answer in place of an error; a fault of our own goes to the log and is AWS's ServiceException."""
    if isinstance(error, LambdaApiError):
        return error_response(error)
    if isinstance(error, Refused):
        return error_response(throttled(error.limit, str(error)), error.retry_after_s)
    if isinstance(error, quota.Exceeded):
        return error_response(LambdaApiError("CodeStorageExceededException", str(error)))
    if isinstance(error, QueueUnavailable):
        return error_response(LambdaApiError("ServiceException", str(error)))
    logger.error("An operation of the Lambda API failed.", exc_info=error)
    return error_response(LambdaApiError("ServiceException", "The service encountered an internal error."))


def with_request_id(response: HttpResponse, request_id: UUID | None = None) -> HttpResponse:
    """The answer with its request id: the invocation's, or a new one."""
    response.headers[REQUEST_ID_HEADER] = str(request_id or uuid4())
    return response


def error_response(error: LambdaApiError, retry_after_s: int = RETRY_AFTER_S) -> HttpResponse:
    """An error as AWS shapes it. A throttled caller is told when to try again."""
    headers = {"x-amzn-ErrorType": error.code}
    if error.status == 429:
        headers["Retry-After"] = str(retry_after_s)
    return JsonResponse(error.body(), status=error.status, headers=headers)


def json_response(members: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A success with a body."""
    return JsonResponse(members, status=status)


def body_of(request: HttpRequest, limit: int, operation: str) -> bytes:
    """The whole body. Raises RequestEntityTooLargeException over `limit` bytes."""
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        announced = 0
    # The stream is read and not `request.body`, whose own limit answers with a page in place of AWS's error.
    body = b"" if announced > limit else request.read(limit + 1)
    if max(announced, len(body)) > limit:
        raise request_too_large(limit, operation)
    return body


def unknown(request: HttpRequest) -> LambdaApiError:
    """The error on every path and method that is none of the API's."""
    return LambdaApiError(
        "UnknownOperationException", f"The playground has no operation {request.method} {request.path_info}"
    )


@csrf_exempt
def unknown_operation(request: HttpRequest, **path: str) -> HttpResponse:
    """The view of every other path."""
    return with_request_id(refusal(unknown(request)))


def _routed(actions: Mapping[str, Action], request: HttpRequest) -> Action:
    action = actions.get(request.method or "")
    if action is None:
        raise unknown(request)
    return action
