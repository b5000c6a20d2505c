"""What a browser made moves to the account, whole, and is out of the old cookie's reach."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.test import Client
from pytest_django.fixtures import Settings

from playground.accounts import succession
from playground.accounts.words import moved_words
from playground.invocations import queue
from playground.invocations.models import Invocation
from playground.owner import Move, owner_moved
from playground.sharing.models import Share
from playground.snippets.models import Alias, Snippet
from tests.playground.accounts.visitors import PASSWORD, Browser, account, copied, owner_of_account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


@pytest.mark.parametrize("way", ["sign up", "sign in", "admin"])
def test_everything_comes_along_at_every_way_to_sign_in(way: str) -> None:
    browser = Browser()
    event = {"name": "first", "event": "{}", "expected": None, "template": None}
    snippet = browser.save("hello", test_events=[event], environment={"KEY": "value"})
    assert browser.send("POST", f"/api/snippets/{snippet}/versions", {}).status_code in {200, 201}
    shared = browser.send("POST", f"/api/snippets/{snippet}/shares", {"variables": ["KEY"]})
    binned = browser.save("old")
    browser.send("DELETE", f"/api/snippets/{binned}")
    run, loose = browser.run(snippet=snippet), browser.run()
    before = browser.client.get(f"/api/snippets/{snippet}").json()
    old = browser.owner
    cookie = copied(browser)
    if way == "sign up":
        browser.sign_up()
    elif way == "sign in":
        account()
        browser.sign_in()
    else:
        User.objects.create_superuser("ada", password=PASSWORD)
        assert browser.form("/admin/login/", username="ada", password=PASSWORD).status_code == 302
    assert browser.owner is None
    owner = owner_of_account()
    assert set(Snippet.objects.values_list("owner", flat=True)) == {owner}
    assert set(Invocation.objects.values_list("owner", flat=True)) == {owner}
    elsewhere = Browser()
    elsewhere.sign_in()
    # Nothing of it is another one, and nobody's unsaved work meets a conflict.
    assert elsewhere.client.get(f"/api/snippets/{snippet}").json() == before
    for path in (f"snippets/{snippet}/versions", f"snippets/{snippet}/shares", f"invocations/{run}"):
        assert elsewhere.reads(f"/api/{path}"), path
        assert not cookie.reads(f"/api/{path}"), path
    assert elsewhere.reads(f"/api/invocations/{loose}")
    assert elsewhere.client.get("/api/snippets?deleted=true").json()["snippets"][0]["id"] == binned
    assert cookie.names() == []
    assert Client().get(f"/s/{shared.json()['token']}").status_code == 200
    for path in (f"snippets/{snippet}/edit", f"snippets/{snippet}/delete", f"snippets/{binned}/undelete"):
        assert cookie.form(f"/{path}", function_name="theirs").status_code == 404
    assert cookie.client.get(f"/runs/{loose}").status_code == 404
    assert old


def test_names_that_are_taken_get_a_number_and_the_page_says_so() -> None:
    account()
    first, second = Browser(), Browser()
    first.save("hello")
    first.save("receipts")
    first.sign_in()
    snippet = second.save("hello")
    second.save("hello-2")
    second.save("orders")
    run = second.run(snippet=snippet)
    second.sign_in()
    assert second.names() == ["hello", "hello-2", "hello-3", "orders", "receipts"]
    assert second.client.get(f"/api/snippets/{snippet}").json()["function_name"] == "hello-3"
    assert Invocation.objects.get(pk=run).function_name == "hello-3"
    html = second.client.get("/snippets").content.decode()
    assert "3 snippets and 1 run of this browser came along to your account." in html
    assert "You had functions of the same name: hello is hello-3 now." in html
    assert "came along" not in second.client.get("/snippets").content.decode()


def test_a_name_as_long_as_may_be_stays_within_its_length() -> None:
    account()
    name = "f" * 64
    for _ in range(3):
        browser = Browser()
        browser.save(name)
        browser.sign_in()
    assert browser.names() == [f"{'f' * 62}-2", f"{'f' * 62}-3", name]


def test_what_is_over_a_limit_comes_along_and_nothing_more_is_made(settings: Settings) -> None:
    settings.FUNCTIONS_PER_OWNER_MAX = 2
    account()
    for _ in range(2):
        browser = Browser()
        browser.save("one")
        browser.save("two")
        browser.sign_in()
    assert len(browser.names()) == 4
    answer = browser.send("POST", "/api/snippets", {"files": {"index.mjs": ""}})
    assert answer.status_code == 422
    assert "you have 2 functions" in answer.content.decode()


def test_the_limits_of_submissions_count_what_came_along(settings: Settings) -> None:
    settings.QUEUED_PER_OWNER_MAX = 2
    browser = Browser()
    browser.run()
    browser.run()
    browser.sign_up()
    assert browser.send("POST", "/api/invocations", {"files": {"index.mjs": ""}}).status_code == 429


def test_what_waits_is_run_afterwards() -> None:
    browser = Browser()
    run = browser.run()
    browser.sign_up()
    claimed = queue.claim("host:1:1")
    assert claimed is not None
    assert (str(claimed.pk), claimed.owner) == (run, owner_of_account())


def test_it_moves_whole_or_not_at_all() -> None:
    account()
    browser = Browser()
    browser.save("hello")
    browser.run()
    old = browser.owner

    def fail(**_: Any) -> None:
        raise RuntimeError("no room")

    owner_moved.connect(fail)
    browser.client.raise_request_exception = False
    try:
        assert browser.sign_in().status_code == 500
    finally:
        owner_moved.disconnect(fail)
    assert browser.client.get("/account").status_code == 302, "signed in without what was made"
    assert browser.owner == old
    assert browser.names() == ["hello"]
    assert set(Invocation.objects.values_list("owner", flat=True)) == {old}
    assert browser.sign_in().status_code == 302
    assert browser.names() == ["hello"]


def test_an_account_that_could_not_be_made_leaves_the_browser_as_it_was() -> None:
    browser = Browser()
    browser.save("hello")

    def fail(**_: Any) -> None:
        raise RuntimeError("no room, once all had moved")

    user_logged_in.connect(fail)
    browser.client.raise_request_exception = False
    try:
        assert browser.sign_up().status_code == 500
    finally:
        user_logged_in.disconnect(fail)
    assert not User.objects.exists()
    assert browser.names() == ["hello"]


def test_nothing_of_a_cookie_that_is_not_ours_moves() -> None:
    account()
    victim = Browser()
    victim.save("mine")
    user = account("bob")
    Snippet.objects.update(owner=victim.owner)
    signed = victim.client.cookies["owner"].value
    key, _, signature = signed.partition(":")
    for forged in (key, f"{key}:{'A' * len(signature)}", f"user:{user.pk}", f"user:{user.pk}:{signature}"):
        thief = Browser()
        thief.client.cookies["owner"] = forged
        thief.sign_in()
        assert thief.names() == []
        thief.sign_out()
    assert victim.names() == ["mine"]


@pytest.mark.parametrize("owner", ["user:1", "aws:me", "visitor:0123456789abcdef0123456789abcdef", ""])
def test_only_a_browsers_key_is_ever_moved(owner: str) -> None:
    assert not succession.is_browser(owner)


def test_a_second_sign_in_with_the_same_cookie_moves_nothing() -> None:
    account("ada")
    account("eve")
    browser = Browser()
    copy = copied(browser)
    browser.save("hello")
    browser.sign_in("ada")
    copy.sign_in("eve")
    assert browser.names() == ["hello"]
    assert copy.names() == []


def test_words_say_what_came_along() -> None:
    move = Move("old", "new")
    assert moved_words(move) == ""
    move.counts["run"] = 1
    assert moved_words(move) == "1 run of this browser came along to your account."


def test_aliases_hang_on_their_function() -> None:
    browser = Browser()
    snippet = browser.save("hello")
    Alias.objects.create(snippet_id=snippet, name="live", version="$LATEST")
    browser.sign_up()
    assert Alias.objects.get().snippet.owner == owner_of_account()
    assert Share.objects.count() == 0
