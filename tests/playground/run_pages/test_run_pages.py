"""The page of a run, and two runs side by side, for whoever may see them."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.playground.sharing.shared_snippet import SECRET, SOURCE, Owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


@pytest.fixture
def owner() -> Owner:
    return Owner()


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_run_shows_everything_as_it_was(owner: Owner) -> None:
    figures = {"duration_ms": 1.5, "billed_duration_ms": 2, "max_memory_used_mb": 64, "cold_start": True}
    run = owner.recorded(log="hello", event=b'{"who": "you"}', **figures)
    html = text(owner.client.get(f"/runs/{run.id}"))
    for part in (
        "Succeeded",
        "1.50 ms",
        "hello",
        "{&quot;who&quot;: &quot;you&quot;}",
        SOURCE[:20],
        "API_KEY",
    ):
        assert part in html, part
    assert f'href="/?run={run.id}"' in html
    assert "hush" not in html


def test_what_a_function_wrote_is_text(owner: Owner) -> None:
    script = "<script>alert(1)</script>"
    run = owner.recorded(
        log=script, event=f'"{script}"'.encode(), response=script.encode(), files={"index.mjs": script}
    )
    other = owner.recorded(error_type=script, error_message=script, error_trace=[script], notice=script)
    for address in (f"/runs/{run.id}", f"/runs/{other.id}", f"/runs/{run.id}/compare/{other.id}"):
        html = text(owner.client.get(address))
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_a_run_is_seen_by_owner_and_staff_and_by_anyone_with_a_live_link(owner: Owner) -> None:
    run = owner.recorded()
    address = f"/runs/{run.id}"
    chief = Client()
    chief.force_login(User.objects.create_superuser("chief"))
    assert [one.get(address).status_code for one in (owner.client, chief, Client())] == [200, 200, 404]
    link = owner.shared(runs=[str(run.id)])["token"]
    assert Client().get(address).status_code == 200
    assert SECRET[:4] not in text(Client().get(address))
    owner.send("DELETE", f"/api/shares/{link}")
    assert Client().get(address).status_code == 404


def test_two_runs_are_compared_by_whoever_may_see_both(owner: Owner) -> None:
    one = owner.recorded(log="one", event=b'{"n": 1, "same": true}')
    other = owner.recorded(log="other", event=b'{"n": 2, "same": true}', memory_size=256)
    address = f"/runs/{one.id}/compare/{other.id}"
    html = text(owner.client.get(address))
    assert "<del>  &quot;n&quot;: 1,</del>" in html
    assert "<ins>  &quot;n&quot;: 2,</ins>" in html
    assert "<del>one</del>" in html
    assert "<mark>256 MB</mark>" in html
    owner.shared(runs=[str(one.id)])
    assert Client().get(address).status_code == 404
    owner.shared(runs=[str(other.id)])
    assert Client().get(address).status_code == 200


def test_an_unknown_run_is_told_in_words(owner: Owner) -> None:
    answer = owner.client.get(f"/runs/{uuid.uuid4()}")
    assert answer.status_code == 404
    assert "There is no such run" in text(answer)


def test_no_search_engine_lists_a_run(owner: Owner) -> None:
    assert owner.client.get(f"/runs/{owner.recorded().id}")["X-Robots-Tag"] == "noindex"


def test_the_run_before_is_one_step_away(owner: Owner) -> None:
    before, run = owner.recorded(), owner.recorded()
    assert f"/runs/{before.id}/compare/{run.id}" in text(owner.client.get(f"/runs/{run.id}"))
