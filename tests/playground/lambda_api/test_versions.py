"""boto3 publishes, lists, reads, invokes and deletes versions."""

import json
from typing import Any

import pytest

from tests.playground.lambda_api.clients import archive, create, refused

pytestmark = pytest.mark.xdist_group("playground")
TELLS = """
exports.handler = async (event, context) => ({
  stage: process.env.STAGE, word: "%s", version: context.functionVersion, arn: context.invokedFunctionArn,
  stream: context.logStreamName,
});
"""


def told(client: Any, name: str, **members: Any) -> tuple[dict[str, Any], str]:
    """A handler's answer, and the version that the API says it was."""
    answer = client.invoke(FunctionName=name, **members)
    return json.loads(answer["Payload"].read()), answer["ExecutedVersion"]


def made(client: Any) -> str:
    return create(client, TELLS % "one", Environment={"Variables": {"STAGE": "first"}})


def test_a_version_answers_as_the_function_was_when_it_was_published(alice: Any) -> None:
    name = made(alice)
    version = alice.publish_version(FunctionName=name, Description="the first")
    assert (version["Version"], version["Description"]) == ("1", "the first")
    assert version["FunctionArn"].endswith(f":function:{name}:1")
    alice.update_function_code(FunctionName=name, ZipFile=archive(TELLS % "two"))
    alice.update_function_configuration(FunctionName=name, Environment={"Variables": {"STAGE": "second"}})

    latest, executed = told(alice, name)
    assert (latest["word"], latest["stage"], latest["version"], executed) == (
        *("two", "second"),
        *("$LATEST", "$LATEST"),
    )
    first, executed = told(alice, name, Qualifier="1")
    assert (first["word"], first["stage"], first["version"], executed) == ("one", "first", "1", "1")
    assert first["arn"].endswith(f":function:{name}:1")
    assert "[1]" in first["stream"]
    by_arn, _ = told(alice, version["FunctionArn"])
    assert by_arn["word"] == "one"
    again, _ = told(alice, name)
    assert again["word"] == "two"


def test_a_version_is_published_only_after_a_change(alice: Any) -> None:
    name = made(alice)
    first = alice.publish_version(FunctionName=name)
    again = alice.publish_version(FunctionName=name, Description="other words")
    assert (again["Version"], again["RevisionId"]) == (first["Version"], first["RevisionId"])
    alice.update_function_configuration(FunctionName=name, Timeout=7)
    assert alice.publish_version(FunctionName=name)["Version"] == "2"


def test_code_and_revision_can_be_required(alice: Any) -> None:
    name = made(alice)
    configuration = alice.get_function_configuration(FunctionName=name)
    other = "x" * 44
    error = refused(alice.publish_version, FunctionName=name, CodeSha256=other)
    assert error["Error"]["Code"] == "InvalidParameterValueException"
    assert error["Error"]["Message"] == (
        f"CodeSHA256 ({other}) is different from current CodeSHA256 in $LATEST "
        f"({configuration['CodeSha256']}). Please try again with the CodeSHA256 in $LATEST."
    )
    error = refused(alice.publish_version, FunctionName=name, RevisionId="other")
    assert error["Error"]["Code"] == "PreconditionFailedException"
    good = {"CodeSha256": configuration["CodeSha256"], "RevisionId": configuration["RevisionId"]}
    assert alice.publish_version(FunctionName=name, **good)["Version"] == "1"


def test_publishing_gives_the_latest_another_revision(alice: Any) -> None:
    name = made(alice)
    before = alice.get_function_configuration(FunctionName=name)
    version = alice.publish_version(FunctionName=name, RevisionId=before["RevisionId"])
    latest = alice.get_function_configuration(FunctionName=name)
    assert len({before["RevisionId"], version["RevisionId"], latest["RevisionId"]}) == 3
    assert latest == {
        **before,
        "RevisionId": latest["RevisionId"],
        "ResponseMetadata": latest["ResponseMetadata"],
    }
    error = refused(alice.publish_version, FunctionName=name, RevisionId=before["RevisionId"])
    assert error["Error"]["Code"] == "PreconditionFailedException"
    numbered = alice.get_function_configuration(FunctionName=name, Qualifier="1")
    assert numbered["RevisionId"] == version["RevisionId"]
    # Nothing is published where nothing has changed, and an alias changes none of them.
    alice.publish_version(FunctionName=name, RevisionId=latest["RevisionId"])
    alice.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    assert alice.get_function_configuration(FunctionName=name)["RevisionId"] == latest["RevisionId"]


def test_versions_are_listed_page_by_page_behind_the_latest(alice: Any) -> None:
    name = made(alice)
    for timeout in range(4, 8):
        alice.update_function_configuration(FunctionName=name, Timeout=timeout)
        alice.publish_version(FunctionName=name)
    pages = list(
        alice.get_paginator("list_versions_by_function").paginate(
            FunctionName=name, PaginationConfig={"PageSize": 2}
        )
    )
    assert [len(page["Versions"]) for page in pages] == [2, 2, 1]
    versions = [version for page in pages for version in page["Versions"]]
    assert [(one["Version"], one["Timeout"]) for one in versions] == [
        *(("$LATEST", 7), ("1", 4), ("2", 5), ("3", 6), ("4", 7)),
    ]
    assert [one["FunctionArn"].rpartition(":")[2] for one in versions] == ["$LATEST", "1", "2", "3", "4"]


def test_create_and_update_can_publish(alice: Any) -> None:
    name = create(alice, TELLS % "one", Publish=True)
    assert alice.get_function(FunctionName=name, Qualifier="1")["Configuration"]["Version"] == "1"
    updated = alice.update_function_code(FunctionName=name, ZipFile=archive(TELLS % "two"), Publish=True)
    assert updated["Version"] == "2"
    assert told(alice, name, Qualifier="2")[0]["word"] == "two"
    assert told(alice, name, Qualifier="1")[0]["word"] == "one"


def test_a_version_is_deleted_alone_and_its_number_is_not_given_again(alice: Any) -> None:
    name = made(alice)
    alice.publish_version(FunctionName=name)
    alice.delete_function(FunctionName=name, Qualifier="1")
    assert refused(alice.invoke, FunctionName=name, Qualifier="1")["Error"]["Code"] == (
        "ResourceNotFoundException"
    )
    assert told(alice, name)[0]["word"] == "one"
    assert alice.publish_version(FunctionName=name)["Version"] == "2"
