"""What botocore signs is taken, byte for byte, and nothing else: a request that was changed on the way is refused."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.signature import Received, check, check_scope
from playground.lambda_api.signature_parts import Signature, signature_of

ID, SECRET, REGION = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "eu-west-1"
HOST = "playground.example:8000"
INVOKE = "/2015-03-31/functions/f/invocations"


class Headers(dict[str, str]):
    """Headers by any spelling of their names, as Django has them."""

    def __init__(self, pairs: Any) -> None:
        super().__init__((name.lower(), value) for name, value in pairs)

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())


def signed(
    method: str = "POST",
    path: str = INVOKE,
    query: str = "",
    body: bytes = b"{}",
    headers: dict[str, str] | None = None,
    presigned: bool = False,
    service: str = "lambda",
) -> Received:
    """A request that botocore has signed now, as it would reach the service."""
    url = f"http://{HOST}{path}" + (f"?{query}" if query else "")
    request = AWSRequest(method=method, url=url, data=body, headers=headers or {})
    credentials = Credentials(ID, SECRET)
    signer: Any = (
        auth.SigV4QueryAuth(credentials, service, REGION, expires=60)
        if presigned
        else auth.SigV4Auth(credentials, service, REGION)
    )
    signer.add_auth(request)
    sent = urlsplit(request.url)
    pairs = [(b"host", HOST.encode())]
    pairs += [(name.lower().encode(), value.encode("latin-1")) for name, value in request.headers.items()]
    return Received(method, sent.path.encode(), sent.query, pairs, body)


def verify(request: Received, after: timedelta = timedelta(), secret: str = SECRET) -> Signature:
    joined: dict[str, list[str]] = {}
    for name, value in request.headers:
        joined.setdefault(name.decode(), []).append(value.decode("latin-1"))
    headers = Headers((name, ",".join(values)) for name, values in joined.items())
    signature = signature_of(headers, request.query)
    check_scope(signature)
    check(request, signature, secret, datetime.now(UTC) + after)
    return signature


def refusal(request: Received, after: timedelta = timedelta(), secret: str = SECRET) -> tuple[str, str]:
    with pytest.raises(LambdaApiError) as caught:
        verify(request, after, secret)
    assert caught.value.status == 403
    return caught.value.code, caught.value.message


def header(request: Received, name: str) -> str:
    return next(value.decode() for one, value in request.headers if one == name.encode())


def swapped(old: str, new: str, value: str) -> str:
    return value.replace(old, new)


def with_header(request: Received, name: str, change: Callable[[str], str]) -> Received:
    pairs = [
        (one, change(value.decode("latin-1")).encode("latin-1") if one == name.encode() else value)
        for one, value in request.headers
    ]
    return replace(request, headers=pairs)


def more(request: Received, *pairs: tuple[bytes, bytes]) -> Received:
    return replace(request, headers=[*request.headers, *pairs])


NAMES = st.text(max_size=12).map(lambda text: quote(text, safe=""))
TOKENS = st.text("abcXYZ0189 -_.~!,=+/", max_size=12)


@settings(max_examples=200, deadline=None)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
    name=st.text(min_size=1, max_size=20)
    .map(lambda text: quote(text, safe=""))
    .filter(lambda n: n not in {".", ".."}),
    query=st.lists(st.tuples(NAMES.filter(lambda n: not n.startswith("X-Amz-")), NAMES), max_size=5),
    values=st.dictionaries(
        st.sampled_from(["X-Amz-Log-Type", "X-Amz-Client-Context", "Content-Type"]), TOKENS
    ),
    body=st.binary(max_size=50),
    presigned=st.booleans(),
)
def test_what_botocore_signs_is_taken(
    method: str, name: str, query: Any, values: dict[str, str], body: bytes, presigned: bool
) -> None:
    text = "&".join(f"{key}={value}" for key, value in query)
    # botocore presigns addresses alone, without a body.
    body = b"" if presigned else body
    request = signed(method, f"/2015-03-31/functions/{name}/invocations", text, body, values, presigned)
    signature = verify(request)
    assert (signature.access_key_id, signature.region) == (ID, REGION)
    assert "does not match" in refusal(request, secret=SECRET[:-1] + "Z")[1]


@pytest.mark.parametrize("presigned", [False, True])
@pytest.mark.parametrize(
    "change",
    [
        lambda r: replace(r, method="PUT"),
        lambda r: replace(r, path=r.path.replace(b"/f/", b"/g/")),
        lambda r: replace(r, path=r.path.replace(b"/f/", b"/%66/")),
        lambda r: replace(r, path=r.path.replace(b"/f/", b"/x/../f/")),
        lambda r: replace(r, path=r.path.replace(b"/f/", b"/./f/")),
        lambda r: replace(r, path=r.path.replace(b"/f/", b"//f/")),
        lambda r: replace(r, path=r.path + b"/"),
        lambda r: replace(r, path=r.path.lstrip(b"/")),
        lambda r: replace(r, query=r.query + "&Qualifier=2"),
        lambda r: replace(r, query=r.query.replace("Qualifier=1", "Qualifier=2")),
        lambda r: replace(r, query=r.query.replace("Qualifier=1", "qualifier=1")),
        lambda r: replace(r, query=r.query.replace("&b=%2B", "&b=+")),
        lambda r: replace(r, body=b'{"a":1}'),
        lambda r: replace(r, body=r.body + b" "),
        lambda r: with_header(r, "host", lambda _: "elsewhere.example"),
        lambda r: with_header(r, "x-amz-log-type", lambda _: "None"),
        lambda r: more(r, (b"x-amz-log-type", b"None")),
        lambda r: more(r, (b"x-amz-invocation-type", b"DryRun")),
        lambda r: more(r, (b"host", b"elsewhere.example")),
        lambda r: more(r, (b"x-amz-content-sha256", b"UNSIGNED-PAYLOAD")),
        lambda r: replace(r, headers=[pair for pair in r.headers if pair[0] != b"x-amz-log-type"]),
    ],
)  # fmt: skip
def test_whatever_is_changed_on_the_way_is_refused(
    presigned: bool, change: Callable[[Received], Received]
) -> None:
    body = b"" if presigned else b"{}"
    request = signed(
        body=body, query="Qualifier=1&b=%2B", headers={"X-Amz-Log-Type": "Tail"}, presigned=presigned
    )
    verify(request)
    changed = change(request)
    assert changed != request
    code, message = refusal(changed)
    assert code == "InvalidSignatureException"
    assert message.startswith(
        "The request signature we calculated does not match the signature you provided."
    )


def test_parameters_come_in_any_order_and_white_space_counts_once() -> None:
    request = signed(query="b=2&a=1&a=0&c=", headers={"X-Amz-Client-Context": "one two"})
    verify(replace(request, query="c&a=0&b=2&a=1"))
    verify(with_header(request, "x-amz-client-context", lambda _: "  one \t two "))
    assert refusal(with_header(request, "x-amz-client-context", lambda _: "one\xa0two"))


def test_two_values_of_a_header_are_one_list() -> None:
    request = signed(headers={"X-Amz-Client-Context": "one,two"})
    without = replace(
        request, headers=[pair for pair in request.headers if pair[0] != b"x-amz-client-context"]
    )
    verify(more(without, (b"x-amz-client-context", b" one"), (b"x-amz-client-context", b"two ")))
    assert refusal(more(without, (b"x-amz-client-context", b"two"), (b"x-amz-client-context", b"one")))


def test_a_body_is_what_its_hash_says() -> None:
    for value, fits in (
        (hashlib.sha256(b"{}").hexdigest(), True),
        ("UNSIGNED-PAYLOAD", False),
        ("0" * 64, False),
    ):
        request = signed(headers={"X-Amz-Content-SHA256": value})
        if fits:
            verify(request)
        else:
            assert refusal(request)[0] == "InvalidSignatureException"


@pytest.mark.parametrize(
    ("minutes", "sentence"), [(5.1, "Signature expired: "), (-5.1, "Signature not yet current: ")]
)
def test_clocks_are_five_minutes_apart_at_most(minutes: float, sentence: str) -> None:
    request = signed()
    for good in (-4.9, 4.9):
        verify(request, timedelta(minutes=good))
    code, message = refusal(request, timedelta(minutes=minutes))
    assert (code, message.startswith(sentence)) == ("InvalidSignatureException", True)
    assert header(request, "x-amz-date") in message
    assert "5 min.)" in message


def test_a_presigned_address_is_good_for_its_time() -> None:
    request = signed(body=b"", presigned=True)
    verify(request, timedelta(seconds=55))
    assert refusal(request, timedelta(seconds=65))[1].startswith("Signature expired: ")
    assert refusal(request, -timedelta(minutes=6))[1].startswith("Signature not yet current: ")
    longer = replace(request, query=request.query.replace("Expires=60", "Expires=600"))
    assert "does not match" in refusal(longer)[1]
    for wrong in ("0", "-1", "604801", "x", ""):
        other = replace(request, query=request.query.replace("Expires=60", f"Expires={wrong}"))
        assert refusal(other)[0] == "IncompleteSignatureException"


def test_credentials_are_scoped_to_this_service_and_day() -> None:
    assert refusal(signed(service="s3")) == (
        "InvalidSignatureException",
        "Credential should be scoped to correct service: 'lambda'. ",
    )
    request = signed()
    for old, new, said in (
        (REGION, "EU West", "to a valid region, not 'EU West'"),
        ("aws4_request", "aws5", "with a valid terminator: 'aws4_request', not 'aws5'"),
        (f"/{header(request, 'x-amz-date')[:8]}/", "/20010101/", "does not match YYYYMMDD"),
    ):
        changed = with_header(request, "authorization", partial(swapped, old, new))
        assert said in refusal(changed)[1]
    other = with_header(request, "authorization", lambda value: value.replace(REGION, "us-east-1"))
    assert "does not match" in refusal(other)[1]


def test_the_host_is_signed_and_header_names_are_in_order() -> None:
    request = signed()
    unsigned = with_header(request, "authorization", lambda value: value.replace("=host;", "="))
    assert refusal(unsigned)[1].startswith("'Host' or ':authority' must be a 'SignedHeader'")
    for names in ("x-amz-date;host", "host;host;x-amz-date", "host;none;x-amz-date", "host"):
        changed = with_header(request, "authorization", partial(swapped, "host;x-amz-date", names))
        assert "does not match" in refusal(changed)[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Credential=", "Cred=", "requires 'Credential' parameter."),
        ("SignedHeaders=", "Signed=", "requires 'SignedHeaders' parameter."),
        ("Signature=", "Signature", "requires 'Signature' parameter."),
        ("SHA256 ", "SHA256 Signature=0, ", "has a parameter twice"),
        ("/aws4_request", "", "exactly 5 slash-delimited elements"),
        ("SHA256 ", "SHA1 ", "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'."),
        ("Signature=", "Signature=é", "must be hexadecimal"),
        ("host;", "Host;", "SignedHeaders must be names"),
    ],
)
def test_half_a_signature_is_none(old: str, new: str, said: str) -> None:
    changed = with_header(signed(), "authorization", lambda value: value.replace(old, new))
    code, message = refusal(changed)
    assert code == "IncompleteSignatureException"
    assert said in message


def test_a_request_is_signed_once() -> None:
    request, presigned = signed(), signed(body=b"", presigned=True)
    both = more(presigned, (b"authorization", header(request, "authorization").encode()))
    assert refusal(both)[0] == "IncompleteSignatureException"
    twice = more(request, (b"authorization", header(request, "authorization").encode()))
    assert refusal(twice)[0] == "IncompleteSignatureException"
    again = replace(presigned, query=f"{presigned.query}&X-Amz-Credential=x")
    assert refusal(again)[0] == "IncompleteSignatureException"
    moved = replace(
        request, headers=[(b"host", HOST.encode())], query=f"Authorization={header(request, 'authorization')}"
    )
    assert refusal(moved)[0] == "MissingAuthenticationTokenException"


@pytest.mark.parametrize(
    "date", ["", "20260101", "2026-01-01T00:00:00Z", "20261301T000000Z", "20260101T000000"]
)
def test_a_signature_has_a_date(date: str) -> None:
    code, _ = refusal(with_header(signed(), "x-amz-date", lambda _: date))
    assert code in {"IncompleteSignatureException", "InvalidSignatureException"}
