"""A value of an environment variable reaches its function, its owner by GetFunctionConfiguration, and nothing else."""

import json
import re
import secrets
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis

from playground import embedded
from tests.client import Person
from tests.history import LIST, History, owner_of
from tests.playground.lambda_api.clients import create, keyed_client, lambda_client, new_key, refused
from tests.serving import Served

pytestmark = pytest.mark.xdist_group("playground")
SEES_IT = """
export const handler = async ({ fail }) => {
  console.log("it is there:", process.env.PASSWORD.length);
  if (fail) throw new Error("for another reason");
  return process.env.PASSWORD.length;
};
"""


@dataclass(frozen=True)
class Cast:
    """Who invoked functions with the marker in a variable, and what they were told."""

    marker: str
    person: Person
    told: list[str]
    ids: list[str]
    client: Any
    function: str
    key: dict[str, Any]


@pytest.fixture(scope="module")
def cast(served: Served) -> Cast:
    """Invocations by every way in: ones that succeed, fail, are refused and are cancelled."""
    marker = f"marker-{secrets.token_hex(12)}"
    person, told, ids = Person(served.url), [], []
    body = {"files": {"index.mjs": SEES_IT}, "environment": {"PASSWORD": marker}}
    for event in ("{}", '{"fail": true}'):
        answer = person.post("/api/invocations", {**body, "event": event})
        told.append(answer.text)
        ids.append(answer.json()["id"])
        told.append(json.dumps(person.follow(ids[-1])))
    answer = person.post(
        "/api/invocations", {**body, "memory_size": 1, "environment": {"AWS_REGION": marker}}
    )
    assert answer.status_code == 422
    told.append(answer.text)
    waits = {
        **body,
        "files": {"index.mjs": "export const handler = () => new Promise(() => setTimeout(() => 0, 9e5))"},
    }
    ids.append(person.post("/api/invocations", {**waits, "timeout": 60}).json()["id"])
    person.cancel(ids[-1])
    told.append(json.dumps(person.follow(ids[-1])))

    client = lambda_client(served.url, key="AKIASECRETS")
    name = create(client, {"index.mjs": SEES_IT}, Environment={"Variables": {"PASSWORD": marker}})
    for payload in (b"{}", b'{"fail": true}'):
        answer = client.invoke(FunctionName=name, Payload=payload, LogType="Tail")
        told += [
            answer["Payload"].read().decode(),
            answer["LogResult"],
            json.dumps(answer["ResponseMetadata"]),
        ]
    return Cast(marker, person, told, ids, client, name, shown_key(served, person))


@pytest.fixture(scope="module")
def staff(served: Served) -> httpx.Client:
    """Somebody who may see everything."""
    return History(served).staff


def shown_key(served: Served, person: Person) -> dict[str, Any]:
    """An access key that was shown to both APIs, rightly and wrongly."""
    key = new_key(person)
    boto3 = keyed_client(served.url, key)
    boto3.list_functions()
    refused(boto3.get_function, FunctionName="none")
    refused(keyed_client(served.url, {**key, "secret": key["secret"][::-1]}).list_functions)
    for token in (key["bearer"], f"{key['bearer']}x", f"x.{key['secret']}"):
        for path in ("/api/snippets", "/api/invocations/none", "/keys"):
            httpx.get(f"{served.url}{path}", headers={"Authorization": f"Bearer {token}"})
    return key


def forms(marker: str) -> Iterator[bytes]:
    """A text as it is and in Base64, at each of the three places that it may begin at."""
    yield marker.encode()
    for before in range(3):
        text = b64encode(b"x" * before + marker.encode())
        yield text[4:-4]


def test_the_function_has_it_and_its_owner_reads_it_by_the_lambda_api(cast: Cast) -> None:
    assert cast.person.read(cast.ids[0])["response"] == str(len(cast.marker))
    configuration = cast.client.get_function_configuration(FunctionName=cast.function)
    assert configuration["Environment"]["Variables"] == {"PASSWORD": cast.marker}


