"""What the contract tests send: signed by boto3 itself, to the real service."""

import io
import zipfile
from typing import Any
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.client import Person

ROLE = "arn:aws:iam::000000000000:role/playground"
ACCOUNT = "000000000000"


def lambda_client(
    address: str,
    key: str = "AKIAALICE",
    region: str = "us-east-1",
    secret: str = "any",
    session_token: str | None = None,
    **config: Any,
) -> Any:
    """A client of boto3 that does not try again, so that a fault is seen."""
    return boto3.client(
        "lambda",
        endpoint_url=address,
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=session_token,
        config=Config(retries={"total_max_attempts": 1}, **config),
    )


def new_key(person: Person, *scopes: str) -> dict[str, Any]:
    """An access key of somebody, for everything but keys where no scope is named."""
    body = {"name": "program", "scopes": scopes or ("read", "write", "invoke")}
    answer = person.post("/api/keys", body)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def keyed_client(address: str, key: dict[str, Any], **more: Any) -> Any:
    """A client of boto3 with an access key."""
    return lambda_client(address, key["id"], secret=key["secret"], **more)


def archive(files: dict[str, str | bytes] | str) -> bytes:
    """A deployment package; one text is an index.js."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for path, content in (files if isinstance(files, dict) else {"index.js": files}).items():
            opened.writestr(path, content)
    return buffer.getvalue()


def unique_name() -> str:
    """A function name that no other test has."""
    return f"test-{uuid4().hex[:12]}"


def create(client: Any, code: dict[str, str | bytes] | str, **members: Any) -> str:
    """Creates a function and waits until it is active. Returns its name."""
    name = unique_name()
    wanted = {"Runtime": "nodejs22.x", "Handler": "index.handler", "Role": ROLE, **members}
    client.create_function(FunctionName=name, Code={"ZipFile": archive(code)}, **wanted)
    client.get_waiter("function_active_v2").wait(FunctionName=name)
    return name


def refused(operation: Any, **members: Any) -> dict[str, Any]:
    """The error of an operation that must fail, as boto3 tells it."""
    try:
        answer = operation(**members)
    except ClientError as error:
        return dict(error.response)
    raise AssertionError(f"not refused: {answer}")
