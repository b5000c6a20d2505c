"""Whatever is sent, the answer is one of AWS's errors and never a fault of ours."""

import json
import socket
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

SIGNED = {
    "Authorization": (
        "AWS4-HMAC-SHA256 Credential=AKIACAROL/20260101/us-east-1/lambda/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=0123abcd"
    )
}
FUNCTIONS = "/2015-03-31/functions"


@pytest.fixture
def service(playground: str) -> Any:
    with httpx.Client(base_url=playground, headers=SIGNED, timeout=30) as client:
        yield client


def error_of(answer: httpx.Response) -> tuple[int, str]:
    body = answer.json()
    assert body.get("message") or body.get("Message")
    assert len(answer.headers["x-amzn-RequestId"]) == 36
    return answer.status_code, answer.headers["x-amzn-ErrorType"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/2018-10-31/layers"),
        ("GET", "/2016-08-19/account-settings"),
        ("POST", "/2021-11-15/functions/f/response-streaming-invocations"),
        ("POST", "/2015-03-31/functions/f/policy"),
        ("PATCH", "/2015-03-31/functions/f"),
        ("DELETE", "/2015-03-31/functions"),
        ("GET", "/2015-03-31/functions/f/invocations"),
        ("POST", "/2015-03-31/functions/f/code"),
        ("OPTIONS", "/2015-03-31/functions"),
        ("GET", "/2015-03-31/"),
    ],
)
def test_an_unknown_operation_is_not_found(service: httpx.Client, method: str, path: str) -> None:
    assert error_of(service.request(method, path)) == (404, "UnknownOperationException")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", FUNCTIONS), ("POST", FUNCTIONS), ("POST", f"{FUNCTIONS}/f/invocations")]
)
def test_an_unsigned_request_is_refused(playground: str, method: str, path: str) -> None:
    # A form of another site can neither sign nor set a header.
    answer = httpx.request(method, playground + path, data={"a": "b"} if method == "POST" else None)

    assert error_of(answer) == (403, "MissingAuthenticationTokenException")
    assert answer.json() == {"message": "Missing Authentication Token"}
    assert "set-cookie" not in answer.headers


def test_a_caller_behind_a_proxy_is_refused(service: httpx.Client) -> None:
    for header in ("X-Forwarded-For", "Forwarded"):
        answer = service.get(FUNCTIONS, headers={header: "127.0.0.1"})
        assert error_of(answer) == (403, "UnrecognizedClientException")
        assert answer.json() == {"message": "The security token included in the request is invalid."}


def test_another_host_name_is_refused(service: httpx.Client) -> None:
    assert service.get(FUNCTIONS, headers={"Host": "attacker.example"}).status_code == 400


@pytest.mark.parametrize("name", ["a%20b", "a%2Fb%2Fc", "%00", "%F0%9F%98%80", "a" * 300, "%ff", "..%2f"])
@pytest.mark.parametrize(
    ("method", "tail"),
    [("GET", ""), ("GET", "/configuration"), ("PUT", "/code"), ("DELETE", ""), ("POST", "/invocations")],
)
def test_an_unusable_name_is_refused(service: httpx.Client, method: str, tail: str, name: str) -> None:
    status, code = error_of(service.request(method, f"{FUNCTIONS}/{name}{tail}"))

    assert (status, code) in {(400, "ValidationException"), (404, "UnknownOperationException")}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps({"FunctionName": ["a"]}).encode(),
        json.dumps({"FunctionName": "\ud800"}).encode(),
        json.dumps({"FunctionName": "f", "Role": "\0", "Code": {}}).encode(),
        b'{"MemorySize": ' + b"9" * 10_000 + b"}",
        json.dumps({"Code": {"ZipFile": "A"}}).encode(),
        json.dumps({"Environment": {"Variables": {"": "", "A": "b" * 5000}}}).encode(),
        json.dumps({"Tags": {"\u202e": "x" * 300}}).encode(),
    ],
)
def test_a_faulty_body_is_refused(service: httpx.Client, body: bytes) -> None:
    for method, path in (("POST", ""), ("PUT", "/f/code"), ("PUT", "/f/configuration")):
        status, code = error_of(service.request(method, FUNCTIONS + path, content=body))
        expected = {"SerializationException", "ValidationException", "InvalidParameterValueException"}
        # An empty update of no function is right in its form.
        assert (status, code) == (404, "ResourceNotFoundException") or (status == 400 and code in expected)


@pytest.mark.parametrize(
    "query",
    ["MaxItems=0", "MaxItems=x", "MaxItems=", "MaxItems=" + "9" * 5000, "Marker=AA==", "FunctionVersion=1"],
)
def test_a_faulty_query_is_refused(service: httpx.Client, query: str) -> None:
    status, code = error_of(service.get(f"{FUNCTIONS}?{query}"))

    assert status == 400
    assert code in {"ValidationException", "SerializationException", "InvalidParameterValueException"}


def test_a_body_longer_than_any_request_is_too_large(service: httpx.Client) -> None:
    answer = service.post(FUNCTIONS, content=bytes(80_000_000))

    assert error_of(answer) == (413, "RequestEntityTooLargeException")
    assert answer.json()["message"] == (
        "Request must be smaller than 70167211 bytes for the CreateFunction operation"
    )


def test_a_collection_with_a_slash_behind_is_the_same(service: httpx.Client) -> None:
    assert service.get(f"{FUNCTIONS}/").json() == service.get(FUNCTIONS).json()


def test_a_broken_content_length_is_no_fault_of_ours(playground: str) -> None:
    address = urlsplit(playground)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        head = f"POST {FUNCTIONS} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Length: -5\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 4")
