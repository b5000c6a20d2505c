"""Signing up, in and out, by forms that need no script."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import Settings

from playground.owner import owner_of_user
from tests.playground.accounts.visitors import PASSWORD, Browser, account, faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def test_somebody_signs_up_out_and_in_again() -> None:
    browser = Browser()
    assert browser.sign_up(email="ada@example.org")["Location"] == "/snippets"
    assert "Account ada" in browser.client.get("/account").content.decode()
    user = User.objects.get()
    assert (user.email, user.is_staff, user.is_superuser) == ("ada@example.org", False, False)
    assert browser.sign_out()["Location"] == "/account/sign-in"
    assert browser.client.get("/account")["Location"] == "/account/sign-in"
    assert browser.sign_in()["Location"] == "/snippets"
    assert browser.client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"username": "no name"}, {"username": "Enter a valid username"}),
        ({"username": "Ada"}, {"username": "This name has an account already."}),
        ({"email": "nowhere"}, {"email": "Enter a valid email address."}),
        ({"password1": "short", "password2": "short"}, {"password2": "too short"}),
        ({"password1": "password", "password2": "password"}, {"password2": "too common"}),
        ({"password1": "grace.hopper1", "password2": "grace.hopper1"}, {"password2": "too similar"}),
        ({"password2": "something else"}, {"password2": "match"}),
    ],
)
def test_what_cannot_be_an_account_is_told_at_its_field(typed: dict[str, str], fault: dict[str, str]) -> None:
    account("ada")
    good = {"username": "grace.hopper", "email": "", "password1": PASSWORD, "password2": PASSWORD}
    answer = Browser().form("/account/sign-up", **(good | typed))
    assert answer.status_code == 422
    told = faults(answer)
    ((field, words),) = fault.items()
    assert list(told) == [field]
    assert words in told[field]
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', answer.content.decode())
    assert PASSWORD not in answer.content.decode()
    assert User.objects.count() == 1


def test_a_wrong_password_and_an_unknown_name_are_told_alike() -> None:
    account("ada")
    wrong, unknown = Browser().sign_in("ada", "wrong"), Browser().sign_in("eve", "wrong")
    assert wrong.status_code == unknown.status_code == 422
    sentence = "There is no account of this name with this password."
    for answer in (wrong, unknown):
        assert sentence in answer.content.decode()
        assert 'role="alert"' in answer.content.decode()


def test_an_account_that_is_switched_off_signs_in_as_little_as_one_that_is_not_there() -> None:
    user = account("ada")
    user.is_active = False
    user.save()
    assert Browser().sign_in().status_code == 422


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/runs/1/compare/2?a=b", "/runs/1/compare/2?a=b"),
        ("https://evil.example/", "/snippets"),
        ("//evil.example/", "/snippets"),
        ("/\\evil.example/", "/snippets"),
        ("http:///evil.example", "/snippets"),
        ("\t//evil.example", "/snippets"),
        ("javascript:alert(1)", "/snippets"),
        ("evil", "/snippets"),
        # Round in circles
        ("/account/sign-in", "/snippets"),
    ],
)
def test_nobody_is_led_to_another_site(asked: str, led: str) -> None:
    account("ada")
    assert Browser().sign_in(next=asked)["Location"] == led
    assert Browser().sign_up("eve", next=asked)["Location"] == led
    signed_in = Browser()
    signed_in.sign_in()
    assert signed_in.client.get("/account/sign-in", {"next": asked})["Location"] == led
    page = Browser().client.get("/account/sign-in", {"next": asked}).content.decode()
    assert ("evil.example" in page) is False


def test_the_session_of_before_is_not_the_one_of_after() -> None:
    account("ada")
    browser = Browser()
    # As somebody has it who opened the link of an e-mail, or whom another has given theirs.
    session = browser.client.session
    session["planted"] = "1"
    session.save()
    before, token = browser.client.cookies["sessionid"].value, browser.token
    browser.sign_in()
    assert browser.client.cookies["sessionid"].value != before
    assert browser.token != token
    assert not Session.objects.filter(pk=before).exists()
    planted = Client()
    planted.cookies["sessionid"] = before
    assert planted.get("/account").status_code == 302


@pytest.mark.parametrize("path", ["sign-in", "sign-up", "sign-out", "delete", "password", "e-mail", "reset"])
def test_no_other_site_signs_anybody_in_or_out(path: str) -> None:
    account("ada")
    browser = Browser()
    browser.sign_in()
    typed = {"username": "ada", "password": PASSWORD, "email": "eve@example.org"}
    assert browser.client.post(f"/account/{path}", typed).status_code == 403
    assert Client(enforce_csrf_checks=True).post(f"/account/{path}", typed).status_code == 403
    assert browser.client.get("/account").status_code == 200


def test_signing_out_by_looking_is_not_possible() -> None:
    account("ada")
    browser = Browser()
    browser.sign_in()
    assert browser.client.get("/account/sign-out").status_code == 405
    assert browser.client.get("/account").status_code == 200


def test_cookies_are_out_of_reach_of_scripts_and_of_plain_http(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    account("ada")
    browser = Browser()
    browser.save("one")
    browser.sign_in()
    assert set(browser.client.cookies) == {"owner", "csrftoken", "sessionid", "known", "messages"}
    for name, cookie in browser.client.cookies.items():
        if name == "owner":
            assert (cookie.value, cookie["max-age"]) == ("", 0)
            continue
        assert cookie["secure"], name
        assert cookie["samesite"] == "Lax", name
        assert bool(cookie["httponly"]) == (name != "csrftoken"), name


def test_whoever_signs_out_leaves_a_browser_that_is_new() -> None:
    account("ada")
    browser = Browser()
    browser.save("mine")
    browser.sign_in()
    assert browser.names() == ["mine"]
    answer = browser.sign_out()
    assert answer["Clear-Site-Data"] == '"storage"'
    assert browser.client.cookies["sessionid"].value == ""
    assert browser.owner is None
    assert browser.names() == []
    assert browser.owner
    browser.save("mine")
    assert browser.names() == ["mine"]


def test_a_page_is_never_kept_and_needs_no_script() -> None:
    browser = Browser()
    for path in ("sign-in", "sign-up", "reset"):
        answer = browser.client.get(f"/account/{path}")
        assert "no-store" in answer["Cache-Control"]
        assert "<script" not in answer.content.decode()
        assert "style=" not in answer.content.decode()
        assert "script-src 'self'" in answer["Content-Security-Policy"]
    fields = dict(re.findall(r'name="(\w+)"[^>]*autocomplete="([\w-]+)"', answer.content.decode()))
    assert fields == {"email": "email"}


def test_the_api_knows_who_has_signed_in() -> None:
    browser = Browser()
    browser.sign_up()
    snippet = browser.save("mine")
    other = Browser()
    other.sign_in()
    assert other.reads(f"/api/snippets/{snippet}")
    assert not Browser().reads(f"/api/snippets/{snippet}")


def test_a_visitor_without_a_session_costs_no_question(django_assert_num_queries: Any) -> None:
    browser = Browser()
    with django_assert_num_queries(0):
        assert browser.client.get("/").status_code == 200
        assert browser.client.get("/account/sign-in").status_code == 200
        assert browser.client.get("/account").status_code == 302


def test_an_account_is_an_owner_of_its_own() -> None:
    assert owner_of_user(account("ada")) != owner_of_user(account("eve"))
