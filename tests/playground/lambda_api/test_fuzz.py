"""The Lambda API and the WebSocket, asked what nobody would: each answers in its own way, and no fault is ours."""

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from playground.lambda_api.errors import SHAPES
from tests.client import Person, until_closed
from tests.playground.lambda_api.clients import archive, lambda_client

pytestmark = [pytest.mark.xdist_group("playground"), pytest.mark.timeout(300)]
CREDENTIALS = "AWS4-HMAC-SHA256 Credential=AKIAFUZZ/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00"
FUNCTION = "export const handler = async (event) => event;"
bounded = settings(
    max_examples=150,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

header_text = st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
MEMBERS = (
    *("FunctionName", "Runtime", "Role", "Handler", "Code", "Timeout", "MemorySize", "Environment", "Tags"),
    *("Description", "Publish", "Layers", "VpcConfig", "EphemeralStorage", "Architectures", "RevisionId"),
    *("LoggingConfig", "SnapStart", "TracingConfig", "ZipFile", "DryRun", "ImageUri", "PackageType"),
)
GOOD = {
    "FunctionName": "fuzz",
    "Runtime": "nodejs22.x",
    "Role": "arn:aws:iam::000000000000:role/any",
    "Handler": "index.handler",
    "Code": {"ZipFile": "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="},
}
nearly_good = st.builds(
    lambda changes: {**GOOD, **changes}, st.dictionaries(st.sampled_from(MEMBERS), json_values, max_size=3)
)
bodies = st.one_of(
    st.binary(max_size=200),
    json_values.map(lambda value: json.dumps(value).encode()),
    nearly_good.map(lambda value: json.dumps(value).encode()),
)
names = st.one_of(
    st.sampled_from(["fuzz", "fuzz:$LATEST", "arn:aws:lambda:us-east-1:000000000000:function:fuzz"]),
    st.text(min_size=1, max_size=40),
)
paths = st.one_of(
    st.just("/2015-03-31/functions"),
    st.builds(
        lambda name, rest: f"/2015-03-31/functions/{quote(name, safe='')}{rest}",
        names,
        st.sampled_from(["", "/configuration", "/code", "/invocations", "/versions", "/policy", "/%00"]),
    ),
    st.text(max_size=30).map(lambda text: f"/2020-06-30/{quote(text)}"),
)
queries = st.dictionaries(
    st.sampled_from(["Qualifier", "MaxItems", "Marker", "FunctionVersion", "MasterRegion", "x"]),
    st.text(max_size=30) | st.integers().map(str),
    max_size=3,
)
headers = st.dictionaries(
    st.sampled_from(
        [
            *("X-Amz-Invocation-Type", "X-Amz-Log-Type", "X-Amz-Client-Context", "X-Playground-Start-Cold"),
            *("Content-Type", "X-Forwarded-For", "Cookie", "Origin", "Accept-Encoding"),
        ]
    ),
    header_text,
    max_size=3,
)


@pytest.fixture(scope="module")
def http(playground: str) -> Any:
    """A client of the Lambda API whose caller has one function."""
    client = lambda_client(playground, key="AKIAFUZZ")
    client.create_function(**{**GOOD, "Code": {"ZipFile": archive({"index.mjs": FUNCTION})}})
    with httpx.Client(base_url=playground, timeout=60, trust_env=False) as http:
        yield http


@bounded
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"]),
    path=paths,
    query=queries,
    given_headers=headers,
    body=bodies,
    signed=st.booleans() | st.just(True),
)
def test_no_input_of_the_lambda_api_is_answered_with_a_fault_of_ours(
    http: httpx.Client,
    method: str,
    path: str,
    query: dict[str, str],
    given_headers: dict[str, str],
    body: bytes,
    signed: bool,
) -> None:
    if method == "DELETE":
        path = path.replace("fuzz", "another")
    sent = [(name.encode(), value.strip().encode("latin-1")) for name, value in given_headers.items()]
    if signed:
        sent.append((b"Authorization", CREDENTIALS.encode()))
    answer = http.request(method, path, params=query, headers=sent, content=body)
    assert answer.status_code < 500, answer.text
    if "2015-03-31" in path and answer.status_code >= 400:
        assert answer.headers["x-amzn-ErrorType"] in SHAPES
        assert answer.headers["x-amzn-RequestId"]
        assert method == "HEAD" or answer.json()


@bounded
@given(
    invocation=st.sampled_from(["known", "00000000-0000-4000-8000-000000000000"]) | st.text(max_size=40),
    query=st.text(max_size=40).map(quote)
    | st.integers().map(lambda number: f"after={number}")
    | st.text(max_size=20).map(lambda text: f"after={quote(text)}&after="),
    cookie=header_text,
    frames=st.lists(st.text(max_size=200) | st.binary(max_size=200), max_size=3),
)
def test_no_query_cookie_or_frame_breaks_a_websocket(
    person: tuple[Person, str], invocation: str, query: str, cookie: str, frames: list[str | bytes]
) -> None:
    who, known = person
    path = known if invocation == "known" else quote(invocation, safe="")
    owner = (
        f"owner={who.http.cookies['owner']}; {cookie.strip()}" if invocation == "known" else cookie.strip()
    )
    address = f"{who.url.replace('http', 'ws', 1)}/ws/invocations/{path}?{query}"
    with connect(
        address, additional_headers={"Cookie": owner}, origin=Origin(who.url), proxy=None, open_timeout=60
    ) as socket:
        try:
            for frame in frames:
                socket.send(frame)
        except ConnectionClosed:
            pass
        _, code = until_closed(socket)
    assert code in {1000, 4400, 4404}


@pytest.fixture(scope="module")
def person(playground: str) -> tuple[Person, str]:
    """Somebody, and an invocation of theirs that is finished."""
    who = Person(playground)
    return who, str(who.run(FUNCTION)["id"])
