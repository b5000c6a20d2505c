"""What the views do without a worker: whom they take, and how they end a wait that leads nowhere."""

import asyncio
import json
from typing import Any

import pytest
from django.test import AsyncClient, Client

from playground.invocations.models import Invocation, Outcome, State
from playground.lambda_api.shapes import encoded
from playground.redis_connection import async_connection
from tests.playground.lambda_api.clients import ROLE, archive

FUNCTIONS = "/2015-03-31/functions"
SIGNED = {
    "Authorization": (
        "AWS4-HMAC-SHA256 Credential=AKIADAVE/20260101/us-east-1/lambda/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=0123abcd"
    )
}
MEMBERS = {
    "FunctionName": "f",
    "Runtime": "nodejs22.x",
    "Handler": "index.handler",
    "Role": ROLE,
    "Code": {"ZipFile": encoded(archive("exports.handler = async () => 1"))},
}


@pytest.mark.django_db
def test_credentials_are_refused_where_the_setting_is_off(settings: Any, client: Client) -> None:
    assert client.get(FUNCTIONS, headers=SIGNED).status_code == 200

    settings.LAMBDA_API_ANY_CREDENTIALS = False
    answer = client.get(FUNCTIONS, headers=SIGNED)

    assert (answer.status_code, answer["x-amzn-ErrorType"]) == (403, "UnrecognizedClientException")


@pytest.mark.django_db
def test_another_machine_is_refused(client: Client) -> None:
    answer = client.get(FUNCTIONS, headers=SIGNED, REMOTE_ADDR="192.168.1.2")

    assert (answer.status_code, answer["x-amzn-ErrorType"]) == (403, "UnrecognizedClientException")


@pytest.mark.django_db
def test_a_cookie_is_no_permission(client: Client) -> None:
    client.get("/")

    assert client.get(FUNCTIONS).status_code == 403


@pytest.fixture
def function(transactional_db: None, clean_redis: None) -> str:
    answer = Client().post(FUNCTIONS, json.dumps(MEMBERS), "application/json", headers=SIGNED)
    assert answer.status_code == 201
    return f"{FUNCTIONS}/f/invocations"


def test_an_invocation_that_no_worker_takes_is_throttled(function: str, settings: Any) -> None:
    settings.LAMBDA_API_QUEUE_WAIT_SECONDS = 0.2

    answer = asyncio.run(AsyncClient().post(function, "{}", "application/json", headers=SIGNED))

    assert (answer.status_code, answer["x-amzn-ErrorType"]) == (429, "TooManyRequestsException")
    assert answer["Retry-After"] == "1"
    assert answer.json() == {
        "Type": "User",
        "Reason": "ReservedFunctionConcurrentInvocationLimitExceeded",
        "message": "Rate Exceeded.",
    }
    row = Invocation.objects.get(id=answer["x-amzn-RequestId"])
    assert (row.state, row.outcome) == (State.FINISHED, Outcome.CANCELLED)


def test_over_a_limit_of_the_queue_an_invocation_is_throttled(function: str, settings: Any) -> None:
    settings.QUEUED_PER_OWNER_MAX = 0

    answer = asyncio.run(AsyncClient().post(function, "{}", "application/json", headers=SIGNED))

    assert (answer.status_code, answer["x-amzn-ErrorType"]) == (429, "TooManyRequestsException")
    assert answer.json()["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
    assert not Invocation.objects.exists()


def test_a_caller_that_goes_away_leaves_the_invocation_and_no_connection(function: str) -> None:
    async def call_and_leave() -> int:
        call = asyncio.create_task(AsyncClient().post(function, "{}", "application/json", headers=SIGNED))
        while not await Invocation.objects.aexists():
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        return len(async_connection().connection_pool._in_use_connections)

    assert asyncio.run(call_and_leave()) == 0
    assert Invocation.objects.get().state == State.QUEUED
