"""Every outcome of an invocation, on both sandboxes, as Lambda gives it."""

import json
import re
import time

import pytest

from invoker import limits
from invoker.events import Outcome

from .conftest import Run, Runner

REPORT_COLD = re.compile(
    r"REPORT RequestId: [0-9a-f-]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\t"
    r"Max Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms\t"
)


def payload(run: Run) -> dict[str, object]:
    value = json.loads(run.finished.response)
    assert isinstance(value, dict)
    return value


def assert_framed(run: Run) -> None:
    """START, END and REPORT are there once each, in this order, with the request id."""
    kinds = [line.split(" ")[0] for line in run.platform_lines]
    assert [kind for kind in kinds if kind in {"START", "END", "REPORT"}] == ["START", "END", "REPORT"]
    assert f"START RequestId: {run.request_id} Version: $LATEST" in run.platform_lines
    assert f"END RequestId: {run.request_id}" in run.platform_lines
    assert run.report.startswith(f"REPORT RequestId: {run.request_id}\t")


def test_a_returned_value_is_the_response_as_json(run: Runner) -> None:
    result = run("export const handler = async (event) => ({ doubled: event.n * 2 })", event=b'{"n": 21}')
    assert result.finished.outcome is Outcome.OK
    assert result.finished.response == b'{"doubled":42}'
    assert result.finished.error is None
    assert REPORT_COLD.fullmatch(result.report)
    assert_framed(result)


def test_undefined_is_answered_as_null(run: Runner) -> None:
    assert run("export const handler = async () => {}").finished.response == b"null"


def test_a_thrown_error_is_told_with_type_message_and_trace(run: Runner) -> None:
    result = run(
        "class OrderRefused extends Error { constructor(m) { super(m); this.name = 'OrderRefused' } }\n"
        "export const handler = async () => { throw new OrderRefused('no stock') }"
    )
    assert result.finished.outcome is Outcome.FUNCTION_ERROR
    assert payload(result)["errorType"] == "OrderRefused"
    assert payload(result)["errorMessage"] == "no stock"
    trace = payload(result)["trace"]
    assert isinstance(trace, list)
    assert any("/var/task/index.mjs:2" in line for line in trace)
    assert result.report.endswith("Status: error\tError Type: OrderRefused")
    assert_framed(result)


def test_an_error_given_to_the_callback_is_a_function_error(run: Runner) -> None:
    result = run("export const handler = (event, context, callback) => callback(new TypeError('late'))")
    assert result.finished.outcome is Outcome.FUNCTION_ERROR
    assert payload(result)["errorType"] == "TypeError"


def test_a_rejection_that_nobody_handles_is_told_as_lambda_names_it(run: Runner) -> None:
    result = run(
        "export const handler = () => new Promise(() => { Promise.reject(new Error('nobody listens')) })"
    )
    assert result.finished.outcome is Outcome.FUNCTION_ERROR
    assert payload(result)["errorType"] == "Runtime.UnhandledPromiseRejection"
    assert_framed(result)


@pytest.mark.parametrize(
    ("files", "handler", "error_type", "message"),
    [
        ({"index.mjs": "export const other = 1"}, "index.handler", "Runtime.HandlerNotFound",
         "index.handler is undefined or not exported"),
        ({"other.mjs": ""}, "index.handler", "Runtime.ImportModuleError", "Error: Cannot find module 'index'"),
        ({"index.js": "exports.handler = (=> 1"}, "index.handler", "Runtime.UserCodeSyntaxError", "SyntaxError"),
        ({"index.js": "export const handler = async () => 1"}, "index.handler",
         "Runtime.UserCodeSyntaxError", "SyntaxError"),
        ({"index.mjs": ""}, "index", "Runtime.MalformedHandlerName", "Bad handler"),
        ({"index.mjs": "throw new RangeError('at init')"}, "index.handler", "RangeError", "at init"),
    ],
    ids=["no export", "no file", "syntax error", "ES syntax in .js", "no dot", "throws"],
)  # fmt: skip
def test_a_failed_init_is_told_once_with_its_report(
    run: Runner, files: dict[str, str], handler: str, error_type: str, message: str
) -> None:
    result = run(files, handler=handler)
    assert result.finished.outcome is Outcome.INIT_ERROR
    assert payload(result)["errorType"] == error_type
    assert message in str(payload(result)["errorMessage"])
    assert any(line.startswith("INIT_REPORT Init Duration: ") for line in result.platform_lines)
    assert result.report.endswith(f"Status: error\tError Type: {error_type}")
    assert_framed(result)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("process.exit(0)", "Runtime exited without providing a reason"),
        ("process.exit(127)", "Runtime exited with error: exit status 127"),
        ("process.kill(process.pid, 'SIGKILL')", "Runtime exited with error: signal: killed"),
    ],
)
def test_an_exit_in_the_handler_is_an_exit_error(run: Runner, statement: str, message: str) -> None:
    result = run(f"export const handler = async () => {{ console.log('before'); {statement} }}")
    assert result.finished.outcome is Outcome.FUNCTION_ERROR
    assert payload(result) == {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: {result.request_id} Error: {message}",
    }
    assert "\tINFO\tbefore" in result.log
    assert result.report.endswith("Status: error\tError Type: Runtime.ExitError")
    assert_framed(result)


