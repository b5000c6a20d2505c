"""Every outcome of an invocation as AWS answers it, payload by payload, on both sandboxes."""

import re
from typing import Any

import pytest

from tests.outcomes.invoked import Invoked, assert_lines, invoke
from tests.playground.lambda_api.clients import create, refused

NEVER = "() => new Promise(() => setInterval(() => {}, 99))"
FRAME = r" +at .+"
EXIT_LINES = (r"RequestId: [0-9a-f-]{36} Error: Runtime exited .+", r"Runtime\.ExitError")


def assert_succeeds(told: Invoked, payload: str) -> None:
    assert (told.status, told.function_error, told.payload) == (200, None, payload)


def assert_fails(told: Invoked, payload: dict[str, Any]) -> None:
    """The payload has exactly these members in this order; a pattern stands for any text that it matches."""
    assert (told.status, told.function_error) == (200, "Unhandled")
    assert list(told.value) == list(payload), told.payload
    for name, wanted in payload.items():
        if isinstance(wanted, re.Pattern):
            assert wanted.fullmatch(told.value[name]), told.payload
        elif name == "trace":
            assert told.value[name][: len(wanted)] == wanted, told.payload
            assert all(re.fullmatch(FRAME, line) for line in told.value[name][len(wanted) :]), told.payload
        else:
            assert told.value[name] == wanted, told.payload


def exited(told: Invoked, message: str) -> dict[str, str]:
    """The payload after the end of the runtime's process."""
    return {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: {told.request_id} Error: {message}",
    }


@pytest.mark.parametrize(
    ("returned", "payload"),
    [
        ("({ doubled: event.n * 2 })", '{"doubled":42}'),
        ("undefined", "null"),
        ("'text'", '"text"'),
        ("[1, 'ä']", '[1,"ä"]'),
    ],
)
def test_a_returned_value_is_the_payload(client: Any, returned: str, payload: str) -> None:
    told = invoke(client, create(client, f"exports.handler = async (event) => {returned}"), {"n": 21})
    assert_succeeds(told, payload)
    assert_lines(told)


def test_a_thrown_error_is_name_message_and_trace(client: Any) -> None:
    code = "class OrderRefused extends Error { name = 'OrderRefused' }\nexports.handler = async () => { throw new OrderRefused('no stock') }"
    told = invoke(client, create(client, code))
    assert_fails(
        told, {"errorType": "OrderRefused", "errorMessage": "no stock", "trace": ["OrderRefused: no stock"]}
    )
    assert "/var/task/index.js:2:" in told.value["trace"][1]
    assert_lines(told, r".+\tERROR\tInvoke Error \t\{.+\}", status="error", error_type="OrderRefused")


def test_an_error_given_to_the_callback_is_the_same(client: Any) -> None:
    code = "exports.handler = (event, context, callback) => callback(new TypeError('late'))"
    told = invoke(client, create(client, code))
    assert_fails(told, {"errorType": "TypeError", "errorMessage": "late", "trace": ["TypeError: late"]})
    assert_lines(told, r".+\tERROR\tInvoke Error \t\{.+\}", status="error", error_type="TypeError")


def test_a_rejection_without_a_handler_is_unhandled(client: Any) -> None:
    code = "exports.handler = () => new Promise(() => { Promise.reject(new Error('nobody listens')) })"
    told = invoke(client, create(client, code))
    assert told.function_error == "Unhandled"
    assert told.value["errorType"] == "Runtime.UnhandledPromiseRejection"
    assert told.value["errorMessage"] == "Error: nobody listens"
    assert_lines(
        told,
        r".+\tERROR\tUnhandled Promise Rejection \t\{.+\}",
        *EXIT_LINES[:0],
        status="error",
        error_type="Runtime.UnhandledPromiseRejection",
    )


