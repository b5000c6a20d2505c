"""Opening by the JSON API: what it answers can be saved as it is."""

from typing import Any

import pytest

from playground.access_keys.scope import Scope
from playground.openings import schemas
from playground.snippets.models import Snippet
from tests.playground.access_keys.keys import ALICE, Program, made, sentence
from tests.playground.openings.archives import archive

pytestmark = pytest.mark.django_db(transaction=True)
TEMPLATE = """\
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: hello/, Handler: app.main, MemorySize: 512}
  Huge:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: hello/, Handler: app.main, MemorySize: 99999}
"""
PROJECT = {
    "template.yaml": TEMPLATE,
    "hello/app.mjs": "export const main = async (event) => event;\n",
    "events/one.json": '{"n": 1}',
}


def opening(program: Program, body: bytes, content_type: str = "application/zip") -> Any:
    """The answer to an archive."""
    return program.client.generic(
        "POST", "/api/openings", body, content_type=content_type, headers=program.headers
    )


def test_what_is_opened_can_be_saved_and_nothing_is_kept() -> None:
    answer = opening(Program(made(ALICE, Scope.READ)), archive(PROJECT))
    assert answer.status_code == 200, answer.content
    told = answer.json()
    schemas.Opening.model_validate(told)
    assert (told["template"], told["notices"]) == ("template.yaml", [])
    hello, huge = told["functions"]
    assert (hello["logical_id"], hello["faults"], hello["notices"]) == ("Hello", [], [])
    assert [fault["field"] for fault in huge["faults"]] == [["memory_size"]]
    assert not Snippet.objects.exists()
    saved = Program(made(ALICE, Scope.WRITE)).ask("POST", "/snippets", hello["snippet"])
    assert saved.status_code == 201
    for name in ("files", "handler", "memory_size"):
        assert saved.json()[name] == hello["snippet"][name]
    assert saved.json()["test_events"][0]["event"] == '{"n": 1}'


def test_a_key_needs_the_scope_read() -> None:
    other = Program(made(ALICE, Scope.WRITE, Scope.INVOKE, Scope.KEYS))
    assert opening(other, archive(PROJECT)).status_code == 403


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"no archive", "Could not unzip"),
        (b"", "Could not unzip"),
        (archive({"bomb.txt": "0" * (3 * 1024 * 1024 + 1)}), "more than 3145728 bytes (3 MB)"),
        (archive({f"{n}.js": "" for n in range(501)}), "more than 500 files"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(body: bytes, words: str) -> None:
    answer = opening(Program(made(ALICE, Scope.READ)), body)
    assert answer.status_code == 422
    assert words in sentence(answer)


def test_what_builds_left_in_a_project_does_not_count() -> None:
    left = {f"hello/node_modules/x/{n}.js": "1" * 10_000 for n in range(600)}
    answer = opening(Program(made(ALICE, Scope.READ)), archive({**PROJECT, **left}))
    assert answer.status_code == 200
    assert list(answer.json()["functions"][0]["snippet"]["files"]) == ["app.mjs"]
