"""A function may be named by its name, a partial ARN or its whole ARN."""

import pytest

from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.function_name import FunctionReference, referenced
from playground.lambda_api.identity import Identity
from tests.playground.lambda_api.recordings import RECORDED, differences

ALICE = Identity("AKIAALICE", "us-east-1", "aws:AKIAALICE")
ARN = "arn:aws:lambda:us-east-1:000000000000:function:my-function"


def refusal(name: str, qualifier: str | None = None, namespaced: bool = True) -> LambdaApiError:
    with pytest.raises(LambdaApiError) as caught:
        referenced(name, ALICE, qualifier, namespaced)
    return caught.value


@pytest.mark.parametrize(
    "name", ["my-function", "function:my-function", "000000000000:function:my-function", ARN]
)
def test_every_form_names_the_same_function(name: str) -> None:
    assert referenced(name, ALICE) == FunctionReference("my-function")
    assert referenced(f"{name}:$LATEST", ALICE) == FunctionReference("my-function", "$LATEST")
    assert referenced(name, ALICE, "prod") == FunctionReference("my-function", "prod")


def test_a_qualifier_that_contradicts_the_name_is_refused() -> None:
    error = refusal(f"{ARN}:1", "2")

    assert error.code == "InvalidParameterValueException"
    assert error.message == (
        "The derived qualifier from the function name does not match the specified qualifier."
    )


def test_a_name_outside_the_pattern_is_refused_as_recorded() -> None:
    recorded = RECORDED["invalid_invoke"]["invoke_function_name_pattern_exc"]["Error"]
    error = refusal("arn:aws:lambda:us-east-1:123400000000@function:myfn")

    assert not differences(recorded, {"Code": error.code, "Message": error.message})


@pytest.mark.parametrize(
    "name", ["", "a b", "ä", "a\n", "a" * 65, "a" * 300, "a/b", "a.b", "x:y:z:a", "a::1"]
)
@pytest.mark.parametrize("namespaced", [True, False])
def test_an_unusable_name_is_a_validation_error(name: str, namespaced: bool) -> None:
    error = refusal(name, namespaced=namespaced)

    assert error.code == "ValidationException"
    assert " at 'functionName' failed to satisfy constraint: " in error.message


def test_an_unusable_qualifier_is_a_validation_error() -> None:
    assert "'qualifier' failed" in refusal("f", "a b").message
    assert "length less than or equal to 128" in refusal("f", "a" * 129).message


def test_another_region_is_out_of_reach() -> None:
    error = refusal(ARN.replace("us-east-1", "eu-west-1"))

    assert (error.code, error.message) == (
        "ResourceNotFoundException",
        "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    )


def test_another_account_is_forbidden() -> None:
    assert refusal(ARN.replace("000000000000", "123456789012")).code == "AccessDeniedException"
