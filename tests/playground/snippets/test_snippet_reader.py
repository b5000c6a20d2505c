"""What is taken for a snippet, and how everything that is not is told."""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoker import limits
from playground.snippets.snippet_reader import FIELDS, SnippetFields, read_snippet
from playground.snippets.test_event import TestEventFields, read_test_event, read_test_events
from tests.playground.snippets.conftest import CODE, GOOD

SOME = settings(max_examples=100, deadline=None)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def faults(changed: dict[str, Any]) -> list[tuple[str, ...]]:
    read = read_snippet({**GOOD, **changed})
    return [fault.field for fault in read] if isinstance(read, list) else []


def test_a_whole_body_is_read() -> None:
    revision = uuid4()
    words = {"function_name": "a", "description": "b", "tags": {"c": "d"}, "revision_id": str(revision)}
    read = read_snippet({**GOOD, **words, "forked_from": "token"})
    assert isinstance(read, SnippetFields)
    assert (read.function_name, read.description, read.tags) == ("a", "b", {"c": "d"})
    assert (read.revision_id, read.forked_from) == (revision, "token")
    assert [event.name for event in read.test_events] == ["first", "second"]
    assert "secret of mine" not in repr(read)


def test_what_is_not_given_stays_open() -> None:
    read = read_snippet({"files": CODE})
    assert isinstance(read, SnippetFields)
    assert (read.function_name, read.description, read.tags, read.revision_id) == (None, None, None, None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"function_name": "with space"}, ("function_name",)),
        ({"function_name": "x" * 65}, ("function_name",)),
        ({"function_name": "name\n"}, ("function_name",)),
        ({"function_name": None}, ("function_name",)),
        ({"description": "x" * 257}, ("description",)),
        ({"description": "\0"}, ("description",)),
        ({"tags": []}, ("tags",)),
        ({"tags": {"": "x"}}, ("tags", "")),
        ({"tags": {"k": 1}}, ("tags", "k")),
        ({"tags": {"k": "x" * 257}}, ("tags", "k")),
        ({"tags": {str(number): "" for number in range(51)}}, ("tags",)),
        ({"revision_id": "no"}, ("revision_id",)),
        ({"revision_id": 7}, ("revision_id",)),
        ({"forked_from": "x" * 65}, ("forked_from",)),
        ({"memory_size": 127}, ("memory_size",)),
        ({"test_events": {}}, ("test_events",)),
        ({"test_events": [{"name": "a"}, {"name": " "}]}, ("test_events", "1", "name")),
        ({"test_events": [{"name": "a"}, {"name": "a"}]}, ("test_events", "0", "name")),
        ({"unknown": 1}, ("unknown",)),
    ],
)
def test_each_fault_says_where_it_is(changed: dict[str, Any], field: tuple[str, ...]) -> None:
    assert faults(changed) == [field]


def test_every_fault_is_told_at_once() -> None:
    wrong = {"function_name": "", "tags": {"a": 1, "b": 2}, "timeout": 0, "other": 1}
    assert set(faults(wrong)) == {("function_name",), ("tags", "a"), ("tags", "b"), ("timeout",), ("other",)}


@pytest.mark.parametrize("text", ["{", "{'a': 1}", "{}{}", "[1,]"])
def test_an_event_that_is_half_typed_is_kept_and_an_expected_response_is_json(text: str) -> None:
    read = read_test_event({"name": "a", "event": text})
    assert read == TestEventFields(name="a", event=text)
    refused = read_test_event({"name": "a", "expected": text})
    assert isinstance(refused, list)
    assert refused[0].field == ("expected",)


@pytest.mark.parametrize(
    "template", [[], {"id": "sqs"}, {"id": 1, "fields": {}}, {"id": "sqs", "fields": {"a": 1}}]
)
def test_a_template_has_an_id_and_texts(template: object) -> None:
    read = read_test_event({"name": "a", "template": template})
    assert isinstance(read, list)
    assert [fault.field for fault in read] == [("template",)]


def test_events_of_a_snippet_have_a_number_and_a_size() -> None:
    count = limits.TEST_EVENTS_MAX
    assert len(read_test_events([{"name": str(number)} for number in range(count)])) == count
    half = json.dumps("x" * (limits.TEST_EVENTS_BYTES_MAX // 2))
    for too_much in (
        [{"name": str(number)} for number in range(count + 1)],
        [{"name": "a", "event": half}, {"name": "b", "expected": half}],
    ):
        (fault,) = read_test_events(too_much)
        assert not isinstance(fault, TestEventFields)
        assert fault.field == ("test_events",)


@SOME
@given(JSON | st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6))
def test_any_json_is_a_snippet_or_faults(body: object) -> None:
    read = read_snippet(body)
    assert isinstance(read, SnippetFields) or all(fault.message for fault in read)
    assert isinstance(read, SnippetFields) or read


@SOME
@given(st.text(), st.text(max_size=limits.TEST_EVENT_NAME_LENGTH_MAX))
def test_an_event_of_any_text_is_kept_to_the_letter_or_refused(event: str, name: str) -> None:
    read = read_test_event({"name": name, "event": event})
    if isinstance(read, TestEventFields):
        assert (read.name, read.event) == (name, event)
    else:
        assert not name.strip() or "\0" in event + name


def test_a_name_that_cannot_be_stored_is_refused() -> None:
    for name in ("a\0b", "\ud800"):
        refused = read_test_event({"name": name})
        assert isinstance(refused, list)
        assert [fault.field for fault in refused] == [("name",)]
