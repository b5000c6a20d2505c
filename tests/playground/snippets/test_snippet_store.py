"""What is stored of a snippet: names that are free, versions that stay, changes that are seen."""

import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TransactionTestCase

from invoker.limits import FUNCTION_NAME_LENGTH_MAX
from playground.snippets import snippet_store
from playground.snippets.function_reader import FUNCTION_NAME_PATTERN, FunctionFields
from playground.snippets.models import DeploymentPackage, Snippet, TestEvent, Version
from playground.snippets.snippet_reader import SnippetFields
from playground.snippets.test_event import TestEventFields

pytestmark = pytest.mark.django_db(transaction=True)
CODE = {"index.mjs": "export const handler = async () => 1;"}
EVENTS = [TestEventFields(name="one", event="[1]", expected="1"), TestEventFields(name="two")]
FIELDS = SnippetFields(
    function=FunctionFields(files=CODE, environment={"PASSWORD": "secret"}, memory_size=256),
    function_name="orders",
    description="of a shop",
    tags={"team": "money"},
    test_events=EVENTS,
)


def created(fields: SnippetFields = FIELDS, owner: str = "alice") -> Snippet:
    return snippet_store.created(owner, fields, fields.function.files)


def saved(snippet: Snippet, fields: SnippetFields) -> Snippet:
    return snippet_store.saved(snippet, fields, fields.function.files)


def function(**columns: object) -> FunctionFields:
    return replace(FIELDS.function, **columns)  # type: ignore[arg-type]


def test_a_new_snippet_has_everything_that_was_given() -> None:
    row = Snippet.objects.get(pk=created().pk)
    assert (row.owner, row.function_name, row.description, row.tags) == (
        *("alice", "orders", "of a shop"),
        {"team": "money"},
    )
    assert (dict(row.environment), row.memory_size, row.from_editor) == ({"PASSWORD": "secret"}, 256, True)
    assert snippet_store.events_of(row) == EVENTS


def test_the_same_files_are_kept_once() -> None:
    assert created().package_id == created(owner="bob").package_id
    assert DeploymentPackage.objects.count() == 1


def test_a_name_is_one_owners_once() -> None:
    created()
    created(owner="bob")
    with pytest.raises(snippet_store.NameTaken) as refused:
        created()
    assert refused.value.fault.field == ("function_name",)
    other = created(replace(FIELDS, function_name="refunds"))
    with pytest.raises(snippet_store.NameTaken):
        saved(other, FIELDS)
    other.refresh_from_db()
    assert other.function_name == "refunds"


def test_what_has_no_name_gets_a_free_one() -> None:
    nameless = replace(FIELDS, function_name=None)
    names = [created(nameless).function_name for _ in range(3)]
    assert names == ["my-function", "my-function-2", "my-function-3"]


def test_a_snippet_in_the_bin_keeps_no_name_and_comes_back_under_a_free_one() -> None:
    first = created()
    snippet_store.deleted(first)
    created()
    assert snippet_store.undeleted(first).function_name == "orders-2"
    assert Snippet.live.filter(owner="alice").count() == 2


def test_what_stands_for_no_change_stays() -> None:
    snippet = created()
    bare = SnippetFields(function=function(memory_size=512))
    changed = saved(snippet, bare)
    assert (changed.function_name, changed.description, changed.tags) == (
        *("orders", "of a shop"),
        {"team": "money"},
    )
    assert changed.memory_size == 512


def test_a_change_on_what_is_not_there_any_more_changes_nothing() -> None:
    snippet = created()
    seen = snippet.revision_id
    saved(snippet, replace(FIELDS, function=function(memory_size=512), revision_id=seen))
    for stale in (seen, uuid4()):
        with pytest.raises(snippet_store.ChangedMeanwhile):
            saved(snippet, replace(FIELDS, test_events=[], revision_id=stale))
    row = Snippet.objects.get(pk=snippet.pk)
    assert (row.memory_size, snippet_store.events_of(row)) == (512, EVENTS)


