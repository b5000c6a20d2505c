"""boto3 invokes functions: results, faults, log tail and context come as from AWS."""

import base64
import json
import re
import threading
import time
from copy import deepcopy
from typing import Any

import pytest

from tests.playground.lambda_api.clients import archive, create, lambda_client, refused
from tests.playground.lambda_api.recordings import RECORDED, differences

UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def invoked(client: Any, name: str, event: object = None, **members: Any) -> dict[str, Any]:
    """An answer as the recordings have it: its payload read, and as JSON where it is an object."""
    payload = event if isinstance(event, bytes) else json.dumps(event or {}).encode()
    answer: dict[str, Any] = client.invoke(FunctionName=name, Payload=payload, **members)
    text = answer["Payload"].read().decode()
    parsed = json.loads(text) if text else ""
    return {**answer, "Payload": parsed if isinstance(parsed, dict) else text}


def test_a_function_without_a_result_answers_null_as_recorded(alice: Any) -> None:
    recorded = RECORDED["invocation_type_no_return_payload[nodejs-RequestResponse]"]["invoke-result"]
    name = create(alice, "exports.handler = async () => {}")

    assert not differences(recorded, invoked(alice, name))


def test_the_log_tail_is_as_recorded(alice: Any) -> None:
    recorded = RECORDED["invocation_with_logs[nodejs16.x]"]
    name = create(alice, "exports.handler = async (e) => { console.log(JSON.stringify(e)); return e }")

    answer = invoked(alice, name, LogType="Tail")

    tail = base64.b64decode(answer["LogResult"]).decode()
    assert not differences({**recorded["invoke"], "LogResult": answer["LogResult"]}, answer)
    lines = tail.splitlines(keepends=True)
    assert not differences(recorded["logs"]["logs"], lines)
    assert set(re.findall(UUID.replace("(", "(?:"), tail)) == {answer["ResponseMetadata"]["RequestId"]}


def test_without_log_type_there_is_no_log_and_no_error_header(alice: Any) -> None:
    recorded = RECORDED["invocation_type_request_response[nodejs16.x]"]["invoke-result"]
    name = create(alice, "exports.handler = async (e) => e")

    answer = invoked(alice, name)

    assert not differences(recorded, answer)
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert headers["content-type"] == "application/json"
    assert re.fullmatch(
        r"Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0", headers["x-amzn-trace-id"]
    )


def test_a_dry_run_runs_nothing(alice: Any) -> None:
    name = create(alice, "exports.handler = async () => { throw new Error('ran') }")

    answer = invoked(alice, name, InvocationType="DryRun")

    assert not differences(RECORDED["invocation_type_dry_run[nodejs16.x]"]["invoke-result"], answer)


def test_an_asynchronous_invocation_is_refused_in_words(alice: Any) -> None:
    name = create(alice, "exports.handler = async () => {}")

    error = refused(alice.invoke, FunctionName=name, InvocationType="Event")

    assert error["Error"]["Code"] == "InvalidParameterValueException"
    assert "InvocationType Event" in error["Error"]["Message"]


def test_no_function_is_refused_as_recorded(alice: Any) -> None:
    error = refused(alice.invoke, FunctionName="doesnotexist")

    assert not differences(RECORDED["invoke_exceptions"]["invoke_function_doesnotexist"], error)


def test_an_event_that_is_not_json_is_refused_as_recorded(alice: Any) -> None:
    name = create(alice, "exports.handler = async () => {}")
    encoding = "lambda_invoke_payload_encoding_error"

    for key, answers in RECORDED.items():
        if key.startswith(encoding):
            (recorded,) = answers.values()
            text = key.partition("-")[2].removesuffix("]")
            payload = text.encode().decode("unicode_escape").encode("latin-1")
            assert not differences(recorded, refused(alice.invoke, FunctionName=name, Payload=payload))


def test_an_event_over_six_megabytes_is_too_large(alice: Any) -> None:
    name = create(alice, "exports.handler = async (e) => e.length")

    error = refused(alice.invoke, FunctionName=name, Payload=b'"' + b"a" * 6_291_456 + b'"')

    assert error["ResponseMetadata"]["HTTPStatusCode"] == 413
    assert error["Error"] == {
        "Code": "RequestEntityTooLargeException",
        "Message": "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
    }
    assert invoked(alice, name, b'"' + b"a" * 6_000_000 + b'"')["Payload"] == "6000000"


@pytest.mark.parametrize(
    ("recording", "answer", "code", "members"),
    [
        (
            "lambda_handler_exit",
            "invocation_error",
            "exports.handler = async () => process.exit(0)",
            {},
        ),
        ("lambda_runtime_exit", "invocation_error", "process.exit(0)", {}),
        (
            "lambda_invoke_with_timeout",
            "invoke-result",
            "exports.handler = () => new Promise((r) => setTimeout(r, 9000))",
            {"Timeout": 1},
        ),
        (
            "lambda_too_large_response",
            "invoke_result",
            "exports.handler = async () => 'x'.repeat(6291556)",
            {"MemorySize": 256, "Timeout": 10},
        ),
        (
            "uncaught_exception_invoke[nodejs22.x]",
            "error_result",
            "exports.handler = async () => { throw new Error('Error: some_error_msg') }",
            {},
        ),
    ],
)
def test_a_fault_of_the_function_is_answered_as_recorded(
    alice: Any, recording: str, answer: str, code: str, members: dict[str, Any]
) -> None:
    name = create(alice, code, **members)

    told = invoked(alice, name)

    recorded = dict(RECORDED[recording][answer])
    if "trace" in told["Payload"]:
        assert all(isinstance(line, str) for line in told["Payload"]["trace"])
        told["Payload"]["trace"] = "<stack-trace>"
    assert not differences(recorded, told)