def test_it_is_in_no_answer_event_or_log_line(cast: Cast) -> None:
    told = [*cast.told]
    for invocation_id in cast.ids:
        for path in ("", "/events", "/response"):
            told.append(cast.person.http.get(f"/api/invocations/{invocation_id}{path}").text)
    told.append(cast.person.http.get("/api/invocations").text)
    told.append(cast.person.http.get("/healthz").text)
    assert any('"PASSWORD"' in text for text in told)
    assert [text for text in told if any(form.decode() in text for form in forms(cast.marker))] == []


def test_it_is_on_no_page_of_the_history(cast: Cast, staff: httpx.Client) -> None:
    owners = [f"{LIST}?owner={owner}" for owner in (owner_of(cast.person), "aws:AKIASECRETS")]
    pages = {path: staff.get(path).text for path in ("/admin/", LIST, *owners)}
    rows = {row for path in owners for row in re.findall(rf"{LIST}([0-9a-f-]{{36}})/change/", pages[path])}
    assert set(cast.ids) < rows
    pages |= {row: staff.get(f"{LIST}{row}/change/").text for row in rows}
    assert "PASSWORD=••••••••" in pages[cast.ids[0]]
    assert [path for path, page in pages.items() if cast.marker in page] == []
    found = staff.get(LIST, params={"q": cast.marker}).text
    assert not re.findall(rf"{LIST}([0-9a-f-]{{36}})/change/", found)


def test_it_is_in_no_file_of_the_service(cast: Cast, served: Served) -> None:
    files = [path for path in served.state.rglob("*") if path.is_file() and not path.is_symlink()]
    names = {path.name for path in files}
    assert {"db.sqlite3", "web.log", "worker.log", "redis.log"} <= names
    found = [path for path in files if any(form in _content(path) for form in forms(cast.marker))]
    assert found == []


def test_it_is_nowhere_in_redis(cast: Cast, served: Served) -> None:
    client = redis.Redis(unix_socket_path=str(embedded.socket_path(served.state)))
    keys = list(client.scan_iter())
    assert any(cast.ids[0].encode() in key for key in keys)
    kept = b"".join(key + repr(_value(client, key)).encode() for key in keys)
    assert not any(form in kept for form in forms(cast.marker))


def test_the_secret_of_an_access_key_is_in_no_file_page_or_export_nor_in_redis(
    cast: Cast, served: Served, staff: httpx.Client
) -> None:
    secret: str = cast.key["secret"]
    files = {
        path: _content(path) for path in served.state.rglob("*") if path.is_file() and not path.is_symlink()
    }
    assert any(cast.key["id"].encode() in content for content in files.values()), "the key itself is stored"
    found = [path for path, content in files.items() if any(form in content for form in forms(secret))]
    assert found == []
    client = redis.Redis(unix_socket_path=str(embedded.socket_path(served.state)))
    kept = b"".join(key + repr(_value(client, key)).encode() for key in client.scan_iter())
    assert not any(form in kept for form in forms(secret))
    paths = ("/keys", f"/keys/{cast.key['id']}/edit", "/api/keys", "/snippets", "/snippets/export.zip")
    answers = {path: cast.person.http.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert [path for path, answer in answers.items() if secret.encode() in answer.content] == []
    assert secret not in staff.get("/admin/").text


def _value(client: redis.Redis, key: bytes) -> object:
    """Whatever a key holds, uncompressed."""
    match client.type(key):
        case b"string":
            return client.get(key)
        case b"stream":
            return client.xrange(key)
        case b"list":
            return client.lrange(key, 0, -1)
        case b"set":
            return client.smembers(key)
        case b"zset":
            return client.zrange(key, 0, -1, withscores=True)
        case b"hash":
            return client.hgetall(key)
    return None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        # A sandbox that was removed in between.
        return b""
