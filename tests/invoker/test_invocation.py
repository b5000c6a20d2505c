"""Faults of a function's configuration, and its ARN."""

import pytest

from invoker.fault import Fault
from invoker.invocation import FunctionConfiguration, configuration_faults


@pytest.mark.parametrize(
    ("handler", "memory_size", "timeout", "ephemeral_storage"),
    [
        ("index.handler", 128, 1, 512),
        ("src/app.lambdaHandler", 10_240, 900, 10_240),
        ("index.a.b", 1_769, 3, 513),
        ("h" * 128, 129, 899, 10_239),
    ],
)
def test_a_configuration_within_lambdas_limits_is_taken(
    handler: str, memory_size: int, timeout: int, ephemeral_storage: int
) -> None:
    assert configuration_faults(handler, memory_size, timeout, ephemeral_storage) == []


@pytest.mark.parametrize(
    ("handler", "message"),
    [
        ("", "A handler is needed, such as index.handler."),
        ("h" * 129, "The handler may have 128 characters at most."),
        ("index handler", "The handler may not contain spaces or control characters."),
        ("index.handler\n", "The handler may not contain spaces or control characters."),
        ("index\0.handler", "The handler may not contain spaces or control characters."),
        ("index\u00a0.handler", "The handler may not contain spaces or control characters."),
        ("index.\ud800", "The handler may not contain spaces or control characters."),
    ],
    ids=ascii,
)
def test_a_handler_that_cannot_be_one_is_refused(handler: str, message: str) -> None:
    assert configuration_faults(handler, 128, 3, 512) == [Fault(("handler",), message)]


@pytest.mark.parametrize("memory_size", [127, 10_241, 0, -128, 10**12])
def test_memory_outside_of_the_limits_is_refused(memory_size: int) -> None:
    assert configuration_faults("index.handler", memory_size, 3, 512) == [
        Fault(("memory_size",), "Memory must be between 128 and 10240 MB.")
    ]


@pytest.mark.parametrize("timeout", [0, 901, -1])
def test_a_timeout_outside_of_the_limits_is_refused(timeout: int) -> None:
    assert configuration_faults("index.handler", 128, timeout, 512) == [
        Fault(("timeout",), "The timeout must be between 1 and 900 seconds.")
    ]


@pytest.mark.parametrize("ephemeral_storage", [511, 10_241, 0, -512])
def test_ephemeral_storage_outside_of_the_limits_is_refused(ephemeral_storage: int) -> None:
    assert configuration_faults("index.handler", 128, 3, ephemeral_storage) == [
        Fault(("ephemeral_storage",), "Ephemeral storage must be between 512 and 10240 MB.")
    ]


def test_every_fault_is_told_at_once() -> None:
    fields = [fault.field for fault in configuration_faults("", 1, 1_000, 1)]
    assert fields == [("handler",), ("memory_size",), ("timeout",), ("ephemeral_storage",)]


def test_an_unnamed_configuration_has_lambdas_defaults() -> None:
    configuration = FunctionConfiguration("shop")
    assert (configuration.memory_size, configuration.timeout, configuration.version) == (128, 3, "$LATEST")
    assert configuration.ephemeral_storage == 512


def test_the_arn_names_region_account_and_function() -> None:
    configuration = FunctionConfiguration("shop", region="eu-west-1", account_id="123456789012")
    assert configuration.arn == "arn:aws:lambda:eu-west-1:123456789012:function:shop"
