"""Every refusal of the JSON API is JSON, also where no operation of it has seen the request."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from playground.middleware import AfterResponse
from playground.refusal_body import refusal_body

PATH = "/api/"


class JsonErrors(AfterResponse):
    """Puts the JSON API's shape in place of Django's pages for errors."""

    def touch(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Replace the body of a page. DEBUG keeps Django's own."""
        is_page = response.status_code >= 400 and response.get("Content-Type", "") != "application/json"
        if not is_page or not request.path.startswith(PATH) or settings.DEBUG:
            return
        if isinstance(response, HttpResponse):
            response.content = refusal_body(_sentence(request, response))
            response.headers["Content-Type"] = "application/json"
            if response.has_header("Content-Length"):
                response.headers["Content-Length"] = str(len(response.content))


def _sentence(request: HttpRequest, response: HttpResponse) -> str:
    match response.status_code:
        case HTTPStatus.NOT_FOUND:
            return "There is nothing at this address."
        case HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = ", ".join(sorted(response.get("Allow", "").split(", ")))
            return f"This address takes {allowed}, not {request.method}."
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return "The playground failed. It is not the request's fault."
    return "The request cannot be understood."
