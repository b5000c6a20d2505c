"""Snippets over the JSON API: made, read, saved, deleted and brought back by their owner alone."""

import uuid
from typing import Any

import pytest
from django.test import Client

from invoker import limits
from playground.snippets import schemas
from playground.snippets.models import Snippet
from tests.playground.snippets.conftest import CODE, GOOD, Ask, asking

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def test_a_snippet_is_given_back_as_it_was_made(ask: Ask) -> None:
    told = ask("POST", "", {**GOOD, "function_name": "mine", "tags": {"team": "a"}}, 201)
    schemas.Snippet.model_validate(told)
    assert {name: told[name] for name in GOOD if name != "test_events"} == {
        name: value for name, value in GOOD.items() if name != "test_events"
    }
    events: Any = GOOD["test_events"]
    assert [{name: event[name] for name in events[0]} for event in told["test_events"]] == events
    assert (told["function_name"], told["tags"], told["last_version"]) == ("mine", {"team": "a"}, 0)
    assert ask("GET", f"/{told['id']}") == told


def test_without_a_name_it_gets_a_free_one(ask: Ask) -> None:
    names = [ask("POST", "", {"files": CODE}, 201)["function_name"] for _ in range(3)]
    assert names == ["my-function", "my-function-2", "my-function-3"]


def test_a_name_that_is_taken_is_told_at_its_field(ask: Ask, other: Ask) -> None:
    ask("POST", "", {"files": CODE, "function_name": "one"}, 201)
    refused = ask("POST", "", {"files": CODE, "function_name": "one"}, 409)
    assert refused["errors"][0]["field"] == ["function_name"]
    second = ask("POST", "", {"files": CODE, "function_name": "two"}, 201)
    ask("PUT", f"/{second['id']}", {"files": CODE, "function_name": "one"}, 409)
    assert ask("GET", f"/{second['id']}") == second
    other("POST", "", {"files": CODE, "function_name": "one"}, 201)


def test_a_change_on_an_old_revision_is_refused_with_what_is_there_now(ask: Ask) -> None:
    first = ask("POST", "", {"files": CODE}, 201)
    path = f"/{first['id']}"
    second = ask("PUT", path, {"files": {"a.mjs": "1"}, "revision_id": first["revision_id"]}, 200)
    refused = ask("PUT", path, {"files": {"b.mjs": "1"}, "revision_id": first["revision_id"]}, 409)
    schemas.Conflict.model_validate(refused)
    assert refused["current"] == second
    assert ask("GET", path)["files"] == {"a.mjs": "1"}


def test_what_is_not_said_stays(ask: Ask) -> None:
    told = ask("POST", "", {**GOOD, "function_name": "n", "description": "d", "tags": {"t": ""}}, 201)
    changed = ask("PUT", f"/{told['id']}", {"files": CODE}, 200)
    assert (changed["function_name"], changed["description"], changed["tags"]) == ("n", "d", {"t": ""})


def test_test_events_keep_their_ids_by_name(ask: Ask) -> None:
    told = ask("POST", "", GOOD, 201)
    events: Any = GOOD["test_events"]
    changed = ask("PUT", f"/{told['id']}", {**GOOD, "test_events": events[::-1]}, 200)
    assert [event["id"] for event in changed["test_events"]] == [
        event["id"] for event in told["test_events"][::-1]
    ]


