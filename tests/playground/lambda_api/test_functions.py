"""boto3 creates, reads, changes, lists and deletes functions, and is answered as by AWS."""

import base64
import hashlib
import threading
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.playground.lambda_api.clients import ROLE, archive, create, lambda_client, refused, unique_name
from tests.playground.lambda_api.recordings import RECORDED, differences

CODE = "exports.handler = async () => 'one'"
WAITERS = (
    "function_active",
    "function_active_v2",
    "function_exists",
    "function_updated",
    "function_updated_v2",
)


def test_a_new_function_is_answered_as_recorded(alice: Any) -> None:
    recorded = RECORDED["lambda_envvars_near_limit_succeeds"]["successful_create_fn_result"]
    expected = {**recorded["CreateFunctionResponse"], "Runtime": "nodejs22.x"}

    answer = alice.create_function(
        FunctionName=unique_name(),
        Runtime="nodejs22.x",
        Handler="handler.handler",
        Role=ROLE,
        Timeout=30,
        Code={"ZipFile": archive(CODE)},
        Environment={"Variables": expected["Environment"]["Variables"]},
    )

    assert not differences({**expected, "CodeSize": answer["CodeSize"]}, answer)


@pytest.mark.parametrize("waiter", WAITERS)
def test_every_waiter_of_the_sdk_ends(alice: Any, waiter: str) -> None:
    name = create(alice, CODE)
    alice.update_function_configuration(FunctionName=name, Timeout=4)

    alice.get_waiter(waiter).wait(FunctionName=name, WaiterConfig={"Delay": 0, "MaxAttempts": 2})


def test_defaults_are_those_of_aws(alice: Any) -> None:
    configuration = alice.get_function_configuration(FunctionName=create(alice, CODE))

    assert (configuration["MemorySize"], configuration["Timeout"]) == (128, 3)
    assert (configuration["State"], configuration["LastUpdateStatus"]) == ("Active", "Successful")
    assert "Environment" not in configuration
    assert configuration["Version"] == "$LATEST"


def test_the_code_of_a_function_can_be_downloaded(alice: Any) -> None:
    name = create(alice, CODE, Tags={"team": "räd"})

    answer = alice.get_function(FunctionName=name)
    content = httpx.get(answer["Code"]["Location"]).raise_for_status().content

    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert digest == answer["Configuration"]["CodeSha256"]
    assert len(content) == answer["Configuration"]["CodeSize"]
    assert answer["Tags"] == {"team": "räd"}


def test_a_forged_download_address_is_refused(alice: Any) -> None:
    location: str = alice.get_function(FunctionName=create(alice, CODE))["Code"]["Location"]

    answer = httpx.get(location[:-1] + ("a" if location[-1] != "a" else "b"))

    assert answer.status_code == 403
    assert answer.headers["x-amzn-ErrorType"] == "AccessDeniedException"


def test_a_function_is_named_by_its_arn_too(alice: Any) -> None:
    arn = alice.get_function_configuration(FunctionName=create(alice, CODE))["FunctionArn"]

    for name in (arn, arn.removeprefix("arn:aws:lambda:us-east-1:"), f"{arn}:$LATEST"):
        assert alice.get_function_configuration(FunctionName=name)["FunctionArn"].startswith(arn)
    qualified = alice.get_function_configuration(FunctionName=arn, Qualifier="$LATEST")
    assert qualified["FunctionArn"] == f"{arn}:$LATEST"


def test_other_code_changes_the_revision(alice: Any) -> None:
    name = create(alice, CODE)
    before = alice.get_function_configuration(FunctionName=name)

    answer = alice.update_function_code(FunctionName=name, ZipFile=archive("exports.handler = 2"))
    after = alice.get_function_configuration(FunctionName=name)

    assert (answer["State"], answer["LastUpdateStatus"]) == ("Active", "InProgress")
    assert after["LastUpdateStatus"] == "Successful"
    assert after["RevisionId"] == answer["RevisionId"] != before["RevisionId"]
    assert after["CodeSha256"] == answer["CodeSha256"] != before["CodeSha256"]
    assert after["LastModified"] > before["LastModified"]


