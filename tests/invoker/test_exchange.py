"""One invocation on the Runtime API: what the runtime is told, and what is read from its answer."""

import asyncio
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoker.answer import Answer
from invoker.deployment_package import DeploymentPackage
from invoker.exchange import Exchange
from invoker.http_message import Response, message_bytes
from invoker.invocation import FunctionConfiguration, Invocation

ARN = "arn:aws:lambda:us-east-1:000000000000:function:shop"


def invocation(client_context: str | None = None, invoked_arn: str | None = None) -> Invocation:
    return Invocation(
        "request-1",
        "somebody",
        FunctionConfiguration("shop", timeout=3),
        DeploymentPackage.of_texts({"index.mjs": ""}),
        client_context=client_context,
        invoked_arn=invoked_arn,
    )


def headers(asked: Invocation) -> dict[str, str]:
    """What the runtime is told of an invocation at the moment 1,800,000,000.25."""

    async def told() -> dict[str, str]:
        pairs = Exchange(asked, lambda: None, lambda _: None).headers(1_800_000_000.25)
        return {name.decode(): value.decode() for name, value in pairs}

    return asyncio.run(told())


def test_the_runtime_gets_request_deadline_function_and_trace() -> None:
    told = headers(invocation())
    trace = told.pop("Lambda-Runtime-Trace-Id")
    assert told == {
        "Lambda-Runtime-Aws-Request-Id": "request-1",
        "Lambda-Runtime-Deadline-Ms": "1800000003250",
        "Lambda-Runtime-Invoked-Function-Arn": ARN,
    }
    assert re.fullmatch(r"Root=1-6b49d200-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0", trace)


def test_the_arn_is_the_one_that_was_invoked() -> None:
    assert (
        headers(invocation(invoked_arn=f"{ARN}:$LATEST"))["Lambda-Runtime-Invoked-Function-Arn"]
        == f"{ARN}:$LATEST"
    )


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.text(max_size=4), JSON, max_size=3), st.sampled_from([None, 1, "\t"]), st.booleans()
)
def test_any_client_context_reaches_the_runtime_through_a_header(
    context: dict[str, object], indent: str | int | None, ascii_only: bool
) -> None:
    text = json.dumps(context, indent=indent, ensure_ascii=ascii_only)
    sent = headers(invocation(f"\n{text} "))["Lambda-Runtime-Client-Context"]
    assert json.loads(sent) == context
    assert message_bytes(Response(200, [(b"context", sent.encode())]), b"").count(b"\r\n") == 4


@pytest.mark.parametrize("context", ['{"a":' * 1_000 + "1" + "}" * 1_000, '"\x7f"', '"\u2028\ud800"'])
def test_a_hostile_client_context_is_still_one_header(context: str) -> None:
    sent = headers(invocation(context))["Lambda-Runtime-Client-Context"]
    assert message_bytes(Response(200, [(b"context", sent.encode())]), b"").count(b"\r\n") == 4


async def test_the_first_answer_counts_and_any_later_one_is_ignored() -> None:
    exchange = Exchange(invocation(), lambda: None, lambda _: None)
    exchange.answer(Answer(1.0, b"first"))
    exchange.answer(Answer(2.0, b"forged", "Error"))
    assert exchange.answered.result() == Answer(1.0, b"first")


async def test_the_hand_out_is_told_once_and_its_first_moment_is_kept() -> None:
    told: list[bool] = []
    exchange = Exchange(invocation(), lambda: told.append(exchange.handed_out.done()), lambda _: None)
    exchange.hand_out("emulator-1")
    first = exchange.handed_out.result()
    exchange.hand_out("emulator-2")
    assert told == [False]
    assert (exchange.handed_out.result(), exchange.rie_request_id) == (first, "emulator-2")