def test_nobody_else_sees_or_changes_it(ask: Ask, other: Ask) -> None:
    told = ask("POST", "", GOOD, 201)
    ask("POST", f"/{told['id']}/versions", {}, 201)
    event = told["test_events"][0]["id"]
    for method, path, body in (
        ("GET", "", None),
        ("PUT", "", GOOD),
        ("DELETE", "", None),
        ("POST", "/undelete", None),
        ("GET", "/versions", None),
        ("POST", "/versions", {}),
        ("GET", "/versions/1", None),
        ("POST", "/versions/1/restore", None),
        ("GET", "/test-events", None),
        ("POST", "/test-events", {"name": "n"}),
        ("POST", "/test-events/order", {"ids": []}),
        ("GET", f"/test-events/{event}", None),
        ("PUT", f"/test-events/{event}", {"name": "n"}),
        ("DELETE", f"/test-events/{event}", None),
    ):
        assert other(method, f"/{told['id']}{path}", body, 404)["errors"], path
    assert other("GET")["snippets"] == []
    assert ask("GET", f"/{told['id']}") == {**told, "last_version": 1}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"files": {}}, ["files"]),
        ({"files": {"../a": ""}}, ["files", "../a"]),
        ({"memory_size": 1}, ["memory_size"]),
        ({"environment": {"AWS_REGION": "x"}}, ["environment", "AWS_REGION"]),
        ({"function_name": "a b"}, ["function_name"]),
        ({"description": "x" * 257}, ["description"]),
        ({"tags": ["x"]}, ["tags"]),
        ({"tags": {"": "x"}}, ["tags", ""]),
        ({"test_events": {}}, ["test_events"]),
        ({"test_events": [{"name": ""}]}, ["test_events", "0", "name"]),
        ({"test_events": [{"name": "a"}, {"name": "a"}]}, ["test_events", "0", "name"]),
        ({"test_events": [{"name": "a", "expected": "{"}]}, ["test_events", "0", "expected"]),
        ({"test_events": [{"name": "a", "event": "\ud800"}]}, ["test_events", "0", "event"]),
        ({"test_events": [{"name": f"e{n}"} for n in range(limits.TEST_EVENTS_MAX + 1)]}, ["test_events"]),
        ({"revision_id": "x"}, ["revision_id"]),
        ({"unknown": 1}, ["unknown"]),
    ],
)
def test_a_fault_is_told_at_its_place_and_nothing_is_stored(
    ask: Ask, change: dict[str, Any], field: list[str]
) -> None:
    refused = ask("POST", "", {**GOOD, **change}, 422)
    assert [error["field"] for error in refused["errors"]] == [field]
    assert not Snippet.objects.exists()


def test_typescript_is_stored_with_what_it_is_compiled_to(ask: Ask) -> None:
    files = {"index.ts": "export const handler = async (n: number): Promise<number> => n;"}
    told = ask("POST", "", {"files": files}, 201)
    assert (told["files"], told["faults"]) == (files, [])


def test_typescript_that_does_not_compile_is_saved_all_the_same(ask: Ask) -> None:
    files = {"index.ts": "export const = ;"}
    told = ask("POST", "", {"files": files}, 201)
    assert told["files"] == files
    assert told["faults"][0]["field"] == ["files", "index.ts"]
    assert ask("GET", f"/{told['id']}")["files"] == files


def test_dependencies_that_no_test_would_take_are_saved_all_the_same(ask: Ask) -> None:
    manifest = '{"dependencies": {"is-odd": "file:../x"}}'
    files = {"index.ts": "export const = ;", "package.json": manifest}
    told = ask("POST", "", {"files": files}, 201)
    assert told["files"] == files
    assert [fault["field"] for fault in told["faults"]] == [["files", "index.ts"], ["files", "package.json"]]
    own = f"/{told['id']}"
    again = ask("PUT", own, {"files": {**CODE, "package.json": manifest}})
    assert [(fault["line"], fault["column"]) for fault in again["faults"]] == [(1, 29)]
    assert ask("GET", own)["files"]["package.json"] == manifest
    assert ask("PUT", own, {"files": {**CODE, "package.json": "{}"}})["faults"] == []


def test_what_was_deleted_can_be_brought_back(ask: Ask) -> None:
    told = ask("POST", "", {**GOOD, "function_name": "one"}, 201)
    ask("DELETE", f"/{told['id']}", None, 204)
    ask("GET", f"/{told['id']}", None, 404)
    assert ask("GET")["snippets"] == []
    assert [one["id"] for one in ask("GET", "?deleted=true")["snippets"]] == [told["id"]]
    assert ask("POST", f"/{told['id']}/undelete", None, 200) == told


def test_what_comes_back_takes_a_free_name(ask: Ask) -> None:
    told = ask("POST", "", {"files": CODE, "function_name": "one"}, 201)
    ask("DELETE", f"/{told['id']}", None, 204)
    ask("POST", "", {"files": CODE, "function_name": "one"}, 201)
    assert ask("POST", f"/{told['id']}/undelete", None, 200)["function_name"] == "one-2"


def test_a_test_of_a_snippet_belongs_to_it_and_has_its_name() -> None:
    client = Client()
    ask = asking(client)
    told = ask("POST", "", {"files": CODE, "function_name": "mine"}, 201)
    body = {"files": CODE, "snippet": told["id"]}
    answer = client.post("/api/invocations", body, content_type="application/json")
    assert (answer.status_code, answer.json()["function_name"]) == (202, "mine")
    (row,) = Snippet.objects.get().invocations.all()
    assert str(row.id) == answer.json()["id"]


def test_nobody_tests_in_the_name_of_a_snippet_of_somebody_else(ask: Ask) -> None:
    told = ask("POST", "", {"files": CODE}, 201)
    for snippet in (told["id"], str(uuid.uuid4()), "x"):
        body = {"files": CODE, "snippet": snippet}
        answer = Client().post("/api/invocations", body, content_type="application/json")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == ["snippet"]
