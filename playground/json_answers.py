"""What every JSON API of ours takes and answers with, apart from its own objects."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Schema
from ninja.errors import HttpError

from invoker.fault import Fault
from playground import json_body
from playground.refusal_body import refusal
from playground.security import is_forged

T = TypeVar("T")
RETRY_AFTER_S = 1


class FaultSchema(Schema):
    """One fault of a request."""

    field: list[str] = Field(description="The way to the value, such as environment, AWS_REGION.")
    message: str
    line: int | None = Field(description="1-based, where the field is text that was parsed.")
    column: int | None


class Refusal(Schema):
    """Why a request was refused: every fault at once."""

    errors: list[FaultSchema]


REFUSALS: Any = dict.fromkeys((400, 401, 403, 404, 422, 503), Refusal)


def json_request(schema: type[Schema], required: bool = True) -> dict[str, Any]:
    """What the OpenAPI document says of a body that we read ourselves."""
    document = schema.model_json_schema()
    whole = _inlined(document, document.pop("$defs", {}))
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": whole}}}}


def _inlined(part: Any, definitions: Mapping[str, Any]) -> Any:
    # References from within an operation would lead to where the document has nothing.
    if isinstance(part, list):
        return [_inlined(one, definitions) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _inlined(definitions[part["$ref"].rpartition("/")[2]], definitions)
    return {name: _inlined(one, definitions) for name, one in part.items()}


def faults_response(faults: list[Fault], status: int) -> JsonResponse:
    """Every fault in one answer."""
    return JsonResponse(refusal(faults), status=status)


def read_body(request: HttpRequest, read: Callable[[object], T | list[Fault]]) -> T | HttpResponse:
    """What `read` makes of the body of a request that changes something, or the answer that refuses it.

    Raises HttpError where another site may have sent it.
    """
    refuse_forged(request)
    try:
        body = json_body.parse(request.body)
    except RequestDataTooBig:
        return faults_response([Fault((), "The body is too large.")], HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except json_body.NotJson as error:
        return faults_response([Fault((), str(error))], HTTPStatus.BAD_REQUEST)
    value = read(body)
    return faults_response(value, HTTPStatus.UNPROCESSABLE_ENTITY) if isinstance(value, list) else value


def try_later(error: Exception, seconds: int) -> HttpResponse:
    """429 with the sentence of a limit, and when to try again."""
    response = faults_response([Fault((), str(error))], HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


def refuse_forged(request: HttpRequest) -> None:
    """Raises HttpError where another site may have sent the request in somebody's name."""
    if is_forged(request):
        message = (
            "Send the value of the cookie csrftoken in the header X-CSRFToken, from the page's own origin."
        )
        raise HttpError(HTTPStatus.FORBIDDEN, message)
