"""Versions: numbered, never changed, restored."""

import pytest

from playground.snippets import schemas
from tests.playground.snippets.conftest import CODE, GOOD, Ask

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_version_stays_as_it_was_made(ask: Ask) -> None:
    told = ask("POST", "", GOOD, 201)
    path = f"/{told['id']}"
    made = ask("POST", f"{path}/versions", {"description": "before"}, 201)
    assert (made["number"], made["description"], made["created"]) == (1, "before", True)
    ask("PUT", path, {"files": {"other.mjs": ""}, "memory_size": 512, "test_events": []}, 200)
    version = ask("GET", f"{path}/versions/1", None, 200)
    schemas.Version.model_validate(version)
    for name in ("files", "environment", "memory_size", "handler", "timeout"):
        assert version[name] == GOOD[name]
    assert [event["name"] for event in version["test_events"]] == ["first", "second"]


def test_numbers_go_up_and_the_newest_is_listed_first(ask: Ask) -> None:
    path = f"/{ask('POST', '', GOOD, 201)['id']}"
    for number in range(1, 4):
        ask("PUT", path, {"files": {"index.mjs": str(number)}}, 200)
        ask("POST", f"{path}/versions", {}, 201)
    assert [one["number"] for one in ask("GET", f"{path}/versions")["versions"]] == [3, 2, 1]
    assert ask("GET", path)["last_version"] == 3


def test_no_version_is_made_where_nothing_changed(ask: Ask) -> None:
    path = f"/{ask('POST', '', GOOD, 201)['id']}"
    ask("POST", f"{path}/versions", {}, 201)
    again = ask("POST", f"{path}/versions", {"description": "again"}, 200)
    assert (again["number"], again["created"], again["description"]) == (1, False, "")
    ask("PUT", path, {**GOOD, "test_events": []}, 200)
    assert ask("POST", f"{path}/versions", {}, 201)["number"] == 2


def test_a_restored_version_is_latest_again_with_its_test_events(ask: Ask) -> None:
    told = ask("POST", "", GOOD, 201)
    path = f"/{told['id']}"
    ask("POST", f"{path}/versions", {}, 201)
    ask("PUT", path, {"files": CODE, "environment": {}, "test_events": []}, 200)
    restored = ask("POST", f"{path}/versions/1/restore", None, 200)
    for name in ("files", "environment", "memory_size", "timeout"):
        assert restored[name] == GOOD[name]
    assert [event["name"] for event in restored["test_events"]] == ["first", "second"]
    assert restored["revision_id"] != told["revision_id"]
    assert ask("POST", f"{path}/versions", {}, 200)["number"] == 1


def test_a_version_that_is_not_there_is_not_found(ask: Ask) -> None:
    path = f"/{ask('POST', '', GOOD, 201)['id']}"
    for number in (0, 1, 2**40):
        ask("GET", f"{path}/versions/{number}", None, 404)
        ask("POST", f"{path}/versions/{number}/restore", None, 404)


def test_a_note_has_a_length(ask: Ask) -> None:
    path = f"/{ask('POST', '', GOOD, 201)['id']}"
    refused = ask("POST", f"{path}/versions", {"description": "x" * 257}, 422)
    assert refused["errors"][0]["field"] == ["description"]
