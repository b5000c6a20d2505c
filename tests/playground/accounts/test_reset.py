"""A new password by e-mail, without telling anybody who has an account."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import override_settings
from pytest_django.fixtures import Settings

from playground.accounts import reset
from playground.production import public_url, public_url_fault
from tests.playground.accounts.visitors import Browser, account, faults
from tests.worker_process import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
NEW = "quite another 7"


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://lambda.example.org"


def ask(browser: Browser, email: str) -> Any:
    """Ask for a link; what is to be sent was sent when this returns."""
    answer = browser.form("/account/reset", email=email)
    reset._mailing.submit(lambda: None).result(30)
    reset._mailing.submit(lambda: None).result(30)
    return answer


def link() -> str:
    """The path of the link in the last e-mail."""
    until(lambda: bool(mail.outbox), lambda: "no e-mail")
    found = re.search(r"https://lambda\.example\.org(/account/reset/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


def choose(browser: Browser, path: str, password: str = NEW) -> Any:
    """Follow a link and type a new password."""
    answer = browser.client.get(path)
    if answer.status_code != 302:
        return answer
    assert answer["Location"].endswith("/set-password"), "the token stays in the address"
    return browser.form(answer["Location"], new_password1=password, new_password2=password)


def test_somebody_who_forgot_gets_a_link_and_chooses_another() -> None:
    account("ada", "ada@example.org")
    signed_in, browser = Browser(), Browser()
    signed_in.sign_in()
    assert ask(browser, "Ada@Example.org")["Location"] == "/account/reset/sent"
    path = link()
    assert mail.outbox[0].to == ["ada@example.org"]
    assert choose(browser, path)["Location"] == "/account/reset/done"
    assert browser.client.get("/account/reset/done").status_code == 200
    assert signed_in.client.get("/account").status_code == 302, "whoever has the old one goes on"
    assert browser.sign_in(password=NEW).status_code == 302
    assert choose(Browser(), path, "once more 77").status_code == 200, "twice by one link"
    assert User.objects.get().check_password(NEW)


def test_the_answer_is_the_same_whether_there_is_an_account() -> None:
    account("ada", "ada@example.org")
    there, not_there = ask(Browser(), "ada@example.org"), ask(Browser(), "eve@example.org")
    assert (there.status_code, there["Location"]) == (not_there.status_code, not_there["Location"])
    assert there.content == not_there.content
    assert set(there.headers) == set(not_there.headers)
    until(lambda: bool(mail.outbox), lambda: "no e-mail")
    assert len(mail.outbox) == 1


def test_the_answer_waits_for_no_e_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(reset._mailing, "submit", lambda *work: asked.append(work))
    account("ada", "ada@example.org")
    assert Browser().form("/account/reset", email="ada@example.org").status_code == 302
    assert len(asked) == 1
    assert mail.outbox == []


@pytest.mark.parametrize("headers", [{"HTTP_HOST": "localhost"}, {"HTTP_X_FORWARDED_HOST": "evil.example"}])
def test_the_link_follows_no_header_of_the_request(headers: dict[str, str]) -> None:
    account("ada", "ada@example.org")
    ask(Browser(**headers), "ada@example.org")
    assert link()
    assert "localhost" not in str(mail.outbox[0].body)


def test_a_host_that_is_not_ours_gets_nothing_sent() -> None:
    account("ada", "ada@example.org")
    browser = Browser()
    browser.client.get("/account/reset")
    typed = {"email": "ada@example.org", "csrfmiddlewaretoken": browser.token}
    assert browser.client.post("/account/reset", typed, HTTP_HOST="evil.example").status_code == 400
    assert mail.outbox == []


@pytest.mark.parametrize(
    "path",
    [
        "MQ/set-password",
        "MQ/c0ffee-0123456789abcdef",
        "nothing/at-all",
        "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk/a-b",
    ],
)
def test_a_link_that_was_made_up_leads_nowhere(path: str) -> None:
    account("ada", "ada@example.org")
    answer = Browser().client.get(f"/account/reset/{path}")
    assert answer.status_code == 200
    assert "This link leads nowhere any more" in answer.content.decode()


def test_a_link_is_of_no_use_after_the_address_was_changed() -> None:
    account("ada", "old@example.org")
    ask(Browser(), "old@example.org")
    path = link()
    User.objects.update(email="new@example.org")
    assert "leads nowhere" in choose(Browser(), path).content.decode()


def test_a_bad_new_password_is_told_at_its_field() -> None:
    account("ada", "ada@example.org")
    browser = Browser()
    ask(browser, "ada@example.org")
    answer = choose(browser, link(), "short")
    assert answer.status_code == 422
    assert list(faults(answer)) == ["new_password2"]


def test_a_new_password_opens_what_was_locked(settings: Settings) -> None:
    settings.SIGN_IN_FAILURES_MAX = 2
    settings.SIGN_IN_FAILURES_PER_NAME_MAX = 2
    account("ada", "ada@example.org")
    browser = Browser()
    for _ in range(2):
        browser.sign_in(password="wrong")
    assert browser.sign_in().status_code == 429
    ask(browser, "ada@example.org")
    choose(browser, link())
    assert browser.sign_in(password=NEW).status_code == 302


def test_a_mailbox_is_not_filled(settings: Settings) -> None:
    settings.RESETS_PER_MAILBOX_MAX = 2
    account("ada", "ada@example.org")
    locations = {
        ask(Browser(REMOTE_ADDR=f"192.0.2.{one}"), "ada@example.org")["Location"] for one in range(4)
    }
    assert locations == {"/account/reset/sent"}
    until(lambda: len(mail.outbox) == 2, lambda: f"{len(mail.outbox)} e-mails")
    settings.RESETS_PER_ADDRESS_MAX = 1
    ask(Browser(REMOTE_ADDR="192.0.2.99"), "eve@example.org")
    assert ask(Browser(REMOTE_ADDR="192.0.2.99"), "eve@example.org").status_code == 429
    assert len(mail.outbox) == 2


def test_what_is_no_address_is_told_at_its_field() -> None:
    answer = Browser().form("/account/reset", email="nowhere")
    assert answer.status_code == 422
    assert list(faults(answer)) == ["email"]


def test_a_server_that_takes_no_e_mail_is_noted_without_the_link(caplog: pytest.LogCaptureFixture) -> None:
    account("ada", "ada@example.org")
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=1):
        assert ask(Browser(), "ada@example.org").status_code == 302
        until(lambda: "Failed to send password reset email" in caplog.text, lambda: caplog.text)
    assert "/account/reset/" not in caplog.text.replace("/account/reset/sent", "")


@pytest.mark.parametrize(
    ("hosts", "https", "host", "url"),
    [
        (["lambda.example.org", "other.example"], True, "0.0.0.0", "https://lambda.example.org"),
        (["*", ".example.org"], False, "0.0.0.0", "http://127.0.0.1:8000"),
        ([], False, "192.0.2.1", "http://192.0.2.1:8000"),
        ([], False, "::1", "http://[::1]:8000"),
    ],
)
def test_the_address_of_links_is_known_without_a_request(
    hosts: list[str], https: bool, host: str, url: str
) -> None:
    assert public_url(hosts, https, host, 8000) == url
    assert public_url_fault(url) is None


@pytest.mark.parametrize(
    "url", ["lambda.example.org", "ftp://lambda.example.org", "https://", "https://a.b/c"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert public_url_fault(url)
