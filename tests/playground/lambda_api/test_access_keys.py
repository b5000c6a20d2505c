"""boto3 with an access key: the same functions as its owner's page has, within the key's scopes and nobody else's."""

import re
from collections.abc import Iterator
from typing import Any

import boto3
import httpx
import pytest

from playground.lambda_api import urls
from tests.client import Person
from tests.playground.lambda_api.clients import (
    ROLE,
    archive,
    create,
    keyed_client,
    lambda_client,
    new_key,
    refused,
    unique_name,
)
from tests.second_web import SecondWeb
from tests.serving import Served

CODE = "exports.handler = async (event) => ({ seen: event.a })"
MISMATCH = "The request signature we calculated does not match the signature you provided."
INVALID_TOKEN = "The security token included in the request is invalid."


@pytest.fixture
def alice(playground: str) -> Person:
    return Person(playground)


@pytest.fixture(scope="module")
def strict(served: Served) -> Iterator[str]:
    """The address of a web process that takes access keys alone, on the same state."""
    with SecondWeb(served, LAMBDA_API_ANY_CREDENTIALS="false") as web:
        yield web.url


def code_of(error: dict[str, Any]) -> tuple[int, str]:
    return error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Code"]


def test_a_function_made_by_boto3_is_in_its_owners_list_and_opens_in_the_page(
    alice: Person, playground: str
) -> None:
    name = create(keyed_client(playground, new_key(alice)), CODE, Description="made by boto3")
    found = alice.http.get("/api/snippets", params={"search": name}).json()["snippets"]
    assert [(one["function_name"], one["description"]) for one in found] == [(name, "made by boto3")]
    assert name in alice.http.get("/snippets").text
    assert name in alice.http.get(f"/snippets/{found[0]['id']}").text
    assert alice.http.get(f"/api/snippets/{found[0]['id']}").json()["files"] == {"index.js": CODE}
    assert name not in Person(playground).http.get("/snippets").text


def test_a_snippet_made_in_the_page_is_invoked_by_boto3(alice: Person, strict: str) -> None:
    name = unique_name()
    source = "export const handler = async (event: { a: number }): Promise<number> => event.a + 1;"
    body = {"function_name": name, "files": {"index.mts": source}}
    snippet = alice.post("/api/snippets", body)
    assert snippet.status_code == 201
    version = alice.post(f"/api/snippets/{snippet.json()['id']}/versions", {})
    assert version.json()["number"] == 1
    client = keyed_client(strict, new_key(alice))
    # Colons and the dollar sign are encoded in the address, and encoded again in what is signed.
    for one in (
        name,
        f"{name}:1",
        f"{name}:$LATEST",
        f"arn:aws:lambda:us-east-1:000000000000:function:{name}",
    ):
        answer = client.invoke(FunctionName=one, Payload=b'{"a": 41}')
        assert (answer["StatusCode"], answer["Payload"].read()) == (200, b"42")
    assert client.invoke(FunctionName=name, Qualifier="$LATEST", InvocationType="DryRun")["StatusCode"] == 204
    runs = alice.http.get("/api/invocations", params={"function_name": name}).json()["invocations"]
    assert len(runs) == 4


def test_only_keys_are_taken_where_any_credentials_are_not(alice: Person, strict: str) -> None:
    unknown = refused(lambda_client(strict).list_functions)
    assert code_of(unknown) == (403, "UnrecognizedClientException")
    assert unknown["Error"]["Message"] == INVALID_TOKEN
    assert keyed_client(strict, new_key(alice)).list_functions()["Functions"] == []


@pytest.mark.parametrize("embedded", [True, False])
def test_a_wrong_secret_is_refused_in_the_embedded_default_too(
    alice: Person, playground: str, strict: str, embedded: bool
) -> None:
    key = new_key(alice)
    error = refused(keyed_client(playground if embedded else strict, {**key, "secret": "any"}).list_functions)
    assert code_of(error) == (403, "InvalidSignatureException")
    assert error["Error"]["Message"].startswith(MISMATCH)


@pytest.mark.parametrize("embedded", [True, False])
def test_a_session_token_and_a_revoked_key_are_refused(
    alice: Person, playground: str, strict: str, embedded: bool
) -> None:
    address = playground if embedded else strict
    key = new_key(alice)
    with_token = keyed_client(address, key, session_token="token")
    client = keyed_client(address, key)
    client.list_functions()
    alice.post(f"/api/keys/{key['id']}/revoke")
    for one in (with_token, client):
        error = refused(one.list_functions)
        assert (*code_of(error), error["Error"]["Message"]) == (
            403,
            "UnrecognizedClientException",
            INVALID_TOKEN,
        )