def test_a_dry_run_changes_nothing(alice: Any) -> None:
    name = create(alice, CODE)
    before = alice.get_function_configuration(FunctionName=name)

    answer = alice.update_function_code(FunctionName=name, ZipFile=archive("other"), DryRun=True)

    assert answer["CodeSha256"] != before["CodeSha256"]
    assert alice.get_function_configuration(FunctionName=name)["CodeSha256"] == before["CodeSha256"]


def test_what_an_update_does_not_name_stays(alice: Any) -> None:
    name = create(alice, CODE, MemorySize=256, Environment={"Variables": {"AB": "1"}}, Description="first")

    alice.update_function_configuration(FunctionName=name, Timeout=9)
    kept = alice.get_function_configuration(FunctionName=name)
    alice.update_function_configuration(FunctionName=name, Environment={"Variables": {}})

    assert (kept["Timeout"], kept["MemorySize"], kept["Description"]) == (9, 256, "first")
    assert kept["Environment"] == {"Variables": {"AB": "1"}}
    assert "Environment" not in alice.get_function_configuration(FunctionName=name)


def test_an_update_of_another_revision_is_refused(alice: Any) -> None:
    name = create(alice, CODE)

    for operation, members in (
        (alice.update_function_configuration, {"Timeout": 9}),
        (alice.update_function_code, {"ZipFile": archive("other")}),
    ):
        error = refused(operation, FunctionName=name, RevisionId=str(uuid4()), **members)
        assert error["Error"]["Code"] == "PreconditionFailedException"
        assert error["ResponseMetadata"]["HTTPStatusCode"] == 412
    assert alice.get_function_configuration(FunctionName=name)["Timeout"] == 3


def test_a_name_can_be_taken_once_by_each_key(alice: Any, bob: Any) -> None:
    name = create(alice, CODE)
    members = {"FunctionName": name, "Runtime": "nodejs22.x", "Handler": "index.handler", "Role": ROLE}

    error = refused(alice.create_function, **members, Code={"ZipFile": archive(CODE)})
    assert error["Error"] == {
        "Code": "ResourceConflictException",
        "Message": f"Function already exist: {name}",
    }
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 409

    bob.create_function(**members, Code={"ZipFile": archive(CODE)})
    bob.delete_function(FunctionName=name)
    assert alice.get_function(FunctionName=name)


def test_of_many_creations_at_once_one_succeeds(playground: str) -> None:
    name = unique_name()
    outcomes: list[str] = []

    def try_it() -> None:
        client = lambda_client(playground)
        members = {"FunctionName": name, "Runtime": "nodejs22.x", "Handler": "a.b", "Role": ROLE}
        try:
            client.create_function(**members, Code={"ZipFile": archive(CODE)})
            outcomes.append("created")
        except client.exceptions.ResourceConflictException:
            outcomes.append("refused")

    threads = [threading.Thread(target=try_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["created"] + ["refused"] * 5


def test_two_keys_see_two_sets_of_functions(playground: str) -> None:
    one, other = (lambda_client(playground, f"AKIA{uuid4().hex[:16].upper()}") for _ in range(2))
    name = create(one, CODE)

    assert [function["FunctionName"] for function in one.list_functions()["Functions"]] == [name]
    assert other.list_functions()["Functions"] == []
    for operation in (other.get_function, other.delete_function, other.invoke):
        assert refused(operation, FunctionName=name)["Error"]["Code"] == "ResourceNotFoundException"


def test_functions_are_listed_page_by_page(playground: str) -> None:
    client = lambda_client(playground, f"AKIA{uuid4().hex[:16].upper()}")
    names = sorted(create(client, CODE) for _ in range(5))

    pages = list(client.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 2}))

    assert [len(page["Functions"]) for page in pages] == [2, 2, 1]
    listed = [function for page in pages for function in page["Functions"]]
    assert [function["FunctionName"] for function in listed] == names
    assert not {"State", "LastUpdateStatus", "RuntimeVersionConfig"} & listed[0].keys()
    versions = client.list_functions(FunctionVersion="ALL")["Functions"]
    assert all(version["FunctionArn"].endswith(":$LATEST") for version in versions)


