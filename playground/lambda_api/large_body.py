"""The answer to a body that is too long to be kept, before any view has seen the request. Pure."""

import re

from invoker import limits
from playground.lambda_api.errors import LambdaApiError, request_too_large
from playground.lambda_api.request_body import CREATE_REQUEST_BYTES_MAX

_OPERATIONS = {
    "invocations": ("InvokeFunction", limits.EVENT_BYTES_MAX),
    "code": ("UpdateFunctionCode", CREATE_REQUEST_BYTES_MAX),
    "configuration": ("UpdateFunctionConfiguration", CREATE_REQUEST_BYTES_MAX),
}


def is_lambda_api(path: str) -> bool:
    """Whether a path is one of the Lambda API's, which all begin with a date."""
    return re.match(r"/20\d\d-\d\d-\d\d/", path) is not None


def too_large(path: str) -> LambdaApiError:
    """The error that AWS gives for the operation on `path`."""
    tail = path.rstrip("/").rpartition("/")[2]
    operation, limit = _OPERATIONS.get(tail, ("CreateFunction", CREATE_REQUEST_BYTES_MAX))
    return request_too_large(limit, operation)
