"""Test events of a snippet over the JSON API."""

import pytest

from playground.snippets import schemas
from tests.playground.snippets.conftest import CODE, GOOD, Ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def path(ask: Ask) -> str:
    """A snippet's address."""
    return f"/{ask('POST', '', GOOD, 201)['id']}"


def names(ask: Ask, path: str) -> list[str]:
    told = ask("GET", f"{path}/test-events", None, 200)
    schemas.TestEvents.model_validate(told)
    return [event["name"] for event in told["test_events"]]


def test_one_is_added_read_changed_and_deleted(ask: Ask, path: str) -> None:
    made = ask("POST", f"{path}/test-events", {"name": "third", "event": "[1]", "expected": "1"}, 201)
    assert names(ask, path) == ["first", "second", "third"]
    one = f"{path}/test-events/{made['id']}"
    assert ask("GET", one, None, 200) == made
    changed = ask("PUT", one, {"name": "renamed", "event": "[2]"}, 200)
    assert changed == {**made, "name": "renamed", "event": "[2]", "expected": None}
    ask("DELETE", one, None, 204)
    ask("GET", one, None, 404)
    assert names(ask, path) == ["first", "second"]


def test_they_are_ordered(ask: Ask, path: str) -> None:
    ids = [event["id"] for event in ask("GET", f"{path}/test-events")["test_events"]]
    ask("POST", f"{path}/test-events/order", {"ids": ids[::-1]}, 200)
    assert names(ask, path) == ["second", "first"]
    for wrong in ([], ids[:1], [*ids, ids[0]], "x", None):
        ask("POST", f"{path}/test-events/order", {"ids": wrong}, 422)


def test_a_name_that_is_there_already_is_refused(ask: Ask, path: str) -> None:
    assert ask("POST", f"{path}/test-events", {"name": "first"}, 422)["errors"]
    assert names(ask, path) == ["first", "second"]


def test_a_change_of_events_is_a_change_of_the_snippet(ask: Ask, path: str) -> None:
    before = ask("GET", path)["revision_id"]
    ask("POST", f"{path}/test-events", {"name": "third"}, 201)
    ask("PUT", path, {"files": CODE, "revision_id": before}, 409)
