"""Sign-in held against guessing: by name, by address, by both, on every page that takes a password."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings
from redis.exceptions import RedisError

from playground.accounts import tries
from playground.accounts.words import waiting_words
from playground.invocations.models import Invocation
from playground.redis_connection import connection as redis_connection
from tests.playground.accounts.visitors import PASSWORD, Browser, account
from tests.worker_process import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


@pytest.fixture(autouse=True)
def _few(settings: Settings) -> None:
    settings.SIGN_IN_FAILURES_MAX = 3
    settings.SIGN_IN_FAILURES_PER_ADDRESS_MAX = 6
    settings.SIGN_IN_FAILURES_PER_NAME_MAX = 5
    settings.SIGN_IN_LOCK_SECONDS = 900


def at(address: str) -> Browser:
    """A browser at an address."""
    return Browser(REMOTE_ADDR=address)


def fail(browser: Browser, name: str, times: int) -> None:
    for _ in range(times):
        assert browser.sign_in(name, "wrong").status_code == 422


def is_locked(answer: Any) -> bool:
    if answer.status_code != 429:
        return False
    assert 0 < int(answer["Retry-After"]) <= 900
    assert re.search(r"There may be another one in 1\d minutes", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    return True


def test_a_name_is_locked_and_the_right_password_is_refused_too() -> None:
    account()
    browser = at("192.0.2.1")
    fail(browser, "ada", 3)
    assert is_locked(browser.sign_in("ada", "wrong"))
    assert is_locked(browser.sign_in("ada", PASSWORD))
    assert browser.client.get("/account").status_code == 302
    # Neither the next browser nor the next page helps, and others go on.
    assert is_locked(at("192.0.2.1").sign_in())
    assert is_locked(browser.form("/admin/login/", username="ada", password=PASSWORD))
    account("eve")
    assert browser.sign_in("eve").status_code == 302
    assert at("192.0.2.2").sign_in("ada").status_code == 302


def test_the_admins_sign_in_is_held_by_the_same() -> None:
    User.objects.create_superuser("chief", password=PASSWORD)
    browser = at("192.0.2.1")
    for _ in range(3):
        assert browser.form("/admin/login/", username="chief", password="wrong").status_code == 200
    assert is_locked(browser.form("/admin/login/", username="chief", password=PASSWORD))
    assert is_locked(browser.sign_in("chief"))


def test_an_address_is_locked_that_tries_many_names() -> None:
    account()
    browser = at("192.0.2.1")
    for number in range(6):
        fail(browser, f"somebody{number}", 1)
    assert is_locked(browser.sign_in("another", "wrong"))
    assert is_locked(browser.sign_in())
    assert at("192.0.2.2").sign_in().status_code == 302


def test_an_address_is_all_of_an_ipv6_network_and_believes_no_header() -> None:
    account()
    for number in range(3):
        fail(Browser(REMOTE_ADDR=f"2001:db8::{number}", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}"), "ada", 1)
    assert is_locked(at("2001:db8::ffff:1").sign_in())
    assert at("2001:db8:1::1").sign_in().status_code == 302


def test_a_name_is_locked_that_is_tried_from_many_addresses_but_not_for_a_browser_that_knows_it() -> None:
    account()
    mine = at("198.51.100.1")
    mine.sign_in()
    mine.sign_out()
    for number in range(5):
        fail(at(f"192.0.2.{number}"), "ada", 1)
    assert is_locked(at("192.0.2.77").sign_in())
    assert mine.sign_in().status_code == 302, "others lock the owner out"
    mine.sign_out()
    fail(mine, "ada", 3)
    assert is_locked(mine.sign_in()), "and a browser that knows a name guesses no more than others"


def test_nobody_locks_out_a_browser_that_knows_a_name_by_failing_at_its_address() -> None:
    account()
    mine = at("192.0.2.1")
    mine.sign_in()
    mine.sign_out()
    fail(at("192.0.2.1"), "ada", 3)
    fail(at("192.0.2.1"), "eve", 3)
    assert is_locked(at("192.0.2.1").sign_in())
    assert mine.sign_in().status_code == 302
    mine.sign_out()
    assert is_locked(mine.sign_in("eve", "wrong")), "it has tries of its own at that name alone"


def test_a_browser_is_known_by_one_name_and_by_our_own_signature() -> None:
    account()
    account("eve")
    mine = at("198.51.100.1")
    mine.sign_in("eve")
    mark = mine.client.cookies["known"].value
    mine.sign_out()
    for number in range(5):
        fail(at(f"192.0.2.{number}"), "ada", 1)
    assert is_locked(mine.sign_in("ada"))
    for forged in ("ada", mark.replace(mark[:8], "00000000"), ""):
        mine.client.cookies["known"] = forged
        assert is_locked(mine.sign_in("ada"))


def test_success_begins_the_count_of_a_name_anew_and_not_that_of_an_address(settings: Settings) -> None:
    settings.SIGN_IN_FAILURES_PER_NAME_MAX = 100
    account()
    for _ in range(2):
        browser = at("192.0.2.1")
        fail(browser, "ada", 2)
        assert browser.sign_in().status_code == 302
    browser = at("192.0.2.1")
    fail(browser, "ada", 2)
    # Six failures: whoever has an account of their own gets no more tries at others by it.
    assert is_locked(browser.sign_in())


def test_an_attempt_while_it_is_locked_makes_nothing_longer(settings: Settings) -> None:
    account()
    browser = at("192.0.2.1")
    fail(browser, "ada", 3)
    before = sorted(redis_connection().pttl(key) for key in redis_connection().keys("tries:*"))
    for _ in range(5):
        assert is_locked(browser.sign_in())
    after = sorted(redis_connection().pttl(key) for key in redis_connection().keys("tries:*"))
    assert all(now <= then for then, now in zip(before, after, strict=True))
    fail(browser, "eve", 1)


def test_it_opens_when_the_time_is_over() -> None:
    account()
    browser = at("192.0.2.1")
    fail(browser, "ada", 3)
    assert is_locked(browser.sign_in())
    counters = redis_connection().keys("tries:*")
    for key in counters:
        redis_connection().pexpire(key, 1)
    until(lambda: not redis_connection().exists(*counters), lambda: "the counts do not end")
    assert browser.sign_in().status_code == 302


def test_whoever_tries_many_at_once_gets_no_more_than_others() -> None:
    account()
    passwords = [f"guess {number}" for number in range(12)]
    start = threading.Barrier(len(passwords))

    def guess(password: str) -> int:
        browser = at("192.0.2.1")
        try:
            start.wait(30)
            return int(browser.sign_in("ada", password).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(passwords)) as threads:
        told = sorted(threads.map(guess, passwords))
    assert told == [422] * 3 + [429] * 9


@pytest.mark.parametrize("page", ["delete", "e-mail", "password"])
def test_whoever_found_a_browser_signed_in_guesses_no_more_either(page: str) -> None:
    browser = at("192.0.2.1")
    browser.sign_up()
    typed = {"email": "thief@example.org", "new_password1": "another one 5", "new_password2": "another one 5"}
    for _ in range(3):
        answer = browser.form(f"/account/{page}", password="wrong", **typed)
        assert answer.status_code == 422
        assert "This is not your password." in answer.content.decode()
    assert is_locked(browser.form(f"/account/{page}", password=PASSWORD, **typed))
    assert User.objects.get().email == ""
    assert User.objects.get().check_password(PASSWORD)


def test_those_pages_count_nothing_for_whoever_knows_the_password() -> None:
    browser = at("192.0.2.1")
    browser.sign_up()
    for number in range(10):
        address = f"ada{number}@example.org"
        assert browser.form("/account/e-mail", password=PASSWORD, email=address).status_code == 302
    assert User.objects.get().email == "ada9@example.org"


def test_signing_up_has_a_limit_for_each_address(settings: Settings) -> None:
    settings.SIGN_UPS_PER_ADDRESS_MAX = 2
    for name in ("ada", "eve"):
        assert at("192.0.2.1").sign_up(name).status_code == 302
    answer = at("192.0.2.1").sign_up("bob")
    assert answer.status_code == 429
    assert "too many attempts to sign up" in answer.content.decode()
    assert int(answer["Retry-After"]) > 3_000
    assert at("192.0.2.2").sign_up("bob").status_code == 302


def test_where_nothing_can_be_counted_nobody_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    account()

    def away(*_: Any) -> int:
        raise RedisError

    monkeypatch.setattr(tries, "begin", away)
    answer = at("192.0.2.1").sign_in()
    assert answer.status_code == 429
    assert answer["Retry-After"] == "5"


def test_redis_learns_no_name_and_no_address() -> None:
    fail(at("192.0.2.1"), "ada-the-first", 1)
    keys = " ".join(map(str, redis_connection().keys("*")))
    assert keys.count("tries:") == 3
    assert "ada-the-first" not in keys
    assert "192.0.2.1" not in keys


def test_nothing_of_a_guess_is_written_anywhere(caplog: pytest.LogCaptureFixture) -> None:
    fail(at("192.0.2.1"), "ada", 3)
    at("192.0.2.1").sign_in("ada", "wrong and secret")
    assert "secret" not in caplog.text
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("axes_"):
                cursor.execute(f"SELECT COUNT(*) FROM {table}")
                assert cursor.fetchone() == (0,), table
    assert Invocation.objects.count() == 0


def test_a_wait_is_told_in_words() -> None:
    assert [waiting_words(one) for one in (1, 59, 60, 61, 900)] == [
        *("1 second", "59 seconds", "1 minute", "2 minutes", "15 minutes")
    ]


def test_a_forged_request_is_no_try() -> None:
    account()
    for _ in range(5):
        forged = Client(enforce_csrf_checks=True, REMOTE_ADDR="192.0.2.1")
        assert forged.post("/account/sign-in", {"username": "ada", "password": "x"}).status_code == 403
    assert at("192.0.2.1").sign_in().status_code == 302
