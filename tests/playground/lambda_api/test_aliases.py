"""boto3 makes, moves, divides and deletes aliases."""

import json
from typing import Any

import pytest

from playground.lambda_api.qualified import chosen
from tests.playground.lambda_api.clients import archive, create, refused

pytestmark = pytest.mark.xdist_group("playground")
CODE = "exports.handler = async (event, context) => [%d, context.invokedFunctionArn]"


@pytest.fixture
def name(alice: Any) -> str:
    """A function with the versions 1 and 2."""
    name = create(alice, CODE % 1, Publish=True)
    alice.update_function_code(FunctionName=name, ZipFile=archive(CODE % 2), Publish=True)
    return name


def invoked(client: Any, name: str, qualifier: str) -> tuple[Any, str]:
    answer = client.invoke(FunctionName=name, Qualifier=qualifier)
    return json.loads(answer["Payload"].read()), answer["ExecutedVersion"]


def test_an_alias_leads_to_its_version_until_it_is_moved(alice: Any, name: str) -> None:
    made = alice.create_alias(FunctionName=name, Name="live", FunctionVersion="1", Description="for all")
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}:live"
    assert (made["AliasArn"], made["FunctionVersion"], made["Description"]) == (arn, "1", "for all")
    assert invoked(alice, name, "live") == ([1, arn], "1")
    configuration = alice.get_function_configuration(FunctionName=name, Qualifier="live")
    assert (configuration["Version"], configuration["FunctionArn"]) == ("1", arn)
    moved = alice.update_alias(FunctionName=name, Name="live", FunctionVersion="2")
    assert (moved["FunctionVersion"], moved["Description"]) == ("2", "for all")
    assert moved["RevisionId"] != made["RevisionId"]
    assert invoked(alice, name, "live") == ([2, arn], "2")
    read = alice.get_alias(FunctionName=name, Name="live")
    assert {key: read[key] for key in made if key != "ResponseMetadata"} == {
        key: moved[key] for key in made if key != "ResponseMetadata"
    }


def test_an_alias_can_lead_to_the_latest(alice: Any, name: str) -> None:
    alice.create_alias(FunctionName=name, Name="dev", FunctionVersion="$LATEST")
    assert invoked(alice, name, "dev")[1] == "$LATEST"


def test_invocations_are_divided_by_weight(alice: Any, name: str) -> None:
    routing = {"AdditionalVersionWeights": {"2": 1.0}}
    made = alice.create_alias(FunctionName=name, Name="canary", FunctionVersion="1", RoutingConfig=routing)
    assert made["RoutingConfig"] == routing
    assert invoked(alice, name, "canary")[1] == "2"
    alice.update_alias(FunctionName=name, Name="canary", RoutingConfig={"AdditionalVersionWeights": {"2": 0}})
    assert invoked(alice, name, "canary")[1] == "1"


@pytest.mark.parametrize(("chance", "version"), [(0.0, "2"), (0.24, "2"), (0.25, "1"), (0.99, "1")])
def test_a_weight_is_the_share_of_the_other_version(chance: float, version: str) -> None:
    assert chosen("1", {"2": 0.25}, chance) == version


def test_aliases_are_listed_by_name_and_by_version(alice: Any, name: str) -> None:
    for alias, version in (("b", "1"), ("a", "2"), ("c", "1")):
        alice.create_alias(FunctionName=name, Name=alias, FunctionVersion=version)
    pages = alice.get_paginator("list_aliases").paginate(FunctionName=name, PaginationConfig={"PageSize": 2})
    assert [alias["Name"] for page in pages for alias in page["Aliases"]] == ["a", "b", "c"]
    of_one = alice.list_aliases(FunctionName=name, FunctionVersion="1")["Aliases"]
    assert [alias["Name"] for alias in of_one] == ["b", "c"]


def test_a_deleted_alias_is_gone_and_may_be_deleted_again(alice: Any, name: str) -> None:
    alice.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    for _ in range(2):
        alice.delete_alias(FunctionName=name, Name="live")
    error = refused(alice.get_alias, FunctionName=name, Name="live")
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}:live"
    assert error["Message"] == f"Cannot find alias arn: {arn}"
    assert (
        refused(alice.invoke, FunctionName=name, Qualifier="live")["Message"] == f"Function not found: {arn}"
    )


def test_a_version_that_an_alias_leads_to_is_not_deleted(alice: Any, name: str) -> None:
    alice.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    error = refused(alice.delete_function, FunctionName=name, Qualifier="1")
    assert error["Error"]["Code"] == "ResourceConflictException"
    assert "[live]" in error["Error"]["Message"]
    assert invoked(alice, name, "live")[1] == "1"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"FunctionVersion": "9"}, "ResourceNotFoundException"),
        ({"Name": "12"}, "ValidationException"),
        ({"Name": "taken"}, "ResourceConflictException"),
        ({"FunctionVersion": "one"}, "ValidationException"),
        ({"RoutingConfig": {"AdditionalVersionWeights": {"9": 0.1}}}, "ResourceNotFoundException"),
        ({"RoutingConfig": {"AdditionalVersionWeights": {"1": 0.1}}}, "InvalidParameterValueException"),
        ({"RoutingConfig": {"AdditionalVersionWeights": {"2": 1.1}}}, "ValidationException"),
        ({"RoutingConfig": {"AdditionalVersionWeights": {"x": 0.1}}}, "ValidationException"),
        (
            {
                "FunctionVersion": "$LATEST",
                "RoutingConfig": {"AdditionalVersionWeights": {"2": 0.1}},
            },
            "InvalidParameterValueException",
        ),
    ],
)
def test_what_cannot_be_an_alias_is_refused(
    alice: Any, name: str, members: dict[str, Any], code: str
) -> None:
    alice.create_alias(FunctionName=name, Name="taken", FunctionVersion="1")
    wanted = {"Name": "new", "FunctionVersion": "1", **members}
    assert refused(alice.create_alias, FunctionName=name, **wanted)["Error"]["Code"] == code


def test_an_old_revision_is_refused(alice: Any, name: str) -> None:
    made = alice.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    change = {"FunctionName": name, "Name": "live", "RevisionId": made["RevisionId"]}
    alice.update_alias(**change, FunctionVersion="2")
    error = refused(alice.update_alias, **change, FunctionVersion="1")
    assert error["Error"]["Code"] == "PreconditionFailedException"
