"""Links: made by the owner, opened by anyone, and closed again."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from playground.sharing import share_store
from playground.sharing.models import Share
from playground.snippets import snippet_store
from playground.snippets.test_event import TestEventFields
from tests.playground.sharing.shared_snippet import SECRET, SOURCE, Owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


@pytest.fixture
def owner() -> Owner:
    return Owner()


def opened(token: str) -> Any:
    return Client().get(f"/api/shared/{token}")


def test_a_link_shows_everything_of_a_version_and_of_variables_the_names(owner: Owner) -> None:
    link = owner.shared()
    told = opened(link["token"]).json()
    assert told["files"] == {"index.mjs": SOURCE}
    assert told["version"] == 1
    assert told["handler"] == "index.handler"
    assert told["environment"] == {"API_KEY": None, "STAGE": None}
    assert told["test_events"] == [{"name": "first", "event": '{"a": 1}', "expected": None, "template": None}]
    assert len(link["token"]) >= 17
    assert link["url"] == f"/s/{link['token']}"


def test_a_value_goes_along_where_its_variable_is_named(owner: Owner) -> None:
    told = opened(owner.shared(variables=["STAGE"])["token"])
    assert told.json()["environment"] == {"API_KEY": None, "STAGE": "production"}
    assert SECRET[:4] not in told.content.decode()


def test_a_link_to_a_version_keeps_to_it_and_one_to_the_newest_goes_on(owner: Owner) -> None:
    pinned, newest = owner.shared()["token"], owner.shared(version=1)["token"]
    snippet_store.change(owner.snippet, {"handler": "index.other"})
    snippet_store.published(owner.snippet)
    assert [opened(token).json()["version"] for token in (pinned, newest)] == [2, 1]


def test_a_newer_version_that_shows_what_is_hidden_is_passed_over(owner: Owner) -> None:
    link = owner.shared()["token"]
    snippet_store.replace_events(owner.snippet, [TestEventFields(name="leak", event=f"[{SECRET!r}]")])
    snippet_store.published(owner.snippet)
    told = opened(link)
    assert told.json()["version"] == 1
    assert SECRET not in told.content.decode()


def test_a_file_or_an_event_that_shows_a_value_is_refused_by_its_name() -> None:
    for changes in (
        {"files": {"index.mjs": SOURCE, "lib/key.mjs": f"export default `{SECRET}`"}},
        {"test_events": [TestEventFields(name="lib/key.mjs", event=f"{SECRET}")]},
    ):
        answer = Owner(**changes).share()
        assert answer.status_code == 422
        (fault,) = answer.json()["errors"]
        assert fault["field"] == ["variables", "API_KEY"]
        assert "lib/key.mjs shows the value of API_KEY" in fault["message"]
        assert SECRET not in answer.content.decode()
    assert Share.objects.count() == 0


@pytest.mark.parametrize(
    ("what", "changes"),
    [
        ("The log", {"log": f"key: {SECRET}"}),
        ("The response", {"response": b'"hush \\"quoted\\" 7c1e"'}),
        ("The event", {"event": b'{"key": "hush \\"quoted\\" 7c1e"}'}),
        ("The error", {"error_message": SECRET}),
        ("The error", {"error_trace": [f"at {SECRET}"]}),
        ("The file index.mjs", {"files": {"index.mjs": f"// {SECRET}"}}),
    ],
)
def test_a_run_that_shows_a_value_is_refused_and_its_place_named(
    owner: Owner, what: str, changes: dict[str, Any]
) -> None:
    run = owner.recorded(**changes)
    answer = owner.share(runs=[str(run.id)])
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert fault["field"] == ["runs", str(run.id)]
    assert fault["message"].startswith(f"{what} of this run shows the value of API_KEY")
    assert Client().get(f"/api/invocations/{run.id}").status_code == 404


def test_a_value_that_the_run_had_under_an_older_secret_is_hidden_too(owner: Owner) -> None:
    run = owner.recorded(environment={"API_KEY": "the-old-one"}, log="the-old-one")
    assert owner.share(runs=[str(run.id)]).status_code == 422


def test_a_shared_run_is_read_by_anyone_while_the_link_lives_and_ended_by_nobody(owner: Owner) -> None:
    run = owner.recorded(log="hello")
    address = f"/api/invocations/{run.id}"
    somebody = Client()
    assert somebody.get(address).status_code == 404
    link = owner.shared(runs=[str(run.id)])["token"]
    read = somebody.get(address)
    assert read.json()["environment"] == {"API_KEY": None}
    assert somebody.get(f"{address}/response").content == b'"done"'
    assert "hello" in somebody.get(f"{address}/events").content.decode()
    assert somebody.get("/api/invocations").json() == {"invocations": []}
    assert [one["id"] for one in opened(link).json()["runs"]] == [str(run.id)]
    assert somebody.post(f"{address}/cancel", HTTP_X_CSRFTOKEN="x").status_code in {403, 404}
    assert owner.send("DELETE", f"/api/shares/{link}").status_code == 204
    assert somebody.get(address).status_code == 404
    assert opened(link).status_code == 404


def test_somebody_elses_run_and_an_unknown_one_are_refused(owner: Owner) -> None:
    for one in (str(Owner().recorded().id), str(uuid.uuid4())):
        answer = owner.share(runs=[one])
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == ["runs", one]


def test_an_expired_link_opens_for_nobody(owner: Owner) -> None:
    run = owner.recorded()
    link = owner.shared(expires_in_days=1, runs=[str(run.id)])["token"]
    assert opened(link).status_code == 200
    Share.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert opened(link).status_code == 404
    assert Client().get(f"/api/invocations/{run.id}").status_code == 404
    assert share_store.fork_origin(link) is None


def test_a_link_of_a_deleted_snippet_is_closed_until_it_is_brought_back(owner: Owner) -> None:
    link = owner.shared()["token"]
    snippet_store.deleted(owner.snippet)
    assert opened(link).status_code == 404
    owner.snippet.refresh_from_db()
    snippet_store.undeleted(owner.snippet)
    assert opened(link).status_code == 200


def test_a_link_can_be_changed_under_its_address(owner: Owner) -> None:
    link = owner.shared(variables=["STAGE"])["token"]
    changed = owner.send("PUT", f"/api/shares/{link}", {"public": True, "version": 1})
    assert changed.status_code == 200
    assert (changed.json()["public"], changed.json()["version"]) == (True, 1)
    assert opened(link).json()["environment"]["STAGE"] is None


def test_only_the_owner_sees_changes_and_takes_back(owner: Owner) -> None:
    link = owner.shared()["token"]
    other = Owner()
    assert other.send("PUT", f"/api/shares/{link}", {}).status_code == 404
    assert other.send("DELETE", f"/api/shares/{link}").status_code == 404
    assert other.client.get(f"/api/snippets/{owner.snippet.id}/shares").status_code == 404
    listed = owner.client.get(f"/api/snippets/{owner.snippet.id}/shares").json()["shares"]
    assert [one["token"] for one in listed] == [link]
    assert opened(link).status_code == 200


def test_a_snippet_has_so_many_links_and_taking_one_back_makes_room(owner: Owner, settings: Any) -> None:
    settings.SHARES_PER_SNIPPET_MAX = 2
    first = owner.shared()["token"]
    owner.shared()
    assert owner.share().status_code == 422
    owner.send("DELETE", f"/api/shares/{first}")
    assert owner.share().status_code == 201
    settings.SHARES_PER_SNIPPET_MAX, settings.SHARES_PER_OWNER_MAX = 20, 2
    assert owner.share().status_code == 422


def test_sharing_publishes_where_nothing_was_published(owner: Owner) -> None:
    assert owner.snippet.versions.count() == 0
    owner.shared()
    owner.shared()
    assert [version.number for version in owner.snippet.versions.all()] == [1]


def test_a_variable_that_is_not_there_cannot_be_shared(owner: Owner) -> None:
    answer = owner.share(variables=["NOTHING"])
    assert [fault["field"] for fault in answer.json()["errors"]] == [["variables", "NOTHING"]]