def test_nothing_is_saved_into_the_bin() -> None:
    snippet = created()
    snippet_store.deleted(snippet)
    with pytest.raises(snippet_store.ChangedMeanwhile):
        saved(snippet, FIELDS)


@pytest.mark.parametrize(
    "changed",
    [
        replace(FIELDS, function=function(files={"index.mjs": "2"})),
        replace(FIELDS, function=function(environment={"PASSWORD": "other"})),
        replace(FIELDS, function=function(timeout=9)),
        replace(FIELDS, function=function(ephemeral_storage=1024)),
        replace(FIELDS, function=function(handler="index.other")),
        replace(FIELDS, test_events=EVENTS[::-1]),
        replace(FIELDS, test_events=[replace(EVENTS[0], expected=None), EVENTS[1]]),
    ],
)
def test_whatever_an_invocation_or_a_test_depends_on_makes_a_version(changed: SnippetFields) -> None:
    snippet = created()
    first = snippet_store.published(snippet)
    assert snippet_store.published(snippet) == first
    assert snippet_store.published(saved(snippet, changed)).number == 2


@pytest.mark.parametrize("words", [{"description": "new words"}, {"tags": {}}, {"function_name": "renamed"}])
def test_words_about_a_function_make_no_version(words: dict[str, object]) -> None:
    snippet = created()
    first = snippet_store.published(snippet)
    assert snippet_store.published(saved(snippet, replace(FIELDS, **words))) == first  # type: ignore[arg-type]


def test_a_number_is_never_given_twice() -> None:
    snippet = created()
    snippet_store.published(snippet).delete()
    assert snippet_store.published(snippet).number == 2


def test_those_who_publish_at_once_make_one_version() -> None:
    snippet = created()
    together = threading.Barrier(4)
    numbers: list[int] = []

    def publish() -> None:
        together.wait()
        try:
            numbers.append(snippet_store.published(Snippet.objects.get(pk=snippet.pk)).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == [1] * 4
    assert Version.objects.filter(snippet=snippet).count() == 1


def test_a_restored_version_brings_code_configuration_and_events_but_no_words() -> None:
    snippet = created()
    version = snippet_store.published(snippet)
    changed = replace(
        FIELDS,
        function=function(files={"a.mjs": ""}, environment={}),
        description="later",
        function_name="renamed",
        test_events=[],
    )
    snippet = saved(snippet, changed)
    restored = snippet_store.restored(snippet, version)
    assert restored.package_id == version.package_id
    assert (dict(restored.environment), snippet_store.events_of(restored)) == ({"PASSWORD": "secret"}, EVENTS)
    assert (restored.function_name, restored.description) == ("renamed", "later")


def test_an_event_keeps_its_id_as_long_as_its_name_and_a_version_has_its_own() -> None:
    snippet = created()
    snippet_store.published(snippet)
    mine = TestEvent.objects.filter(snippet=snippet, version=None)
    before = dict(mine.values_list("name", "id"))
    saved(snippet, replace(FIELDS, test_events=[replace(EVENTS[1], event="[2]"), EVENTS[0]]))
    assert dict(mine.values_list("name", "id")) == before
    assert [row.name for row in mine] == ["two", "one"]
    (version,) = snippet.versions.all()
    assert snippet_store.events_of(version) == EVENTS


NAMES = st.from_regex(FUNCTION_NAME_PATTERN, fullmatch=True)


class FreeNames(TransactionTestCase):
    """Whatever names an owner has given, the next one is free and Lambda takes it."""

    @settings(max_examples=25, deadline=None)
    @given(wanted=st.sampled_from(["a", "a-2", "x" * 64, "x" * 62]) | NAMES, count=st.integers(1, 4))
    def test_a_free_name_is_free(self, wanted: str, count: int) -> None:
        """Each of several that want the same."""
        given_out = []
        for _ in range(count):
            name = snippet_store.free_name("alice", wanted)
            assert name not in given_out
            assert FUNCTION_NAME_PATTERN.fullmatch(name)
            assert len(name) <= FUNCTION_NAME_LENGTH_MAX
            created(replace(FIELDS, function_name=name))
            given_out.append(name)
        assert given_out[0] == wanted
