"""What is being made or runs while its maker signs in becomes the account's, and nothing is left to the old key."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.db import connection, transaction

from playground.accounts import succession
from playground.accounts.models import MovedOwner
from playground.invocations import queue
from playground.invocations.models import Invocation, State
from playground.owner import OwnerGone, whose_now
from playground.snippets import snippet_store
from playground.snippets.function_reader import FunctionFields
from playground.snippets.models import Snippet
from playground.snippets.snippet_reader import SnippetFields
from tests.playground.accounts.visitors import CODE, Browser, account, copied, owner_of_account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]

FIELDS = SnippetFields(
    function=FunctionFields(files=CODE, environment={}), function_name="second", test_events=[]
)


def in_own_connection(work: Callable[[], Any]) -> Any:
    try:
        return work()
    finally:
        connection.close()


def test_what_a_request_makes_that_was_under_way_goes_to_the_account_too() -> None:
    browser = Browser()
    browser.save("before")
    old = browser.owner
    under_way = copied(browser)
    browser.sign_up()
    late = under_way.save("late")
    run = under_way.run()
    assert browser.names() == ["before", "late"]
    assert browser.reads(f"/api/invocations/{run}")
    assert not under_way.reads(f"/api/snippets/{late}")
    assert not under_way.reads(f"/api/invocations/{run}")
    assert under_way.names() == []
    assert not Snippet.objects.filter(owner=old).exists()
    assert not Invocation.objects.filter(owner=old).exists()


def test_long_afterwards_the_old_key_is_nobodys_in_particular() -> None:
    browser = Browser()
    old = copied(browser)
    browser.sign_up()
    MovedOwner.objects.update(moved_at=MovedOwner.objects.get().moved_at - succession.UNDER_WAY_AT_MOST)
    old.save("other")
    assert browser.names() == []
    assert old.names() == ["other"]
    # And what is remembered goes with the next move.
    Browser().sign_in()
    assert [row.account for row in MovedOwner.objects.all()] == [owner_of_account()]


def test_signing_in_waits_for_what_is_being_made_and_takes_it_along() -> None:
    account()
    browser = Browser()
    browser.save("first")
    old = browser.owner
    assert old
    began, go_on = threading.Event(), threading.Event()

    def make() -> None:
        with transaction.atomic():
            snippet_store.created(old, FIELDS, CODE)
            began.set()
            assert go_on.wait(20)

    with ThreadPoolExecutor() as threads:
        made = threads.submit(in_own_connection, make)
        assert began.wait(20)
        signed_in = threads.submit(in_own_connection, browser.sign_in)
        done, _ = wait([signed_in], 0.5)
        assert not done, "it did not wait for who was writing"
        go_on.set()
        made.result(30)
        assert signed_in.result(30).status_code == 302
    assert browser.names() == ["first", "second"]


def test_nothing_is_made_for_an_account_that_is_gone() -> None:
    user = account()
    browser = Browser()
    browser.sign_in()
    owner = owner_of_account()
    user.delete()
    with transaction.atomic(), pytest.raises(OwnerGone):
        whose_now(owner)
    assert browser.client.get("/account").status_code == 302


def test_a_running_invocation_ends_at_its_new_owners() -> None:
    browser = Browser()
    run = browser.run()
    assert queue.claim("host:1:1")
    browser.sign_up()
    row = Invocation.objects.get(pk=run)
    assert (row.owner, row.state) == (owner_of_account(), State.RUNNING)
