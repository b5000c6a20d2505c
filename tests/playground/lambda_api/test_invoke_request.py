"""Invoke's headers are read as AWS reads them, and an outcome becomes AWS's answer."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import pytest

from invoker.events import Outcome
from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.invoke_request import (
    InvokeRequest,
    answer_headers,
    check_event,
    invoke_request,
    trace_id,
)


def refusal(headers: Mapping[str, str]) -> LambdaApiError:
    with pytest.raises(LambdaApiError) as caught:
        invoke_request(headers)
    return caught.value


def encoded(context: object) -> str:
    return base64.b64encode(json.dumps(context).encode()).decode()


def test_an_invocation_is_synchronous_without_log_by_default() -> None:
    assert invoke_request({}) == InvokeRequest(dry_run=False, log_tail=False, client_context=None)


def test_all_headers_are_read() -> None:
    headers = {
        "X-Amz-Invocation-Type": "DryRun",
        "X-Amz-Log-Type": "Tail",
        "X-Amz-Client-Context": encoded({"custom": {"a": "ä"}}),
        "X-Playground-Start-Cold": "true",
    }

    assert invoke_request(headers) == InvokeRequest(True, True, json.dumps({"custom": {"a": "ä"}}), True)


def test_a_cold_start_is_asked_for_in_true_and_false_alone() -> None:
    assert not invoke_request({"X-Playground-Start-Cold": "False"}).start_cold
    assert refusal({"X-Playground-Start-Cold": "yes"}).code == "InvalidParameterValueException"


def test_unknown_types_are_violations_told_together() -> None:
    error = refusal({"X-Amz-Invocation-Type": "Sync", "X-Amz-Log-Type": "All"})

    assert error.message == (
        "2 validation errors detected: Value 'Sync' at 'invocationType' failed to satisfy constraint: "
        "Member must satisfy enum value set: [Event, RequestResponse, DryRun]; "
        "Value 'All' at 'logType' failed to satisfy constraint: Member must satisfy enum value set: [None, Tail]"
    )


def test_an_asynchronous_invocation_is_refused_in_words() -> None:
    error = refusal({"X-Amz-Invocation-Type": "Event"})

    assert (error.code, error.status) == ("InvalidParameterValueException", 400)
    assert "asynchronous invocations (InvocationType Event)" in error.message


@pytest.mark.parametrize("name", ["X-Amz-Tenant-Id", "X-Amz-Durable-Execution-Name"])
def test_what_no_function_here_has_is_refused(name: str) -> None:
    assert refusal({name: "a"}).code == "InvalidParameterValueException"


@pytest.mark.parametrize(
    "context", ["!", "e30", encoded([1]), encoded("a"), base64.b64encode(b"{").decode(), "gICA", "ä"]
)
def test_a_client_context_that_is_no_json_object_is_refused(context: str) -> None:
    error = refusal({"X-Amz-Client-Context": context})

    assert (error.code, error.message) == (
        "InvalidRequestContentException",
        "Client context must be a valid Base64-encoded JSON object.",
    )


def test_a_client_context_has_3583_bytes_at_most() -> None:
    longest = encoded({"a": "x" * 2_676})
    assert len(longest) == 3_580

    assert invoke_request({"X-Amz-Client-Context": longest}).client_context
    assert "3583 bytes" in refusal({"X-Amz-Client-Context": encoded({"a": "x" * 2_677})}).message


@pytest.mark.parametrize("event", [b"", b"  ", b"{}", b"null", b'"a"', b"1", b"[" * 3_000 + b"]" * 3_000])
def test_json_of_every_kind_is_an_event_and_so_is_nothing(event: bytes) -> None:
    check_event(event)


def test_an_event_over_six_megabytes_is_too_large() -> None:
    check_event(b'"' + b"a" * 6_291_454 + b'"')
    with pytest.raises(LambdaApiError) as caught:
        check_event(b'"' + b"a" * 6_291_455 + b'"')

    assert (caught.value.code, caught.value.status, caught.value.message) == (
        "RequestEntityTooLargeException",
        413,
        "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
    )


PLAIN = InvokeRequest(dry_run=False, log_tail=False, client_context=None)
TAIL = InvokeRequest(dry_run=False, log_tail=True, client_context=None)
LOG = ["START"]


def test_a_success_names_the_version_alone() -> None:
    assert answer_headers(PLAIN, Outcome.OK, "", LOG, "Root=1") == {
        "X-Amz-Executed-Version": "$LATEST",
        "X-Amzn-Trace-Id": "Root=1",
    }


@pytest.mark.parametrize(
    "outcome", [Outcome.FUNCTION_ERROR, Outcome.INIT_ERROR, Outcome.TIMEOUT, Outcome.OUT_OF_MEMORY]
)
def test_a_fault_of_the_function_is_unhandled(outcome: Outcome) -> None:
    assert answer_headers(PLAIN, outcome, "", LOG, "")["X-Amz-Function-Error"] == "Unhandled"


def test_the_log_tail_is_there_when_it_is_asked_for() -> None:
    assert answer_headers(TAIL, Outcome.OK, "", LOG, "")["X-Amz-Log-Result"] == "U1RBUlQK"


@pytest.mark.parametrize("outcome", [Outcome.PLATFORM_ERROR, Outcome.CANCELLED])
def test_a_fault_of_the_platform_is_a_service_exception(outcome: Outcome) -> None:
    with pytest.raises(LambdaApiError) as caught:
        answer_headers(PLAIN, outcome, "The worker stopped.", LOG, "")

    assert caught.value.status == 500
    assert caught.value.body() == {"Type": "Service", "Message": "The worker stopped."}


def test_the_trace_id_has_the_form_of_x_ray() -> None:
    id = trace_id(UUID("00112233-4455-6677-8899-aabbccddeeff"), datetime(2026, 1, 1, tzinfo=UTC))

    assert id == "Root=1-6955b900-00112233445566778899aabb;Parent=8899aabbccddeeff;Sampled=0"
