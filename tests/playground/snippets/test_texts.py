"""Text that no database can keep is refused wherever somebody may write, and never a fault of ours."""

from typing import Any

import pytest

from tests.playground.snippets.conftest import CODE, GOOD, Ask

pytestmark = pytest.mark.django_db(transaction=True)
PLACES: list[dict[str, Any]] = [
    {"description": "%s"},
    {"function_name": "%s"},
    {"handler": "%s"},
    {"files": {"%s": ""}},
    {"environment": {"A": "%s"}},
    {"environment": {"%s": "A"}},
    {"tags": {"%s": "a"}},
    {"tags": {"a": "%s"}},
    {"forked_from": "%s"},
    {"test_events": [{"name": "%s"}]},
    {"test_events": [{"name": "a", "event": "%s"}]},
    {"test_events": [{"name": "a", "expected": '"%s"'}]},
    {"test_events": [{"name": "a", "template": {"id": "%s", "fields": {}}}]},
    {"test_events": [{"name": "a", "template": {"id": "a", "fields": {"%s": ""}}}]},
    {"test_events": [{"name": "a", "template": {"id": "a", "fields": {"a": "%s"}}}]},
]


def filled(place: Any, text: str) -> Any:
    if isinstance(place, dict):
        return {key.replace("%s", text): filled(value, text) for key, value in place.items()}
    if isinstance(place, list):
        return [filled(one, text) for one in place]
    return place.replace("%s", text)


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_it_is_refused_in_a_snippet(ask: Ask, place: dict[str, Any], text: str) -> None:
    refused = ask("POST", "", {"files": CODE, **filled(place, text)}, 422)
    assert refused["errors"][0]["field"][0] == next(iter(place))
    assert ask("GET")["snippets"] == []


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_it_is_refused_in_a_note_and_found_nowhere(ask: Ask, text: str) -> None:
    path = f"/{ask('POST', '', GOOD, 201)['id']}"
    ask("POST", f"{path}/versions", {"description": text}, 422)
    ask("POST", f"{path}/test-events", {"name": text}, 422)
    assert ask("GET", path)["last_version"] == 0
