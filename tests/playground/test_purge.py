"""What is old goes, and nothing that is still used goes with it."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from invoker.deployment_package import DeploymentPackage
from playground.access_keys.models import AccessKey
from playground.invocations.models import Invocation
from playground.invocations.purge import Purged, purge
from playground.sharing.models import Share
from playground.snippets import models, packages, snippet_store
from playground.snippets.models import Snippet

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()
ANYBODY, ACCOUNT = "0123456789abcdef", "user:7"


@pytest.fixture(autouse=True)
def _thirty_and_ninety_days(settings: Settings) -> None:
    settings.BIN_DAYS, settings.RETENTION_DAYS = 30, 90


def package(text: str, days: int = 0) -> models.DeploymentPackage:
    row = packages.store(DeploymentPackage.of_texts({"index.mjs": text}))
    models.DeploymentPackage.objects.filter(pk=row.pk).update(created_at=NOW - timedelta(days=days))
    return row


def snippet(owner: str = ANYBODY, days: int = 0, binned: int | None = None) -> Snippet:
    return Snippet.objects.create(
        owner=owner,
        function_name=f"f-{uuid.uuid4().hex[:8]}",
        package=package(uuid.uuid4().hex, days),
        code_size=1,
        last_modified=NOW - timedelta(days=days),
        deleted_at=None if binned is None else NOW - timedelta(days=binned),
    )


def invocation(owner: str, days: int, of: Snippet | None = None, state: str = "finished") -> Invocation:
    return Invocation.objects.create(
        owner=owner,
        snippet=of,
        package=of.package if of else package("one"),
        function_name="f",
        handler="index.handler",
        memory_size=128,
        timeout=3,
        event=b"{}",
        state=state,
        created_at=NOW - timedelta(days=days),
    )


def test_the_bin_is_emptied_after_its_days() -> None:
    old, young, kept = snippet(binned=31), snippet(ACCOUNT, binned=29), snippet()
    snippet_store.published(kept)
    assert purge(NOW).snippets == 1
    assert not Snippet.objects.filter(pk=old.pk).exists()
    assert Snippet.objects.filter(pk__in=[young.pk, kept.pk]).count() == 2


def test_what_nobody_uses_goes_and_what_an_account_has_stays() -> None:
    unused, mine, used = snippet(days=91), snippet(ACCOUNT, days=91), snippet(days=91)
    run = invocation(ANYBODY, 1, used)
    gone = invocation(ANYBODY, 91)
    for stays in (invocation(ACCOUNT, 91), invocation(ANYBODY, 91, state="running"), run):
        stays.refresh_from_db()
    assert purge(NOW) == Purged(snippets=1, invocations=1, packages=1)
    assert set(Snippet.objects.values_list("pk", flat=True)) == {mine.pk, used.pk}
    assert not Snippet.objects.filter(pk=unused.pk).exists()
    assert not Invocation.objects.filter(pk=gone.pk).exists()
    assert Invocation.objects.count() == 3


def test_a_key_goes_that_nobody_uses_and_what_an_account_has_stays() -> None:
    then = NOW - timedelta(days=91)
    gone, mine, used = (
        AccessKey.objects.create(owner=owner, name="CI", sealed_secret="", created_at=then, last_used_at=last)
        for owner, last in ((ANYBODY, then), (ACCOUNT, None), (ANYBODY, NOW))
    )
    assert purge(NOW) == Purged(0, 0, 0, access_keys=1)
    assert set(AccessKey.objects.all()) == {mine, used}
    assert gone not in AccessKey.objects.all()


def test_a_shared_run_stays() -> None:
    run = invocation(ANYBODY, 91)
    share = Share.objects.create(snippet=snippet(), token="t")
    share.runs.add(run)
    assert purge(NOW).invocations == 0


def test_without_days_nothing_goes_but_the_bin(settings: Settings) -> None:
    settings.RETENTION_DAYS = 0
    snippet(days=1_000)
    invocation(ANYBODY, 1_000)
    assert purge(NOW) == Purged(0, 0, 0)


def test_a_package_goes_when_nothing_has_it_any_more() -> None:
    package("of nothing", days=1)
    package("of nothing yet")
    kept = snippet(days=1)
    snippet_store.published(kept)
    assert purge(NOW).packages == 1
    assert models.DeploymentPackage.objects.count() == 2


def test_more_than_fit_into_one_transaction_go() -> None:
    rows = [
        Snippet(
            owner=ANYBODY, function_name=f"f{number}", package=package("one"), code_size=1, deleted_at=NOW
        )
        for number in range(450)
    ]
    Snippet.objects.bulk_create(rows)
    assert purge(NOW + timedelta(days=31)).snippets == 450


def test_sessions_that_are_over_go() -> None:
    over, lasting = ({"session_key": key, "session_data": ""} for key in ("over", "lasting"))
    Session.objects.create(**over, expire_date=NOW - timedelta(seconds=1))
    Session.objects.create(**lasting, expire_date=NOW + timedelta(days=1))
    purge(NOW)
    assert [session.pk for session in Session.objects.all()] == ["lasting"]


def test_the_command_tells_what_went(capsys: pytest.CaptureFixture[str]) -> None:
    snippet(binned=31, days=1)
    call_command("purge")
    assert capsys.readouterr().out == ("Removed: 1 snippets, 0 invocations, 1 packages, 0 access keys.\n")
