"""Our own JSON API with its OpenAPI document at /api/openapi.json."""

import logging
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from invoker.fault import Fault
from playground.access_keys.api import router as access_keys
from playground.exports import api as exports
from playground.invocations.api import router as invocations
from playground.json_answers import RETRY_AFTER_S, faults_response, try_later
from playground.openings.api import router as openings
from playground.owner import OwnerGone
from playground.sharing import api as sharing
from playground.snippets import api as snippets_api
from playground.snippets import compiling, quota, test_events_api, versions_api
from playground.workshops.participant.api import router as participant
from playground.workshops.preparing.api import router as preparing
from playground.workshops.wall.api import router as wall

logger = logging.getLogger(__name__)
api = NinjaAPI(
    title="Lambda playground",
    version="1",
    description=(
        "Run a Node.js Lambda function in a sandbox and follow it. Whoever asks is known by the cookie "
        "`owner`, which the first answer sets; only the same owner can read an invocation again. A request "
        "with that cookie, or with an `Origin`, also shows the value of the cookie `csrftoken` in the "
        "header `X-CSRFToken`. A program shows an access key instead, `Authorization: Bearer ID.SECRET`, and "
        "is its owner, within the key's scopes. A refused request answers `errors`, each with the way to its "
        "`field`."
    ),
    # The pages that ninja has for it load their scripts from another host.
    docs_url=None,
)
api.add_router("/invocations", invocations)
for snippets in (
    *(snippets_api.router, versions_api.router, test_events_api.router),
    *(sharing.snippet_router, exports.snippet_router),
):
    api.add_router("/snippets", snippets)
api.add_router("/exports", exports.router)
api.add_router("/openings", openings)
api.add_router("/keys", access_keys)
api.add_router("/shares", sharing.share_router)
api.add_router("/shared", sharing.shared_router)
api.add_router("/participants", participant)
api.add_router("/workshops", wall)
api.add_router("/workshops", preparing)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A path or query that is not of its type."""
    faults = [Fault(tuple(map(str, fault["loc"][1:])), fault["msg"]) for fault in error.errors]
    return faults_response(faults, HTTPStatus.UNPROCESSABLE_ENTITY)


@api.exception_handler(quota.Exceeded)
def over_quota(request: HttpRequest, error: quota.Exceeded) -> HttpResponse:
    """An owner has as many functions, versions or bytes of code as may be."""
    return faults_response([Fault((), str(error))], HTTPStatus.UNPROCESSABLE_ENTITY)


@api.exception_handler(compiling.CompilerBusy)
def compiler_busy(request: HttpRequest, error: compiling.CompilerBusy) -> HttpResponse:
    """Too many wait for the compiler."""
    return try_later(error, RETRY_AFTER_S)


@api.exception_handler(compiling.CompilerUnavailable)
def compiler_unavailable(request: HttpRequest, error: compiling.CompilerUnavailable) -> HttpResponse:
    """The compiler cannot be run."""
    return faults_response([Fault((), str(error))], HTTPStatus.SERVICE_UNAVAILABLE)


@api.exception_handler(OwnerGone)
def owner_gone(request: HttpRequest, error: OwnerGone) -> HttpResponse:
    """The account was deleted while the request was under way."""
    return faults_response([Fault((), "Your account was deleted meanwhile.")], HTTPStatus.FORBIDDEN)


@api.exception_handler(OperationalError)
def unavailable(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The database is locked, restarts, or its disk is full."""
    logger.error("The database does not answer: %s", error)
    response = faults_response([Fault((), "The database does not answer.")], HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER_S)
    return response


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """An answer without a field, such as 404."""
    return faults_response([Fault((), str(error))], error.status_code)