def test_an_exit_in_init_is_an_init_error(run: Runner) -> None:
    result = run("console.log('at init'); process.exit(1)")
    assert result.finished.outcome is Outcome.INIT_ERROR
    assert str(payload(result)["errorMessage"]).endswith("Runtime exited with error: exit status 1")
    assert result.log.count("at init") == 1
    assert_framed(result)


def test_an_endless_loop_ends_at_the_timeout(run: Runner) -> None:
    began = time.monotonic()
    result = run("export const handler = async () => { console.log('before'); for (;;); }", timeout=1)
    assert time.monotonic() - began < 5
    assert result.finished.outcome is Outcome.TIMEOUT
    assert payload(result) == {
        "errorType": "Sandbox.Timedout",
        "errorMessage": f"RequestId: {result.request_id} Error: Task timed out after 1.00 seconds",
    }
    assert "Duration: 1000.00 ms" in result.report
    assert result.report.endswith("Status: timeout")
    assert "\tINFO\tbefore" in result.log
    assert_framed(result)


def test_a_function_at_its_memory_limit_is_killed_and_told_so_in_plain_words(run: Runner) -> None:
    result = run(
        "export const handler = async () => { const kept = []; for (;;) kept.push(Buffer.alloc(1e6, 1)) }",
        timeout=20,
    )
    assert result.finished.outcome is Outcome.OUT_OF_MEMORY
    assert payload(result) == {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: {result.request_id} Error: Runtime exited with error: signal: killed",
    }
    assert "Memory Size: 128 MB\tMax Memory Used: 128 MB" in result.report
    assert result.finished.notice is not None
    assert "Memory ran out" in result.finished.notice
    assert_framed(result)


def test_a_response_over_the_limit_is_refused_by_its_size(run: Runner) -> None:
    result = run("export const handler = async () => 'x'.repeat(7e6)", memory_size=512, timeout=20)
    assert result.finished.outcome is Outcome.FUNCTION_ERROR
    assert payload(result) == {
        "errorType": "Function.ResponseSizeTooLarge",
        "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    }
    assert_framed(result)


def test_an_event_of_the_largest_size_reaches_the_handler_whole(run: Runner) -> None:
    event = json.dumps("x" * (limits.EVENT_BYTES_MAX - 2)).encode()
    code = "export const handler = async (event) => event.length"
    result = run(code, event=event, memory_size=512, timeout=20)
    assert result.finished.response == str(limits.EVENT_BYTES_MAX - 2).encode()


def test_an_init_over_its_limit_is_tried_again_under_the_timeout(run: Runner) -> None:
    code = "console.log('init'); await new Promise((r) => setTimeout(r, 60000)); export const handler = 1"
    began = time.monotonic()
    result = run(code, timeout=1)
    assert result.finished.outcome is Outcome.TIMEOUT
    assert time.monotonic() - began < limits.INIT_TIMEOUT_S + 5
    assert any(
        re.fullmatch(r"INIT_REPORT Init Duration: (99|10\d)\d\d\.\d\d ms\tPhase: init\tStatus: timeout", line)
        for line in result.platform_lines
    )
    assert result.log.count("\tINFO\tinit") == 2
    assert_framed(result)


def test_streamed_chunks_come_while_the_handler_still_runs(run: Runner) -> None:
    code = (
        "export const handler = awslambda.streamifyResponse(async (event, stream) => {"
        " for (const part of ['a', 'b', 'c']) { stream.write(part); await new Promise((r) => setTimeout(r, 300)) }"
        " stream.end() })"
    )
    result = run(code)
    chunks = [event for event in result.events if type(event).__name__ == "ResponseChunk"]
    assert b"".join(chunk.content for chunk in chunks) == b"abc"  # type: ignore[union-attr]
    assert chunks[-1].time - chunks[0].time > 0.5
    assert result.finished.response == b"abc"
