"""Errors travel as AWS shapes them."""

import gzip
import json
from pathlib import Path
from typing import Any

import botocore
import pytest

from playground.lambda_api.errors import SHAPES, LambdaApiError, rate_exceeded, validation

MODEL = Path(botocore.__file__).parent / "data/lambda/2015-03-31/service-2.json.gz"


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    with gzip.open(MODEL) as stream:
        found: dict[str, Any] = json.load(stream)["shapes"]
    return found


@pytest.mark.parametrize("code", SHAPES)
def test_status_and_members_are_those_of_the_model(code: str, shapes: dict[str, Any]) -> None:
    if code not in shapes:
        # Errors that every AWS service has are not in the model of one.
        assert SHAPES[code].type is None
        return
    assert SHAPES[code].status == shapes[code]["error"]["httpStatusCode"]
    assert {SHAPES[code].message_member, "Type"} <= shapes[code]["members"].keys()


def test_all_violations_are_counted_and_told_together() -> None:
    error = validation(["first", "second"])

    assert error.body() == {"message": "2 validation errors detected: first; second"}
    assert validation(["only"]).message == "1 validation error detected: only"


def test_a_throttled_caller_is_told_the_reason() -> None:
    assert rate_exceeded().body() == {
        "Type": "User",
        "Reason": "ReservedFunctionConcurrentInvocationLimitExceeded",
        "message": "Rate Exceeded.",
    }


def test_a_missing_function_is_told_in_the_member_that_aws_uses() -> None:
    error = LambdaApiError("ResourceNotFoundException", "Function not found: arn")

    assert (error.status, error.body()) == (404, {"Type": "User", "Message": "Function not found: arn"})
