"""An account goes with everything in it, and with nothing of anybody else."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils import timezone

from invoker.events import Finished, LogLine, Outcome, Stream
from playground.accounts import leaving
from playground.invocations import queue, stream, warm_workers
from playground.invocations.models import Invocation
from playground.invocations.recording import Recorder
from playground.invocations.service import CANCEL_CHANNEL
from playground.owner import owner_of
from playground.redis_connection import connection, subscription
from playground.sharing.models import Share
from playground.snippets.models import Alias, DeploymentPackage, Snippet, TestEvent, Version
from tests.playground.accounts.visitors import PASSWORD, Browser, account, owner_of_account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
EVENT = {"name": "first", "event": '{"of": "ada"}', "expected": None, "template": None}


def traces(*marks: str) -> list[str]:
    """Every row of any table in which one of the texts stands."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            texts = [
                bytes(value).decode(errors="replace") if isinstance(value, memoryview | bytes) else str(value)
                for value in row.values()
            ]
            if any(mark in text for mark in marks for text in texts):
                found.append(f"{model._meta.label}: {row}")
    return found


def delete(browser: Browser, password: str = PASSWORD) -> Any:
    return browser.form("/account/delete", password=password)


def test_nothing_is_left_anywhere_and_everything_of_others_is() -> None:
    browser, other = Browser(), Browser()
    browser.sign_up("ada-of-the-test", "ada@example.org")
    owner, user = owner_of_account("ada-of-the-test"), User.objects.get()
    other.sign_up("eve")
    code = {"index.mjs": "// only of ada"}
    snippet = browser.save("unique-name", files=code, test_events=[EVENT], environment={"KEY": "b"})
    browser.send("POST", f"/api/snippets/{snippet}/versions", {})
    share = browser.send(
        "POST", f"/api/snippets/{snippet}/shares", {"variables": ["KEY"], "public": True}
    ).json()
    Alias.objects.create(snippet_id=snippet, name="live", version="1")
    binned = browser.save("binned-name")
    browser.send("DELETE", f"/api/snippets/{binned}")
    run = browser.run(files=code, snippet=snippet)
    Share.objects.get().runs.add(Invocation.objects.get(pk=run))
    LogEntry.objects.create(
        user=User.objects.get(username="eve"),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr="ada-of-the-test",
        action_flag=ADDITION,
    )
    fork = other.save("fork", files=code, forked_from=share["token"])
    other_run = other.run()
    # An hour later, when no package can be about to be used any more
    DeploymentPackage.objects.update(created_at=timezone.now() - timedelta(hours=2))
    stream.publish(uuid.UUID(run), [{"seq": 1, "type": "log", "text": "of ada"}])
    elsewhere = Browser()
    elsewhere.sign_in("ada-of-the-test")
    marks = ("ada-of-the-test", "ada@example.org", "unique-name", "binned-name", '"of": "ada"')
    assert len(traces(*marks, owner)) > 5

    assert delete(browser)["Location"] == "/snippets"

    assert traces(*marks, owner, snippet, binned, run) == []
    assert list(Snippet.objects.values_list("pk", flat=True)) == [uuid.UUID(fork)]
    assert list(Invocation.objects.values_list("pk", flat=True)) == [uuid.UUID(other_run)]
    assert [
        *Version.objects.all(),
        *TestEvent.objects.all(),
        *Share.objects.all(),
        *Alias.objects.all(),
    ] == []
    assert connection().keys("invocation:*") == []
    sessions = [session.get_decoded().get("_auth_user_id") for session in Session.objects.all()]
    assert str(user.pk) not in sessions
    assert "was deleted with everything in it" in browser.client.get("/snippets").content.decode()
    assert elsewhere.client.get("/account").status_code == 302
    assert elsewhere.names() == []
    assert other.names() == ["fork"]
    # The code is the fork's as well.
    assert DeploymentPackage.objects.count() == 2
    assert other.sign_in("ada-of-the-test").status_code in {302, 422}


def test_code_of_nobody_goes_with_it() -> None:
    browser = Browser()
    browser.sign_up()
    browser.save("one")
    DeploymentPackage.objects.update(created_at=timezone.now() - timedelta(hours=2))
    delete(browser)
    assert DeploymentPackage.objects.count() == 0


def test_it_asks_for_the_password() -> None:
    browser = Browser()
    browser.sign_up()
    browser.save("one")
    assert delete(browser, "wrong").status_code == 422
    assert delete(browser, "").status_code == 422
    assert browser.names() == ["one"]


def test_it_goes_the_same_way_where_staff_delete_it() -> None:
    chief = User.objects.create_superuser("chief", password=PASSWORD)
    browser = Browser()
    browser.sign_up()
    browser.save("one")
    browser.run()
    owner = owner_of_account()
    admin = Browser()
    admin.client.force_login(chief)
    pk = User.objects.get(username="ada").pk
    assert admin.form(f"/admin/auth/user/{pk}/delete/", post="yes").status_code == 302
    assert not User.objects.filter(pk=pk).exists()
    assert traces(owner) == []


def test_what_runs_is_ended_and_what_it_still_says_is_kept_nowhere() -> None:
    browser = Browser()
    browser.sign_up()
    run = browser.run()
    row = queue.claim("host:1:1")
    assert row is not None
    heard = []
    with subscription() as channel:
        channel.subscribe(CANCEL_CHANNEL)
        delete(browser)
        heard.append(next(channel.listen())["data"])
    assert heard == [run]
    assert queue.is_cancelled(row.pk), "a worker that listens from now on"
    recorder = Recorder(row, 0.0, warm_workers.note(row, "its queue"))
    recorder.take([LogLine(0.0, Stream.STDOUT, "said between the two")])
    recorder.take([Finished(0.0, Outcome.CANCELLED)])
    assert traces(run) == []
    assert connection().keys("invocation:*") == []


def test_what_waits_is_never_run() -> None:
    browser = Browser()
    browser.sign_up()
    browser.run()
    delete(browser)
    assert queue.claim("host:1:1") is None


def test_a_request_that_was_under_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has passed the look at its session when the account goes."""
    browser = Browser()
    browser.sign_up()
    owner = owner_of_account()
    passed, gone = threading.Event(), threading.Event()

    def slow(request: Any) -> str:
        told = owner_of(request)
        passed.set()
        gone.wait(10)
        return told

    monkeypatch.setattr("playground.snippets.api.owner_of", slow)
    answers: list[Any] = []
    body = {"files": {"index.mjs": ""}, "function_name": "late"}
    thread = threading.Thread(target=lambda: answers.append(browser.send("POST", "/api/snippets", body)))
    thread.start()
    assert passed.wait(10)
    User.objects.get().delete()
    gone.set()
    thread.join(30)
    assert answers[0].status_code == 403
    assert traces(owner, "late") == []


def test_only_sessions_of_that_account_end() -> None:
    browser, other = Browser(), Browser()
    browser.sign_up()
    other.sign_up("eve")
    leaving.before_user_is_deleted(User.objects.get(username="ada"))
    assert other.client.get("/account").status_code == 200
    assert browser.client.get("/account").status_code == 302
    assert account("bob")
