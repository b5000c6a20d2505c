"""A link's end and kind under its address, changed one by one."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from playground.sharing import share_store
from playground.sharing.models import Share
from playground.snippets import snippet_store
from tests.playground.sharing.shared_snippet import SOURCE, Owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
DAYS_7 = timedelta(days=7)


@pytest.fixture
def owner() -> Owner:
    return Owner()


def change(owner: Owner, token: str, **body: Any) -> Any:
    return owner.send("PATCH", f"/api/shares/{token}", body)


def changed(owner: Owner, token: str, **body: Any) -> dict[str, Any]:
    answer = change(owner, token, **body)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def opens(token: str) -> bool:
    return bool(Client().get(f"/api/shared/{token}").status_code == 200)


def expire(token: str) -> None:
    Share.objects.filter(token=token).update(expires_at=timezone.now() - timedelta(seconds=1))


def test_what_is_not_named_stays_as_it_is(owner: Owner) -> None:
    run = str(owner.recorded().id)
    link = owner.shared(version=None, expires_in_days=3, variables=["STAGE"], runs=[run])
    public = changed(owner, link["token"], public=True)
    assert public == link | {"public": True}
    later = changed(owner, link["token"], expires_in_days=7)
    assert later == public | {"expires_at": later["expires_at"]}
    end = datetime.fromisoformat(later["expires_at"])
    assert abs(end - timezone.now() - DAYS_7) < timedelta(minutes=1)
    assert changed(owner, link["token"], expires_in_days=None)["expires_at"] is None
    assert changed(owner, link["token"], version=1)["version"] == 1
    assert changed(owner, link["token"]) == public | {"expires_at": None, "version": 1}


def test_whoever_opens_it_afterwards_finds_what_it_is_now(owner: Owner) -> None:
    token = owner.shared()["token"]
    assert token not in Client().get("/explore").content.decode()
    changed(owner, token, public=True)
    assert token in Client().get("/explore").content.decode()
    changed(owner, token, public=False)
    assert token not in Client().get("/explore").content.decode()
    assert Client().get(f"/s/{token}")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"expires_in_days": 0}, "expires_in_days"),
        ({"expires_in_days": 366}, "expires_in_days"),
        ({"version": 7}, "version"),
        ({"public": "yes"}, "public"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_value_is_a_fault_at_its_field_and_changes_nothing(
    owner: Owner, body: dict[str, Any], field: str
) -> None:
    link = owner.shared()
    answer = change(owner, link["token"], **body)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [[field]]
    assert changed(owner, link["token"]) == link


def test_an_expired_link_opens_again_with_another_end_and_with_nothing_else(owner: Owner) -> None:
    token = owner.shared(expires_in_days=1)["token"]
    expire(token)
    changed(owner, token, public=True)
    assert not opens(token)
    changed(owner, token, expires_in_days=1)
    assert opens(token)


def test_a_link_that_opens_again_counts_as_a_new_one(owner: Owner, settings: Any) -> None:
    token = owner.shared(expires_in_days=1)["token"]
    expire(token)
    settings.SHARES_PER_SNIPPET_MAX = 1
    owner.shared()
    assert change(owner, token, expires_in_days=1).status_code == 422
    assert owner.send("PUT", f"/api/shares/{token}", {}).status_code == 422
    assert not opens(token)


def test_a_link_that_was_taken_back_stays_so_also_where_that_comes_in_between(owner: Owner) -> None:
    token = owner.shared()["token"]
    looked_up = Share.objects.select_related("snippet").get(token=token)
    owner.send("DELETE", f"/api/shares/{token}")
    assert share_store.changed(looked_up, {"public": True}) is None
    assert not opens(token)
    for method in ("PUT", "PATCH"):
        assert owner.send(method, f"/api/shares/{token}", {}).status_code == 404


def test_somebody_else_changes_nothing(owner: Owner) -> None:
    token = owner.shared()["token"]
    assert change(Owner(), token, public=True).status_code == 404
    assert not Share.objects.get(token=token).public


def test_nothing_that_it_shows_keeps_a_link_from_ending_or_from_leaving_the_list(owner: Owner) -> None:
    token = owner.shared(version=1, public=True)["token"]
    snippet_store.change(owner.snippet, {"environment": {"API_KEY": SOURCE}})
    assert not opens(token)
    assert changed(owner, token, public=False, expires_in_days=1)["public"] is False
    # More people, or the same after it has ended, see nothing of what is hidden.
    for again in (False, True):
        if again:
            expire(token)
        answer = change(owner, token, public=True, expires_in_days=2)
        assert answer.status_code == 422
        assert "index.mjs shows the value of API_KEY" in answer.json()["errors"][0]["message"]
    assert not opens(token)


def test_a_version_without_a_variable_that_goes_along_is_refused(owner: Owner) -> None:
    token = owner.shared(variables=["STAGE"])["token"]
    snippet_store.change(owner.snippet, {"environment": {}})
    snippet_store.published(owner.snippet)
    assert change(owner, token, version=2).json()["errors"][0]["field"] == ["variables", "STAGE"]
    assert changed(owner, token, version=1)["version"] == 1
