"""How many functions an owner may have, and how much code, as boto3 is told."""

import random
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import uuid4

import pytest

from tests.playground.lambda_api.clients import ROLE, archive, lambda_client, refused, unique_name
from tests.second_web import SecondWeb
from tests.serving import Served

FUNCTIONS_MAX = 3
CODE_BYTES_MAX = 50_000
LARGE_BYTES = 20_000


@pytest.fixture(scope="module")
def web(served: Served) -> Iterator[SecondWeb]:
    limits = {"FUNCTIONS_PER_OWNER_MAX": str(FUNCTIONS_MAX), "CODE_BYTES_PER_OWNER_MAX": str(CODE_BYTES_MAX)}
    with SecondWeb(served, **limits) as web:
        yield web


@pytest.fixture
def client(web: SecondWeb) -> Any:
    """Somebody who has nothing yet."""
    return lambda_client(web.url, f"AKIA{uuid4().hex[:12].upper()}")


@cache
def code(seed: str = "", size: int = 10) -> dict[str, bytes]:
    """An archive of about so many bytes, which no packing makes smaller. An archive has the time in it, so each is made once."""
    return {"ZipFile": archive({"index.js": b"//" + random.Random(seed).randbytes(size)})}


def new(seed: str = "", size: int = 10) -> dict[str, Any]:
    return {
        "FunctionName": unique_name(),
        "Runtime": "nodejs22.x",
        "Handler": "index.handler",
        "Role": ROLE,
        "Code": code(seed, size),
    }


def test_one_function_more_than_may_be_is_refused_until_one_goes(client: Any) -> None:
    names = [client.create_function(**new())["FunctionName"] for _ in range(FUNCTIONS_MAX)]
    error = refused(client.create_function, **new())
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert error["Error"]["Code"] == "CodeStorageExceededException"
    assert error["Error"]["Message"] == ("Function limit exceeded: you have 3 functions, and no more may be.")
    assert len(client.list_functions()["Functions"]) == FUNCTIONS_MAX
    client.update_function_code(FunctionName=names[0], **code("other"))
    client.delete_function(FunctionName=names[0])
    client.create_function(**new())


def test_more_code_than_may_be_is_refused(client: Any) -> None:
    first = client.create_function(**new("a", LARGE_BYTES))["FunctionName"]
    second = client.create_function(**new("b", LARGE_BYTES))["FunctionName"]
    error = refused(client.create_function, **new("c", LARGE_BYTES))["Error"]
    assert error["Code"] == "CodeStorageExceededException"
    assert error["Message"].startswith("Code storage limit exceeded: your functions may have 50000 bytes")
    # The same content again takes nothing.
    client.create_function(**new("a", LARGE_BYTES))
    # What is replaced is not counted, unless somebody else of the owner's has it.
    client.update_function_code(FunctionName=second, **code("d", LARGE_BYTES))
    error = refused(client.update_function_code, FunctionName=first, **code("e", LARGE_BYTES))["Error"]
    assert error["Code"] == "CodeStorageExceededException"
    assert client.get_function(FunctionName=first)["Configuration"]["CodeSize"] > LARGE_BYTES


def test_nobody_else_has_less_for_it(client: Any, web: SecondWeb) -> None:
    client.create_function(**new("a", LARGE_BYTES * 2))
    lambda_client(web.url, f"AKIA{uuid4().hex[:12].upper()}").create_function(**new("a", LARGE_BYTES * 2))
