"""A request's body is checked whole, and every violation is told at once."""

import json
from typing import Any

import pytest

from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.request_body import members
from playground.lambda_api.request_shapes import CREATE_FUNCTION, UPDATE_FUNCTION_CONFIGURATION
from tests.playground.lambda_api.recordings import RECORDED

VALID: dict[str, Any] = {
    "FunctionName": "f",
    "Runtime": "nodejs22.x",
    "Role": "arn:aws:iam::000000000000:role/r",
    "Handler": "index.handler",
    "Code": {"ZipFile": "UEs="},
}


def refusal(body: bytes | dict[str, Any]) -> LambdaApiError:
    with pytest.raises(LambdaApiError) as caught:
        members(body if isinstance(body, bytes) else json.dumps(body).encode(), CREATE_FUNCTION)
    assert caught.value.status == 400
    return caught.value


def recorded_error(name: str) -> tuple[str, str]:
    error = RECORDED["create_lambda_exceptions"][name]["Error"]
    return error["Code"], error["Message"]


def test_a_valid_body_passes_and_null_is_absent() -> None:
    body = json.dumps({**VALID, "Description": None, "Unknown": 1}).encode()

    assert members(body, CREATE_FUNCTION) == VALID


@pytest.mark.parametrize(
    ("changes", "recorded"),
    [
        ({"Role": "r1"}, "invalid_role_arn_exc"),
        ({"Architectures": ["x86_64", "arm64"]}, "multiple_architectures"),
        ({"Architectures": ["X86_64"]}, "uppercase_architecture"),
    ],
)
def test_a_violation_is_worded_as_recorded(changes: dict[str, Any], recorded: str) -> None:
    error = refusal({**VALID, **changes})

    assert (error.code, error.message) == recorded_error(recorded)


def test_all_violations_are_told_at_once() -> None:
    error = refusal({"FunctionName": "f", "MemorySize": 127, "Timeout": 901, "Handler": "a b" * 50})

    assert error.code == "ValidationException"
    assert error.message.startswith("6 validation errors detected: Value null at 'role' failed to satisfy")
    for part in (
        "Value '127' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal "
        "to 128",
        "Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
        "at 'handler' failed to satisfy constraint: Member must satisfy regular expression pattern: [^\\s]+",
        "at 'handler' failed to satisfy constraint: Member must have length less than or equal to 128",
        "Value null at 'code' failed to satisfy constraint: Member must not be null",
    ):
        assert part in error.message


def test_the_name_of_a_variable_is_checked_and_its_value_not_shown() -> None:
    error = refusal({**VALID, "Environment": {"Variables": {"A-B": "secret", "A": ""}}})

    assert error.code == "ValidationException"
    assert "'environment.variables' failed to satisfy constraint: Map keys" in error.message
    assert "secret" not in error.message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"MemorySize": "128"}, "STRING_VALUE can not be converted to an Integer"),
        ({"MemorySize": True}, "TRUE_VALUE can not be converted to an Integer"),
        ({"MemorySize": 128.5}, "NUMBER_VALUE can not be converted to an Integer"),
        ({"Handler": 7}, "NUMBER_VALUE can not be converted to a String"),
        ({"Publish": "yes"}, "STRING_VALUE can not be converted to a Boolean"),
        ({"Handler": ["a"]}, "Start of list found where not expected"),
        ({"Handler": {}}, "Start of structure or map found where not expected."),
        ({"Code": "zip"}, "STRING_VALUE can not be converted to a Structure"),
        ({"Code": {"ZipFile": "no base64"}}, "The value is not valid base64."),
        ({"Environment": {"Variables": {"AB": None}}}, "NULL_VALUE can not be converted to a String"),
        ({"Architectures": [None]}, "NULL_VALUE can not be converted to a String"),
        ({"Description": "\ud800"}, "A string is not valid Unicode text."),
        ({"Description": "\0"}, "A string contains a NUL character."),
        ({"Tags": {"\ud800": "a"}}, "A string is not valid Unicode text."),
    ],
)
def test_a_value_of_a_wrong_type_is_a_serialization_error(changes: dict[str, Any], message: str) -> None:
    error = refusal({**VALID, **changes})

    assert (error.code, error.message) == ("SerializationException", message)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"f"',
        b"null",
        b"\xff",
        b'{"MemorySize": NaN}',
        b'{"MemorySize": ' + b"9" * 5_000 + b"}",
        b"[" * 100_000,
        b"\xff\xfe{\x00}\x00",
    ],
)
def test_a_body_that_is_no_json_object_is_a_serialization_error(body: bytes) -> None:
    assert refusal(body).code == "SerializationException"


def test_an_empty_body_is_an_empty_object() -> None:
    assert members(b"", UPDATE_FUNCTION_CONFIGURATION) == {}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"Layers": ["arn:aws:lambda:us-east-1:000000000000:layer:l:1"]}, "layers (Layers)"),
        ({"VpcConfig": {"SubnetIds": ["subnet-1"]}}, "networks of one's own (VpcConfig)"),
        ({"Code": {"S3Bucket": "b", "S3Key": "k"}}, "Amazon S3 (S3Bucket)"),
        ({"Code": {"ImageUri": "i"}}, "container images (ImageUri)"),
        (
            {"FileSystemConfigs": [{"Arn": "a", "LocalMountPath": "/mnt/a"}]},
            "file systems (FileSystemConfigs)",
        ),
        ({"KMSKeyArn": "arn:aws:kms:k"}, "AWS KMS (KMSKeyArn)"),
        ({"DeadLetterConfig": {"TargetArn": "arn:aws:sqs:q"}}, "dead-letter queues (DeadLetterConfig)"),
    ],
)
def test_what_is_not_offered_is_refused_by_name(changes: dict[str, Any], named: str) -> None:
    error = refusal({**VALID, **changes})

    assert error.code == "InvalidParameterValueException"
    assert error.message.startswith("The playground does not offer ")
    assert named in error.message


def test_an_empty_member_asks_for_nothing() -> None:
    empty = {"Layers": [], "VpcConfig": {"SubnetIds": [], "SecurityGroupIds": []}, "KMSKeyArn": ""}

    assert members(json.dumps({**VALID, **empty}).encode(), CREATE_FUNCTION) == VALID