@pytest.mark.parametrize(
    ("files", "handler", "error_type", "message"),
    [
        ({"index.mjs": "export const other = 1"}, "index.handler", "Runtime.HandlerNotFound",
         r"index\.handler is undefined or not exported"),
        ({"other.mjs": ""}, "index.handler", "Runtime.ImportModuleError",
         r"Error: Cannot find module 'index'(\n.*)*"),
        ({"index.js": "exports.handler = (=> 1"}, "index.handler", "Runtime.UserCodeSyntaxError",
         r"SyntaxError: .+"),
        ({"index.mjs": ""}, "../index.handler", "Runtime.MalformedHandlerName", r".+"),
        ({"index.mjs": "throw new RangeError('at init')"}, "index.handler", "RangeError", "at init"),
    ],
    ids=["no export", "no file", "syntax error", "malformed handler", "throws"],
)  # fmt: skip
def test_a_failed_init_is_told_with_its_type(
    client: Any, files: dict[str, str | bytes], handler: str, error_type: str, message: str
) -> None:
    told = invoke(client, create(client, files, Handler=handler))
    assert (told.status, told.function_error) == (200, "Unhandled")
    assert list(told.value)[:2] == ["errorType", "errorMessage"]
    assert told.value["errorType"] == error_type
    assert re.fullmatch(message, told.value["errorMessage"]), told.payload
    assert told.report["error_type"] == error_type


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("process.exit(0)", "Runtime exited without providing a reason"),
        ("process.exit(127)", "Runtime exited with error: exit status 127"),
        ("process.kill(process.pid, 'SIGKILL')", "Runtime exited with error: signal: killed"),
    ],
)
@pytest.mark.parametrize("code", ["exports.handler = async () => {{ {} }}", "{}"], ids=["handler", "init"])
def test_an_exit_is_an_exit_error(client: Any, code: str, statement: str, message: str) -> None:
    told = invoke(client, create(client, code.format(statement)))
    assert_fails(told, exited(told, message))
    assert_lines(told, *EXIT_LINES, status="error", error_type="Runtime.ExitError")


def test_the_memory_limit_kills_and_is_reported_as_fully_used(client: Any) -> None:
    code = "exports.handler = async () => { const kept = []; for (;;) kept.push(Buffer.alloc(8e6, 1)) }"
    told = invoke(client, create(client, code, Timeout=30))
    assert_fails(told, exited(told, "Runtime exited with error: signal: killed"))
    assert_lines(told, *EXIT_LINES, status="error", error_type="Runtime.ExitError")
    assert (told.report["memory_size_mb"], told.report["max_memory_used_mb"]) == ("128", "128")


def test_a_timeout_is_told_with_the_limit(client: Any) -> None:
    told = invoke(client, create(client, f"exports.handler = {NEVER}", Timeout=1))
    assert_fails(
        told,
        {
            "errorType": "Sandbox.Timedout",
            "errorMessage": f"RequestId: {told.request_id} Error: Task timed out after 1.00 seconds",
        },
    )
    line = rf"\S+Z {told.request_id} Task timed out after 1\.00 seconds"
    assert_lines(told, line, status="timeout")
    assert told.duration_ms == 1000


def test_a_response_over_the_limit_is_told_by_its_limit(client: Any) -> None:
    code = "exports.handler = async () => 'x'.repeat(6291556)"
    told = invoke(client, create(client, code, MemorySize=512, Timeout=10))
    assert_fails(
        told,
        {
            "errorType": "Function.ResponseSizeTooLarge",
            "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
        },
    )
    assert told.report["error_type"] == "Function.ResponseSizeTooLarge"


def test_what_is_refused_or_only_checked_runs_nothing(client: Any) -> None:
    name = create(client, "exports.handler = async () => { throw new Error('ran') }")
    not_json = refused(client.invoke, FunctionName=name, Payload=b"{")
    assert not_json["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert not_json["Error"]["Code"] == "InvalidRequestContentException"
    assert not_json["Error"]["Message"].startswith("Could not parse request body into json: ")
    missing = refused(client.invoke, FunctionName=f"{name}-not")
    assert missing["ResponseMetadata"]["HTTPStatusCode"] == 404
    assert missing["Error"]["Code"] == "ResourceNotFoundException"
    dry = client.invoke(FunctionName=name, InvocationType="DryRun")
    assert (dry["StatusCode"], dry["Payload"].read()) == (204, b"")
