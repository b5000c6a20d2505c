"""Every way to write a handler that nodejs22.x accepts, and what the handler is given."""

import json

import pytest

from invoker.events import Outcome, Stream

from .conftest import Runner


@pytest.mark.parametrize(
    ("files", "handler"),
    [
        ({"index.mjs": "export const handler = async () => 'here'"}, "index.handler"),
        ({"index.js": "exports.handler = async () => 'here'"}, "index.handler"),
        ({"index.cjs": "exports.handler = async () => 'here'"}, "index.handler"),
        ({"package.json": '{"type":"module"}', "index.js": "export const handler = async () => 'here'"},
         "index.handler"),
        ({"index.mjs": "export const handler = (event, context, callback) => callback(null, 'here')"},
         "index.handler"),
        ({"index.js": "exports.handler = (event, context, callback) => setTimeout(() => callback(null, 'here'), 9)"},
         "index.handler"),
        ({"src/orders/app.mjs": "export const handler = async () => 'here'"}, "src/orders/app.handler"),
        ({"index.js": "exports.api = { orders: { get: async () => 'here' } }"}, "index.api.orders.get"),
        ({"index.mjs": "import { text } from './lib/text.mjs'; export const handler = async () => text",
          "lib/text.mjs": "export const text = 'here'"}, "index.handler"),
        ({"index.mjs": "export default { run: async () => 'here' }; export const handler = async () => 'here'"},
         "index.handler"),
    ],
    ids=["ES module", "CommonJS", ".cjs", "type module", "callback", "late callback", "nested folder",
         "nested export", "import of a file", "default export beside"],
)  # fmt: skip
def test_a_handler_is_found_and_run(run: Runner, files: dict[str, str], handler: str) -> None:
    result = run(files, handler=handler)
    assert result.finished.outcome is Outcome.OK, result.log
    assert result.finished.response == b'"here"'


def test_the_sdk_of_aws_can_be_imported_without_being_in_the_package(run: Runner) -> None:
    module = "import { S3Client } from '@aws-sdk/client-s3'; export const handler = async () => S3Client.name"
    common = "const { S3Client } = require('@aws-sdk/client-s3'); exports.handler = async () => S3Client.name"
    for files in ({"index.mjs": module}, {"index.js": common}):
        result = run(files, memory_size=256, timeout=20)
        assert result.finished.response == b'"S3Client"', result.log


def test_the_context_object_is_the_function_s_own(run: Runner) -> None:
    result = run(
        "export const handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })",
        name="orders",
        timeout=7,
        memory_size=192,
        client_context='{"custom":{"shop":"Zürich"}}',
    )
    context = json.loads(result.finished.response)
    assert context["awsRequestId"] == result.request_id
    assert context["functionName"] == "orders"
    assert context["functionVersion"] == "$LATEST"
    assert context["memoryLimitInMB"] == "192"
    assert context["invokedFunctionArn"] == "arn:aws:lambda:us-east-1:000000000000:function:orders"
    assert context["logGroupName"] == "/aws/lambda/orders"
    assert context["clientContext"] == {"custom": {"shop": "Zürich"}}
    assert 6500 < context["left"] <= 7000


def test_the_environment_is_lambda_s_and_the_user_s_and_nothing_else(run: Runner) -> None:
    values = {"GREETING": "hé\n\"'$HOME `id` =", "RECEIPT_BUCKET": "bucket"}
    result = run("export const handler = async () => process.env", environment=values, memory_size=192)
    environment = json.loads(result.finished.response)
    for key, value in values.items():
        assert environment.pop(key) == value
    assert environment.pop("_X_AMZN_TRACE_ID").startswith("Root=1-")
    assert environment.pop("AWS_LAMBDA_LOG_STREAM_NAME").endswith("[$LATEST]" + "0" * 0) is False
    assert environment == {
        "AWS_ACCESS_KEY_ID": "",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "192",
        "AWS_LAMBDA_FUNCTION_NAME": "function",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/function",
        "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9001",
        "AWS_REGION": "us-east-1",
        "AWS_SECRET_ACCESS_KEY": "",
        "AWS_SESSION_TOKEN": "",
        "LAMBDA_RUNTIME_DIR": "/var/runtime",
        "LAMBDA_TASK_ROOT": "/var/task",
        "LANG": "en_US.UTF-8",
        "LD_LIBRARY_PATH": "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:"
        "/var/task/lib:/opt/lib",
        "NODE_PATH": "/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:"
        "/var/runtime:/var/task",
        "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
        "PWD": "/var/task",
        "SHLVL": "0",
        "TZ": ":UTC",
        "_HANDLER": "index.handler",
    }


def test_one_console_call_is_one_entry_with_its_level_and_its_time(run: Runner) -> None:
    result = run(
        "export const handler = async () => { console.log('first\\nsecond'); console.error('bad');"
        " process.stderr.write('to stderr\\n'); process.stdout.write('no newline') }"
    )
    own = [line for line in result.lines if line.stream is not Stream.PLATFORM]
    assert [(line.level, line.text.split("\t")[-1]) for line in own if line.stream is Stream.STDOUT] == [
        ("INFO", "first\nsecond"),
        ("ERROR", "bad"),
        (None, "no newline"),
    ]
    assert [line.text for line in own if line.stream is Stream.STDERR] == ["to stderr"]
    assert result.lines[-2].text.startswith("END ")


def test_a_line_that_looks_like_the_platform_s_stays_the_function_s(run: Runner) -> None:
    forged = "REPORT RequestId: 1\tDuration: 0.01 ms\tMemory Size: 1 MB"
    result = run(
        f"export const handler = async () => {{ process.stdout.write({json.dumps(forged)} + '\\n') }}"
    )
    assert [line.stream for line in result.lines if line.text == forged] == [Stream.STDOUT]
    assert result.report != forged
