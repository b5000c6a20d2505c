"""Settings are taken or refused as AWS does, and modes that are not offered are named."""

import json
from typing import Any

import pytest

from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.function_settings import ARCHITECTURE, check_package_members, function_settings
from tests.playground.lambda_api.recordings import RECORDED

PREFIX = (
    "Lambda was unable to configure your environment variables because the environment variables you have "
    "provided "
)


def refusal(members: dict[str, Any]) -> LambdaApiError:
    with pytest.raises(LambdaApiError) as caught:
        function_settings(members, "f")
    assert (caught.value.code, caught.value.status) == ("InvalidParameterValueException", 400)
    return caught.value


def test_only_what_is_named_is_set() -> None:
    assert function_settings({}, "f") == {}
    assert function_settings({"MemorySize": 256, "Environment": {"Variables": {"AB": "1"}}}, "f") == {
        "memory_size": 256,
        "environment": {"AB": "1"},
    }
    assert function_settings({"Environment": {}}, "f") == {"environment": {}}


@pytest.mark.parametrize(
    ("runtime", "recorded"),
    [("non-existent-runtime", "invalid_runtime_exc"), ("PYTHON3.9", "uppercase_runtime_exc")],
)
def test_an_unknown_runtime_is_refused_as_recorded(runtime: str, recorded: str) -> None:
    error = refusal({"Runtime": runtime})

    answer = RECORDED["create_lambda_exceptions"][recorded]
    assert error.body() == {"Type": answer["Type"], "message": answer["message"]}


@pytest.mark.parametrize(
    "runtime", ["nodejs20.x", "nodejs24.x", "python3.13", "provided.al2023", "nodejs22.X"]
)
def test_another_runtime_of_aws_is_refused_as_an_unknown_one(runtime: str) -> None:
    assert refusal({"Runtime": runtime}).message.startswith(f"Value {runtime} at 'runtime' failed to satisfy")


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("large_environment_fails_multiple_keys", "failured_create_fn_result_multi_key"),
        ("large_environment_variables_fails", "failed_create_fn_result"),
    ],
)
def test_an_environment_over_four_kilobytes_is_refused_as_recorded(name: str, answer: str) -> None:
    recorded = RECORDED[name][answer]["message"]
    variables = json.loads(recorded.partition("String measured: ")[2])

    assert refusal({"Environment": {"Variables": variables}}).message == recorded


def test_an_environment_just_below_four_kilobytes_is_taken() -> None:
    recorded = RECORDED["lambda_envvars_near_limit_succeeds"]["successful_create_fn_result"]
    variables = recorded["CreateFunctionResponse"]["Environment"]["Variables"]

    assert function_settings({"Environment": {"Variables": variables}}, "f")["environment"] == variables


def test_reserved_keys_are_refused_together() -> None:
    error = refusal({"Environment": {"Variables": {"AWS_REGION": "a", "OWN": "b", "LAMBDA_TASK_ROOT": "c"}}})

    assert error.message == (
        PREFIX + "contains reserved keys that are currently not supported for modification. "
        "Reserved keys used in this request: AWS_REGION, LAMBDA_TASK_ROOT"
    )


@pytest.mark.parametrize(
    ("members", "named"),
    [
        ({"TracingConfig": {"Mode": "Active"}}, "TracingConfig"),
        ({"SnapStart": {"ApplyOn": "PublishedVersions"}}, "SnapStart"),
        ({"LoggingConfig": {"LogFormat": "JSON"}}, "LoggingConfig"),
        ({"LoggingConfig": {"LogGroup": "/other"}}, "LoggingConfig"),
    ],
)
def test_a_mode_that_is_not_offered_is_named(members: dict[str, Any], named: str) -> None:
    assert refusal(members).message.startswith("The playground does not offer ")
    assert f"({named})" in refusal(members).message


def test_the_defaults_may_be_named() -> None:
    defaults: dict[str, object] = {
        "Runtime": "nodejs22.x",
        "TracingConfig": {"Mode": "PassThrough"},
        "SnapStart": {"ApplyOn": "None"},
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": "/aws/lambda/f"},
    }

    assert function_settings(defaults, "f") == {}


def test_the_size_of_ephemeral_storage_is_a_setting() -> None:
    assert function_settings({"EphemeralStorage": {"Size": 1024}}, "f") == {"ephemeral_storage": 1024}


def test_a_handler_of_control_characters_is_refused() -> None:
    assert "control characters" in refusal({"Handler": "index\x07.handler"}).message


@pytest.mark.parametrize(
    "members",
    [
        {"PackageType": "Image"},
        {"Architectures": ["arm64" if ARCHITECTURE == "x86_64" else "x86_64"]},
    ],
)
def test_other_kinds_of_package_are_refused(members: dict[str, object]) -> None:
    with pytest.raises(LambdaApiError, match="The playground does not offer "):
        check_package_members(members)


def test_the_package_of_this_machine_is_taken() -> None:
    check_package_members({"PackageType": "Zip", "Publish": False, "Architectures": [ARCHITECTURE]})
