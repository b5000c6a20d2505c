"""Versions: numbered, never changed, restored."""

import pytest
from django.test import Client

from playground.snippets import schemas
from tests.playground.snippets.conftest import CODE, GOOD, Ask, asking

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


def test_nothing_is_restored_over_what_somebody_else_changed_in_between(ask: Ask) -> None:
    told = ask("POST", "", GOOD, 201)
    path = f"/{told['id']}"
    ask("POST", f"{path}/versions", {}, 201)
    newer = ask("PUT", path, {"files": {"newer.mjs": ""}}, 200)
    restore = f"{path}/versions/1/restore"
    refused = ask("POST", restore, {"revision_id": told["revision_id"]}, 409)
    assert refused["current"] == newer
    assert ask("GET", path) == newer
    assert ask("POST", restore, {"revision_id": newer["revision_id"]}, 200)["files"] == CODE
    others: tuple[object, ...] = ({"revision_id": "x"}, {"revision_id": 1}, {"other": 1}, [], "x")
    for wrong in others:
        ask("POST", restore, wrong, 422)


@pytest.mark.parametrize("body", [None, {}])
def test_another_site_restores_nothing(body: object) -> None:
    client = Client(enforce_csrf_checks=True)
    ask = asking(client)
    path = f"/{ask('POST', '', GOOD, 201)['id']}"
    token = {"X-CSRFToken": client.cookies["csrftoken"].value}
    made = client.post(f"/api/snippets{path}/versions", {}, content_type="application/json", headers=token)
    assert made.status_code == 201
    before = ask("GET", path)
    ask("POST", f"{path}/versions/1/restore", body, 403)
    assert ask("GET", path) == before
