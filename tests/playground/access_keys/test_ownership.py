"""What becomes of keys when their owner signs in, goes, or is switched off."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from playground.access_keys import key_store
from playground.access_keys.bearer import REVOKED, UNKNOWN
from playground.access_keys.models import AccessKey
from playground.access_keys.ownership import REVOKED_WORDS
from tests.playground.access_keys.keys import Program, made, sentence
from tests.playground.accounts.visitors import PASSWORD, Browser, account, owner_of_account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def test_a_key_from_before_the_sign_in_does_not_open_the_account() -> None:
    account("ada")
    browser = Browser()
    assert browser.owner
    kept = Program(made(browser.owner))
    assert kept.status("GET", "/snippets") == 200
    browser.sign_in("ada")
    answer = kept.ask("GET", "/snippets")
    assert (answer.status_code, sentence(answer)) == (401, REVOKED)
    assert AccessKey.objects.get().owner == owner_of_account("ada")
    assert REVOKED_WORDS in browser.client.get("/snippets").content.decode()


def test_a_key_that_is_made_while_somebody_signs_in_is_refused() -> None:
    browser = Browser()
    old = browser.owner
    assert old
    browser.sign_up("ada")
    with pytest.raises(AssertionError, match="You have signed in meanwhile"):
        made(old)
    assert not AccessKey.objects.exists()


def test_the_keys_of_an_account_go_with_it() -> None:
    browser = Browser()
    browser.sign_up("ada")
    gone, stays = Program(made(owner_of_account("ada"))), Program(made("somebody else"))
    browser.form("/account/delete", password=PASSWORD)
    answer = gone.ask("GET", "/snippets")
    assert (answer.status_code, sentence(answer)) == (401, UNKNOWN)
    assert stays.status("GET", "/snippets") == 200


def test_the_key_of_an_account_that_is_switched_off_lets_nobody_in() -> None:
    account("ada")
    program = Program(made(owner_of_account("ada")))
    assert program.status("GET", "/snippets") == 200
    User.objects.update(is_active=False)
    assert program.status("GET", "/snippets") == 401
    User.objects.update(is_active=True)
    assert program.status("GET", "/snippets") == 200


def test_a_key_and_its_account_are_asked_for_in_one_statement(django_assert_num_queries: Any) -> None:
    account("ada")
    account("eve")
    keys = [made(owner_of_account("ada")), made("user-like"), made("user")]
    of_eve = made(owner_of_account("eve"))
    User.objects.filter(username="eve").update(is_active=False)
    for key in keys:
        with django_assert_num_queries(1):
            found = key_store.found(key.pk)
        assert found == key
    with django_assert_num_queries(1):
        assert key_store.found(of_eve.pk) is None
    with django_assert_num_queries(0):
        assert key_store.found("no id") is None