INTROSPECTION = """
exports.handler = async (event, context) => {
  const { awsRequestId, functionName, functionVersion, invokedFunctionArn, logGroupName, logStreamName } = context
  return {
    environment: process.env,
    ctx: {
      aws_request_id: awsRequestId,
      function_name: functionName,
      function_version: functionVersion,
      invoked_function_arn: invokedFunctionArn,
      log_group_name: logGroupName,
      log_stream_name: logStreamName,
      remaining_time_in_millis: context.getRemainingTimeInMillis(),
    },
    packages: [],
  }
}
"""
# There are no credentials and no X-Ray, and where the Runtime API listens is the emulator's own.
XRAY = {
    "AWS_XRAY_CONTEXT_MISSING",
    "AWS_XRAY_DAEMON_ADDRESS",
    "_AWS_XRAY_DAEMON_ADDRESS",
    "_AWS_XRAY_DAEMON_PORT",
}


@pytest.mark.parametrize("qualified", [False, True])
def test_context_and_environment_are_as_recorded(alice: Any, qualified: bool) -> None:
    recorded = RECORDED["introspection_invoke[nodejs22.x]"]
    expected = deepcopy(recorded["invocation_result_payload" + ("_qualified" if qualified else "")])
    for name in XRAY:
        del expected["environment"][name]
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        expected["environment"][name] = ""
    expected["environment"]["AWS_LAMBDA_RUNTIME_API"] = "<address>"
    name = create(alice, INTROSPECTION, MemorySize=1024, Environment={"Variables": {"TEST_KEY": "TEST_VAL"}})

    told = invoked(alice, name, **({"Qualifier": "$LATEST"} if qualified else {}))["Payload"]

    assert not differences(expected, told)
    assert told["ctx"]["function_name"] == name
    assert told["ctx"]["remaining_time_in_millis"] <= 3_000


def test_the_region_of_the_caller_is_the_region_of_the_function(playground: str) -> None:
    client = lambda_client(playground, region="eu-central-1")
    name = create(client, INTROSPECTION)

    told = invoked(client, name)["Payload"]

    assert told["environment"]["AWS_REGION"] == told["environment"]["AWS_DEFAULT_REGION"] == "eu-central-1"
    assert told["ctx"]["invoked_function_arn"] == (
        f"arn:aws:lambda:eu-central-1:000000000000:function:{name}"
    )


def test_the_client_context_reaches_the_function(alice: Any) -> None:
    name = create(alice, "exports.handler = async (e, context) => ({ seen: context.clientContext })")
    context = {"custom": {"a": "ä"}, "client": {"installation_id": "1"}}

    told = invoked(alice, name, ClientContext=base64.b64encode(json.dumps(context).encode()).decode())

    assert told["Payload"] == {"seen": context}


COUNTER = "let calls = 0; exports.handler = async () => ({ calls: ++calls, version: %d })"


def test_globals_are_kept_until_an_update(alice: Any) -> None:
    name = create(alice, COUNTER % 1)

    told = [invoked(alice, name, LogType="Tail") for _ in range(2)]
    reports = [base64.b64decode(answer["LogResult"]).decode() for answer in told]
    assert [answer["Payload"]["calls"] for answer in told] == [1, 2]
    assert "Init Duration: " in reports[0]
    assert "Init Duration: " not in reports[1]

    alice.update_function_code(FunctionName=name, ZipFile=archive(COUNTER % 2))
    assert invoked(alice, name)["Payload"] == {"calls": 1, "version": 2}
    alice.update_function_configuration(FunctionName=name, Description="another")
    assert invoked(alice, name)["Payload"] == {"calls": 1, "version": 2}
    alice.update_function_code(FunctionName=name, ZipFile=archive(COUNTER % 2))
    assert invoked(alice, name)["Payload"] == {"calls": 1, "version": 2}
    assert invoked(alice, name)["Payload"] == {"calls": 2, "version": 2}


def test_two_keys_never_share_an_environment(alice: Any, bob: Any) -> None:
    code = COUNTER % 1
    first, second = create(alice, code), create(bob, code)

    assert [invoked(alice, first)["Payload"]["calls"] for _ in range(2)] == [1, 2]
    assert invoked(bob, second)["Payload"]["calls"] == 1


def test_invocations_at_once_run_at_once(alice: Any) -> None:
    name = create(
        alice, "exports.handler = (e) => new Promise((r) => setTimeout(() => r(e), 1500))", Timeout=9
    )
    answers: list[Any] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(invoked(alice, name, {"n": n})["Payload"]["n"]))
        for n in range(4)
    ]

    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [0, 1, 2, 3]
    assert time.monotonic() - begun < 6
