"""The order handler of AWS's Node.js documentation, without its upload: the same through the page and boto3.

Source: "Define Lambda function handler in Node.js", "Example Node.js Lambda function code", AWS Lambda
Developer Guide.
"""

import base64
import io
import json
import re
import zipfile
from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

ORDER = """\
/** Writes the receipt of an order and answers with it, and with what Lambda told about the invocation. */
export const handler = async (order, context) => {
  const bucket = process.env.RECEIPT_BUCKET;
  if (!bucket) throw new Error("RECEIPT_BUCKET is not among the environment variables");

  const receipt = `OrderID: ${order.order_id}\\nAmount: $${order.amount.toFixed(2)}\\nItem: ${order.item}`;
  console.log(`Order ${order.order_id} is processed, its receipt belongs to ${bucket}`);
  return { receipt, context };
};
"""
EVENT = {"order_id": "12345", "amount": 199.99, "item": "Wireless Headphones"}
RECEIPT = "OrderID: 12345\nAmount: $199.99\nItem: Wireless Headphones"
BUCKET = "amzn-s3-demo-bucket"
CONSOLE = f"Order 12345 is processed, its receipt belongs to {BUCKET}"
REPORT = re.compile(
    r"REPORT RequestId: ([0-9a-f-]{36})\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\t"
    r"Memory Size: 256 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\s*"
)
FUNCTION = "playground"  # the name that the page's function has


def by_page(editor: EditorPage) -> tuple[Any, list[str]]:
    """Response and log lines on the page."""
    editor.write(ORDER, json.dumps(EVENT))
    editor.memory.fill("256")
    editor.timeout.fill("5")
    editor.add_variable("RECEIPT_BUCKET", BUCKET)
    assert editor.run() == "Succeeded"
    return json.loads(editor.response_text()), [line.text for line in editor.lines()]


def by_boto3(url: str) -> tuple[Any, list[str]]:
    """Response and log tail of an Invoke. A console line is given without its time, id and level."""
    client = boto3.client(
        "lambda",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="orders",
        aws_secret_access_key="any",
        config=Config(proxies={}, retries={"max_attempts": 0}),
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("index.mjs", ORDER)
    client.create_function(
        FunctionName=FUNCTION,
        Runtime="nodejs22.x",
        Role="arn:aws:iam::000000000000:role/any",
        Handler="index.handler",
        Code={"ZipFile": archive.getvalue()},
        MemorySize=256,
        Timeout=5,
        Environment={"Variables": {"RECEIPT_BUCKET": BUCKET, "CURRENCY": "EUR"}},
    )
    client.get_waiter("function_active_v2").wait(FunctionName=FUNCTION)
    answer = client.invoke(FunctionName=FUNCTION, Payload=json.dumps(EVENT), LogType="Tail")
    assert answer["StatusCode"] == 200
    assert "FunctionError" not in answer
    lines = base64.b64decode(answer["LogResult"]).decode().rstrip("\n").split("\n")
    client.delete_function(FunctionName=FUNCTION)
    return json.load(answer["Payload"]), [line.split("\tINFO\t")[-1] for line in lines]


def test_the_page_and_boto3_give_the_same_result(editor: EditorPage, playground: str) -> None:
    results = [by_page(editor), by_boto3(playground)]
    contexts = []
    for response, lines in results:
        assert response["receipt"] == RECEIPT
        request_id = response["context"].pop("awsRequestId")
        # An execution environment has a log stream of its own.
        assert re.fullmatch(
            r"\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}", response["context"].pop("logStreamName")
        )
        contexts.append(response["context"])

        start, console, end, report = lines
        assert start == f"START RequestId: {request_id} Version: $LATEST"
        assert console == CONSOLE
        assert end == f"END RequestId: {request_id}"
        figures = REPORT.fullmatch(report)
        assert figures, report
        assert figures[1] == request_id

    assert contexts[0] == contexts[1]
    assert contexts[0] == {
        "callbackWaitsForEmptyEventLoop": True,
        "functionVersion": "$LATEST",
        "functionName": FUNCTION,
        "memoryLimitInMB": "256",
        "logGroupName": f"/aws/lambda/{FUNCTION}",
        "invokedFunctionArn": f"arn:aws:lambda:us-east-1:000000000000:function:{FUNCTION}",
    }
