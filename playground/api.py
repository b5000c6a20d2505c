"""Our own JSON API with its OpenAPI document at /api/openapi.json."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from playground.invocations.api import router

api = NinjaAPI(
    title="Lambda playground",
    version="1",
    description=(
        "Run a Node.js Lambda function in a sandbox and follow it. Whoever asks is known by the cookie "
        "`owner`, which the first answer sets; only the same owner can read an invocation again. A request "
        "with that cookie, or with an `Origin`, also shows the value of the cookie `csrftoken` in the "
        "header `X-CSRFToken`. A refused request answers `errors`, each with the way to its `field`."
    ),
    # The pages that ninja has for it load their scripts from another host.
    docs_url=None,
)
api.add_router("/invocations", router)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A path or query that is not of its type."""
    faults = [
        {
            "field": [str(part) for part in fault["loc"][1:]],
            "message": fault["msg"],
            "line": None,
            "column": None,
        }
        for fault in error.errors
    ]
    return JsonResponse({"errors": faults}, status=422)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """An answer without a field, such as 404."""
    fault = {"field": [], "message": str(error), "line": None, "column": None}
    return JsonResponse({"errors": [fault]}, status=error.status_code)
