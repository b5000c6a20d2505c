"""Invoke: a synchronous invocation, which waits for its end without holding a thread."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from invoker import limits
from invoker.event_payload import normalised
from invoker.events import Outcome
from playground.access_keys.scope import Scope
from playground.client_address import client_address
from playground.database import in_database_thread
from playground.invocations import service
from playground.invocations.models import Invocation, Source, State
from playground.lambda_api import qualified
from playground.lambda_api.authentication import identity_of
from playground.lambda_api.endpoint import body_of, refusal, unknown, with_request_id
from playground.lambda_api.errors import LambdaApiError, rate_exceeded
from playground.lambda_api.function_name import referenced
from playground.lambda_api.invoke_request import (
    InvokeRequest,
    answer_headers,
    check_event,
    invoke_request,
    trace_id,
)

GRACE_S: Final = 15.0
"""What the platform may take around an invocation beside the function's own limits."""


@csrf_exempt
async def invoke(request: HttpRequest, name: str) -> HttpResponse:
    """The view. A caller that goes away ends only the waiting: the invocation goes on, as on AWS."""
    invocation = None
    try:
        if request.method != "POST":
            raise unknown(request)
        asked = invoke_request(request.headers)
        invocation = await in_database_thread(_submitted, request, name, asked)
        if invocation is None:
            return with_request_id(HttpResponse(status=204, content_type="application/json"))
        response = _answer(asked, invocation, await _finished(invocation))
    except Exception as error:
        response = refusal(error)
    return with_request_id(response, invocation.id if invocation else None)


def _submitted(request: HttpRequest, name: str, asked: InvokeRequest) -> Invocation | None:
    """The invocation, queued; None for a dry run, which ends when everything is checked."""
    identity = identity_of(request)
    identity.check_permission("InvokeFunction", Scope.INVOKE, name)
    reference = referenced(name, identity, request.GET.get("Qualifier"))
    of = qualified.invoked(reference, identity)
    function = of.function
    event = body_of(request, limits.EVENT_BYTES_MAX, "InvokeFunction")
    check_event(event)
    if asked.dry_run:
        return None
    return service.submit(
        service.Submission(
            owner=identity.owner,
            address=client_address(request),
            function_name=of.snippet.function_name,
            package_id=function.package_id,
            handler=function.handler,
            memory_size=function.memory_size,
            timeout=function.timeout,
            ephemeral_storage=function.ephemeral_storage,
            environment=function.environment,
            event=normalised(event),
            client_context=asked.client_context,
            invoked_arn=identity.arn(of.snippet.function_name, reference.qualifier),
            version=of.version,
            revision=str(function.revision_id),
            snippet_id=of.snippet.id,
            from_editor=function.from_editor,
            start_cold=asked.start_cold,
            source=Source.LAMBDA_API,
        )
    )


async def _finished(invocation: Invocation) -> service.Ended:
    """How the invocation ended.

    Raises TooManyRequestsException when no worker took it in time, ServiceException when it does not end.
    """
    finished = await service.finished(invocation.id, settings.LAMBDA_API_QUEUE_WAIT_SECONDS, is_new=True)
    if finished is None:
        unclaimed = await in_database_thread(
            service.finish_unrun,
            invocation.id,
            State.QUEUED,
            Outcome.CANCELLED,
            "It waited too long in the queue.",
        )
        if unclaimed:
            raise rate_exceeded()
        longest = limits.SANDBOX_START_TIMEOUT_S + limits.INIT_TIMEOUT_S + invocation.timeout + GRACE_S
        finished = await service.finished(invocation.id, longest)
    if finished is None:
        await in_database_thread(service.cancel, invocation)
        raise LambdaApiError("ServiceException", "The invocation did not end within its limits.")
    return finished


def _answer(asked: InvokeRequest, invocation: Invocation, ended: service.Ended) -> HttpResponse:
    trace = trace_id(invocation.id, timezone.now())
    headers = answer_headers(asked, ended.outcome, ended.notice, ended.log, trace, invocation.version)
    return HttpResponse(ended.response, content_type="application/json", headers=headers)
