"""`X-Playground-Start-Cold`: a header with which boto3 too can ask for a new execution environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.outcomes.invoked import invoke
from tests.playground.lambda_api.clients import create

HEADER = "X-Playground-Start-Cold"
COUNTING = "let calls = 0\nexports.handler = async () => ({ calls: ++calls, pid: process.pid })"


@contextmanager
def with_header(client: Any, value: str) -> Iterator[None]:
    """Sends the header with every request, as boto3's own events allow."""

    def add(request: Any, **_: object) -> None:
        request.headers[HEADER] = value

    client.meta.events.register("before-sign.lambda.Invoke", add)
    try:
        yield
    finally:
        client.meta.events.unregister("before-sign.lambda.Invoke", add)


def test_an_invocation_that_starts_cold_is_a_new_process_and_has_an_init_phase(client: Any) -> None:
    name = create(client, COUNTING)
    first, warm = invoke(client, name), invoke(client, name)
    assert (warm.value, warm.init_ms) == ({**first.value, "calls": 2}, None)
    with with_header(client, "true"):
        cold = invoke(client, name)
    assert cold.value["calls"] == 1
    assert cold.init_ms is not None
    assert invoke(client, name).value == {**cold.value, "calls": 2}


def test_false_is_as_without_the_header(client: Any) -> None:
    name = create(client, COUNTING)
    with with_header(client, "false"):
        assert [invoke(client, name).value["calls"] for _ in range(2)] == [1, 2]


def test_another_value_is_refused(client: Any) -> None:
    name = create(client, COUNTING)
    with with_header(client, "yes"), pytest.raises(ClientError) as refused:
        invoke(client, name)
    assert refused.value.response["Error"]["Code"] == "InvalidParameterValueException"
    assert HEADER in refused.value.response["Error"]["Message"]
