"""What is refused, with which words, and when it may be tried again."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from invoker.deployment_package import DeploymentPackage
from playground.invocations import admission, rows, service
from playground.invocations.models import Invocation
from playground.snippets import packages
from playground.snippets.models import DeploymentPackage as StoredPackage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
ALICE, BOB = "203.0.113.1", "203.0.113.2"


def submit(client: Client, address: str = ALICE, source: str = "", **headers: str) -> Any:
    body = json.dumps({"files": {"index.mjs": source}})
    return client.post(
        "/api/invocations", body, content_type="application/json", headers=headers, REMOTE_ADDR=address
    )


def refused(answer: Any) -> tuple[str, int]:
    assert answer.status_code == 429, answer.content
    return answer.json()["errors"][0]["message"], int(answer["Retry-After"])


def test_an_owner_has_so_many_waiting(settings: Any) -> None:
    settings.QUEUED_PER_OWNER_MAX = 1
    alice = Client()
    assert submit(alice).status_code == 202
    assert refused(submit(alice)) == ("1 of your invocations is waiting already, and 1 may.", 1)
    assert submit(Client()).status_code == 202


def test_all_together_have_so_many_waiting(settings: Any) -> None:
    settings.QUEUED_MAX = 2
    assert [submit(Client()).status_code for _ in range(2)] == [202, 202]
    assert refused(submit(Client())) == ("2 invocations are waiting already, and 2 may.", 1)


def test_an_address_has_so_many_waiting_or_running(settings: Any) -> None:
    settings.UNFINISHED_PER_ADDRESS_MAX = 2
    assert [submit(Client()).status_code for _ in range(2)] == [202, 202]
    Invocation.objects.update(state="running")
    told = "2 invocations from your address are waiting or running, and 2 may be."
    assert refused(submit(Client())) == (told, 1)
    assert submit(Client(), BOB).status_code == 202
    Invocation.objects.update(state="finished")
    assert submit(Client()).status_code == 202


def test_an_owner_submits_so_many_within_so_many_seconds(settings: Any) -> None:
    settings.SUBMISSIONS_PER_OWNER_MAX, settings.RATE_SECONDS = 2, 600
    alice = Client()
    assert [submit(alice).status_code for _ in range(2)] == [202, 202]
    told, seconds = refused(submit(alice, BOB))
    assert told == "You have submitted 2 invocations within 600 seconds, and 2 may be."
    assert 300 < seconds <= 600
    assert submit(Client()).status_code == 202
    Invocation.objects.update(created_at="2020-01-01T00:00Z")
    assert submit(alice).status_code == 202


def test_from_an_address_so_many_are_submitted_within_so_many_seconds(settings: Any) -> None:
    settings.SUBMISSIONS_PER_ADDRESS_MAX, settings.RATE_SECONDS = 2, 600
    assert [submit(Client()).status_code for _ in range(2)] == [202, 202]
    told, seconds = refused(submit(Client()))
    assert told == "2 invocations were submitted from your address within 600 seconds, and 2 may be."
    assert 300 < seconds <= 600
    assert submit(Client(), BOB).status_code == 202


def test_what_lies_in_the_future_after_a_clock_was_put_back_counts_not(settings: Any) -> None:
    settings.SUBMISSIONS_PER_OWNER_MAX = 1
    alice = Client()
    assert submit(alice).status_code == 202
    Invocation.objects.update(created_at="2090-01-01T00:00Z")
    assert submit(alice).status_code == 202


def test_a_written_address_gets_nobody_past_a_limit(settings: Any) -> None:
    settings.UNFINISHED_PER_ADDRESS_MAX = 1
    assert submit(Client(), ALICE).status_code == 202
    assert submit(Client(), ALICE, **{"X-Forwarded-For": BOB}).status_code == 429
    settings.TRUSTED_PROXIES = 1
    assert submit(Client(), ALICE, **{"X-Forwarded-For": BOB}).status_code == 202
    assert submit(Client(), ALICE, **{"X-Forwarded-For": f"198.51.100.7, {BOB}"}).status_code == 429


def test_nothing_is_kept_of_what_is_refused(settings: Any) -> None:
    settings.QUEUED_MAX = 0
    refused(submit(Client(), source="// new"))
    assert not Invocation.objects.exists()
    assert not StoredPackage.objects.exists()


def test_a_class_of_forty_behind_one_address_is_let_in_ten_times_each() -> None:
    people = [f"pupil-{number}" for number in range(40)]
    package_id = packages.stored(DeploymentPackage.of_texts({"index.mjs": ""}))
    for _ in range(10):
        for owner in people:
            admission.admit(owner, ALICE)
        Invocation.objects.bulk_create(
            Invocation(
                owner=owner, address=ALICE, package_id=package_id, memory_size=128, timeout=3, event=b"{}"
            )
            for owner in people
        )
    assert Invocation.objects.count() == 400


def test_parallel_requests_do_not_pass_a_limit_together(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert = rows.insert

    def insert_late(row: Invocation) -> None:
        # What the others may look at meanwhile is not stored yet.
        time.sleep(0.02)
        insert(row)

    monkeypatch.setattr(rows, "insert", insert_late)
    settings.QUEUED_PER_OWNER_MAX = 5
    package_id = packages.stored(DeploymentPackage.of_texts({"index.mjs": ""}))
    together = threading.Barrier(8)

    def submit_some(_: int) -> int:
        together.wait(30)
        accepted = 0
        for _ in range(4):
            try:
                service.submit(
                    service.Submission(
                        owner="alice",
                        address=ALICE,
                        function_name="one",
                        package_id=package_id,
                        handler="index.handler",
                        memory_size=128,
                        timeout=3,
                        environment={},
                        event=b"{}",
                    )
                )
                accepted += 1
            except admission.Refused:
                continue
        connection.close()
        return accepted

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(submit_some, range(8))) == 5
    assert Invocation.objects.count() == 5
