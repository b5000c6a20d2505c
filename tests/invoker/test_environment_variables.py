"""Which environment variables a user may set, and what a function then sees."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoker.environment_variables import (
    environment_faults,
    function_environment,
    log_stream_name,
    measured,
    reserved_keys,
)
from invoker.fault import Fault
from invoker.invocation import FunctionConfiguration

SOME = settings(max_examples=50, deadline=None)
ANYTHING = st.dictionaries(st.text(max_size=6), st.text(max_size=6), max_size=4)


def fields(environment: dict[str, str]) -> list[tuple[str, ...]]:
    return [fault.field for fault in environment_faults(environment)]


def test_values_of_any_text_are_taken() -> None:
    environment = {
        "GREETING": "žluťoučký 漢字 😀",
        "MULTI": "line1\nline2\tTAB",
        "EQ": "a=b=c;d",
        "EMPTY": "",
        "SHELL_ISH": "$(id) `id` ${HOME} \"q\" 's' \\ %s",
    }
    assert environment_faults(environment) == []


@pytest.mark.parametrize(
    "key",
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ],
)  # fmt: skip
def test_a_key_that_lambda_reserves_is_refused_by_its_name(key: str) -> None:
    assert environment_faults({key: "x"}) == [
        Fault(("environment", key), f"{key} is reserved by Lambda and cannot be set.")
    ]


@pytest.mark.parametrize("key", ["LANG", "PATH", "LD_LIBRARY_PATH", "NODE_PATH", "NODE_OPTIONS", "TZ"])
def test_a_key_that_lambda_lets_a_user_set_is_taken(key: str) -> None:
    assert environment_faults({key: "x"}) == []


@pytest.mark.parametrize("key", ["AWS_LAMBDA_FUNCTION_TIMEOUT", "AWS_LAMBDA_MAX_CONCURRENCY"])
def test_a_switch_of_the_emulator_cannot_be_set(key: str) -> None:
    assert fields({key: "64"}) == [("environment", key)]


@pytest.mark.parametrize(
    "key", ["A=B", "1ABC", "WITH SPACE", "déjà", "X", "", "_X", "AB\n", "A-B", "A\ud800"], ids=ascii
)
def test_a_key_that_is_no_name_is_refused(key: str) -> None:
    assert fields({key: "x"}) == [("environment", key)]


@pytest.mark.parametrize("value", ["a\0b", "\ud800"], ids=ascii)
def test_a_value_that_no_process_can_get_is_refused_at_its_key(value: str) -> None:
    assert fields({"GOOD": "x", "BAD": value}) == [("environment", "BAD")]


def test_every_faulty_variable_is_named_at_once() -> None:
    environment = {"_HANDLER": "evil.handler", "OK": "x", "A=B": "x", "AWS_REGION": "mars-1"}
    assert fields(environment) == [("environment", key) for key in ("_HANDLER", "A=B", "AWS_REGION")]
    assert reserved_keys(environment) == ["_HANDLER", "AWS_REGION"]


@pytest.mark.parametrize(
    ("environment", "accepted"),
    [
        ({"LARGE_VAR": "x" * 4080}, True),
        ({"LARGE_VAR": "x" * 4081}, False),
        ({"SMALL_VAR": "ok", "LARGE_VAR": "x" * 4064}, False),
        ({"SMALL_VAR": "ok", "LARGE_VAR": "x" * 4063}, True),
        ({"LARGE_VAR": "ž" * 2040}, True),
        ({"LARGE_VAR": "ž" * 2040 + "x"}, False),
        ({"LARGE_VAR": "\n" * 2040 + "x"}, False),
    ],
    ids=["recorded success", "recorded failure", "recorded failure of two keys", "one less",
         "two bytes a letter", "one byte more", "escapes count"],
)  # fmt: skip
def test_four_kilobytes_are_measured_where_aws_measures_them(
    environment: dict[str, str], accepted: bool
) -> None:
    assert (environment_faults(environment) == []) is accepted


def test_the_text_that_is_measured_is_the_one_that_aws_reports() -> None:
    assert measured({"SMALL_VAR": "ok", "LARGE_VAR": "xx"}) == '{"SMALL_VAR":"ok","LARGE_VAR":"xx"}'


def test_too_much_is_told_with_the_size_and_the_limit() -> None:
    (fault,) = environment_faults({"BIG": "v" * 5000})
    assert fault.field == ("environment",)
    assert "5010 bytes" in fault.message
    assert "4096 (4 KB)" in fault.message


@SOME
@given(ANYTHING)
def test_whatever_is_set_is_judged_and_never_raises(environment: dict[str, str]) -> None:
    for fault in environment_faults(environment):
        assert fault.field[0] == "environment"
    assert json.loads(measured(environment)) == environment


@SOME
@given(
    st.dictionaries(
        st.from_regex(r"[a-zA-Z]([a-zA-Z0-9_])+", fullmatch=True), st.text(max_size=9), max_size=4
    )
)
def test_a_function_sees_what_was_set_and_never_another_identity(environment: dict[str, str]) -> None:
    if environment_faults(environment):
        return
    configuration = FunctionConfiguration("shop", "src/app.handler", 256, environment=environment)
    seen = function_environment(configuration, "stream", "127.0.0.1:9001")
    assert environment.items() <= seen.items()
    assert seen["_HANDLER"] == "src/app.handler"
    assert seen["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "256"
    assert seen["AWS_LAMBDA_RUNTIME_API"] == "127.0.0.1:9001"


def test_a_function_sees_lambdas_variables_and_nothing_of_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    seen = function_environment(FunctionConfiguration("shop", region="eu-central-1"), "stream", "api")
    assert "secret" not in str(seen)
    assert seen == {
        "_HANDLER": "index.handler",
        "AWS_ACCESS_KEY_ID": "",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_LAMBDA_FUNCTION_NAME": "shop",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/shop",
        "AWS_LAMBDA_LOG_STREAM_NAME": "stream",
        "AWS_LAMBDA_RUNTIME_API": "api",
        "AWS_REGION": "eu-central-1",
        "AWS_SECRET_ACCESS_KEY": "",
        "AWS_SESSION_TOKEN": "",
        "LAMBDA_RUNTIME_DIR": "/var/runtime",
        "LAMBDA_TASK_ROOT": "/var/task",
        "LANG": "en_US.UTF-8",
        "LD_LIBRARY_PATH": "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
        "NODE_PATH": "/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task",
        "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
        "PWD": "/var/task",
        "SHLVL": "0",
        "TZ": ":UTC",
    }


def test_a_log_stream_is_named_by_day_version_and_32_digits() -> None:
    name = log_stream_name("$LATEST", "0123456789abcdef" * 2, datetime(2026, 1, 2, tzinfo=UTC))
    assert re.fullmatch(r"2026/01/02/\[\$LATEST\][0-9a-f]{32}", name)