def test_a_deleted_function_is_gone(alice: Any) -> None:
    name = create(alice, CODE)
    refusal = refused(alice.delete_function, FunctionName=name, Qualifier="$LATEST")
    assert refusal["Error"]["Code"] == "InvalidParameterValueException"

    answer = alice.delete_function(FunctionName=name)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    for operation, members in (
        (alice.get_function, {}),
        (alice.get_function_configuration, {}),
        (alice.update_function_configuration, {"Timeout": 4}),
        (alice.update_function_code, {"ZipFile": archive(CODE)}),
        (alice.delete_function, {}),
    ):
        error = refused(operation, FunctionName=name, **members)
        assert error["Message"] == f"Function not found: {arn}"


def test_a_qualifier_that_nothing_has_is_not_found(alice: Any) -> None:
    name = create(alice, CODE)

    for operation in (alice.get_function, alice.get_function_configuration, alice.invoke):
        for qualifier in ("1", "prod", "9" * 20):
            error = refused(operation, FunctionName=name, Qualifier=qualifier)
            arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}:{qualifier}"
            assert error["Message"] == f"Function not found: {arn}"


def test_an_oversized_archive_is_refused_as_recorded(alice: Any) -> None:
    members = {"FunctionName": unique_name(), "Runtime": "nodejs22.x", "Handler": "a.b", "Role": ROLE}

    zipped = refused(alice.create_function, **members, Code={"ZipFile": bytes(52_428_800)})
    assert not differences(RECORDED["oversized_zipped_create_lambda"]["invalid_param_exc"], zipped)

    for size in (52_700_000, 60_000_000):
        request = refused(alice.create_function, **members, Code={"ZipFile": bytes(size)})
        assert not differences(RECORDED["oversized_request_create_lambda"]["invalid_param_exc"], request)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("invalid_role_arn_exc", {"Role": "r1"}),
        ("invalid_runtime_exc", {"Runtime": "non-existent-runtime"}),
        ("uppercase_runtime_exc", {"Runtime": "PYTHON3.9"}),
        ("invalid_zip_exc", {"Code": {"ZipFile": b"this is not a zip"}}),
        ("multiple_architectures", {"Architectures": ["x86_64", "arm64"]}),
        ("uppercase_architecture", {"Architectures": ["X86_64"]}),
    ],
)
def test_a_faulty_creation_is_refused_as_recorded(
    playground: str, name: str, changes: dict[str, Any]
) -> None:
    client = lambda_client(playground, parameter_validation=False)
    members = {
        "FunctionName": unique_name(),
        "Runtime": "nodejs22.x",
        "Handler": "index.handler",
        "Role": ROLE,
        "Code": {"ZipFile": archive(CODE)},
    }

    error = refused(client.create_function, **{**members, **changes})

    assert not differences(RECORDED["create_lambda_exceptions"][name], error)


@pytest.mark.parametrize("missing", ["Runtime", "Handler"])
def test_runtime_and_handler_are_needed(alice: Any, missing: str) -> None:
    members = {"FunctionName": unique_name(), "Runtime": "nodejs22.x", "Handler": "a.b", "Role": ROLE}
    del members[missing]

    error = refused(alice.create_function, **members, Code={"ZipFile": archive(CODE)})

    assert error["message"] == (
        "Runtime and Handler are mandatory parameters for functions created with deployment packages."
    )


def test_an_environment_over_four_kilobytes_is_refused_as_recorded(alice: Any) -> None:
    recorded = RECORDED["large_environment_variables_fails"]["failed_create_fn_result"]
    variables = {"LARGE_VAR": recorded["message"].partition('"LARGE_VAR":"')[2].removesuffix('"}')}
    name = create(alice, CODE)

    error = refused(
        alice.update_function_configuration, FunctionName=name, Environment={"Variables": variables}
    )

    assert not differences(recorded, error)


def test_any_package_json_is_taken_as_lambda_never_reads_its_dependencies(alice: Any) -> None:
    asked = '{"dependencies": {"a": "file:../a", "b": "https://example.org/b.tgz"}, "workspaces": ["/etc"]}'
    lock = '{"packages": {"node_modules/a": {"resolved": "../a", "link": true}}}'
    name = create(alice, {"index.js": CODE, "package.json": asked, "package-lock.json": lock})
    alice.update_function_code(FunctionName=name, ZipFile=archive({"index.js": CODE, "package.json": asked}))
    answer = alice.invoke(FunctionName=name)
    assert (answer["Payload"].read(), "FunctionError" in answer) == (b'"one"', False)