def test_a_key_is_good_for_its_scopes_alone(alice: Person, playground: str) -> None:
    name = create(keyed_client(playground, new_key(alice)), CODE)
    zipped = archive(CODE)
    asks: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "read": [
            ("list_functions", {}),
            *(
                (operation, {"FunctionName": name})
                for operation in (
                    *("get_function", "get_function_configuration"),
                    *("list_versions_by_function", "list_aliases"),
                )
            ),
        ],
        "write": [
            ("update_function_code", {"FunctionName": name, "ZipFile": zipped}),
            ("update_function_configuration", {"FunctionName": name, "Timeout": 5}),
            ("publish_version", {"FunctionName": name}),
            ("create_alias", {"FunctionName": name, "Name": "live", "FunctionVersion": "1"}),
            ("update_alias", {"FunctionName": name, "Name": "live", "Description": "x"}),
            ("delete_alias", {"FunctionName": name, "Name": "live"}),
            (
                "create_function",
                {
                    **{"FunctionName": unique_name(), "Runtime": "nodejs22.x", "Handler": "index.handler"},
                    **{"Role": ROLE, "Code": {"ZipFile": zipped}},
                },
            ),
        ],
        "invoke": [("invoke", {"FunctionName": name, "Payload": b"{}"})],
    }
    asks["write"].append(("delete_function", {"FunctionName": name}))
    clients = {
        scope: keyed_client(playground, new_key(alice, scope)) for scope in ("read", "write", "invoke")
    }
    for scope in ("read", "invoke", "write"):
        for operation, members in asks[scope]:
            for other in clients.keys() - {scope}:
                error = refused(getattr(clients[other], operation), **members)
                assert code_of(error) == (403, "AccessDeniedException"), (operation, other)
                assert error["Error"]["Message"].endswith(f"because the access key lacks the scope {scope}")
            getattr(clients[scope], operation)(**members)


def test_no_address_is_open_to_a_key_without_its_scope(alice: Person, playground: str) -> None:
    key = new_key(alice, "keys")
    session = boto3.Session(key["id"], key["secret"], region_name="us-east-1")
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest

    answers = set()
    for pattern in urls.urlpatterns:
        path = "/" + re.sub(r"\(\?P<\w+>[^()]*\)|<\w+:\w+>", "f", str(pattern.pattern)).strip("^$").replace(
            "/?", ""
        )
        if "20\\d" in path or "deployment-packages" in path:
            # An address of no operation, and one that is a permission itself.
            continue
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            request = AWSRequest(method, f"{playground}{path}", data=b"{}")
            SigV4Auth(session.get_credentials().get_frozen_credentials(), "lambda", "us-east-1").add_auth(
                request
            )
            answer = httpx.request(method, request.url, content=b"{}", headers=dict(request.headers.items()))
            answers.add((path, method, answer.headers["x-amzn-ErrorType"]))
    assert {error for _, _, error in answers} == {"AccessDeniedException", "UnknownOperationException"}
    assert len([one for one in answers if one[2] == "AccessDeniedException"]) == 15


def test_a_presigned_address_is_answered(alice: Person, playground: str, strict: str) -> None:
    client = keyed_client(strict, new_key(alice))
    name = create(client, CODE)
    address = client.generate_presigned_url("get_function", {"FunctionName": name}, ExpiresIn=60)
    assert httpx.get(address).json()["Configuration"]["FunctionName"] == name
    assert httpx.get(address.replace(name, "other")).json()["message"].startswith(MISMATCH)
    assert httpx.delete(address).headers["x-amzn-ErrorType"] == "InvalidSignatureException"
    # With any credentials a page of another site could make a browser on this machine ask.
    own = lambda_client(playground).generate_presigned_url("list_functions", {})
    assert httpx.get(own).headers["x-amzn-ErrorType"] == "UnrecognizedClientException"


def test_a_large_body_is_signed_as_a_small_one(alice: Person, strict: str) -> None:
    client = keyed_client(strict, new_key(alice))
    name = create(client, "exports.handler = async (event) => event.length")
    payload = b'"' + b"a" * 5_000_000 + b'"'
    assert client.invoke(FunctionName=name, Payload=payload)["Payload"].read() == b"5000000"
    error = refused(client.invoke, FunctionName=name, Payload=b'"' + b"a" * 6_300_000 + b'"')
    assert code_of(error) == (413, "RequestEntityTooLargeException")
