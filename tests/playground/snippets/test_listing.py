"""My snippets as a list: found by words and tags, in an order, page by page, quickly."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from invoker.deployment_package import DeploymentPackage
from playground.invocations.models import Invocation
from playground.snippets import packages, schemas
from playground.snippets.listing import Wanted, listed
from playground.snippets.models import Snippet
from tests.playground.snippets.conftest import CODE, Ask, asking

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def made(ask: Ask, name: str, description: str = "", tags: dict[str, str] | None = None) -> str:
    body = {"files": CODE, "function_name": name, "description": description, "tags": tags or {}}
    return str(ask("POST", "", body, 201)["id"])


def found(ask: Ask, query: str) -> list[str]:
    told = ask("GET", query, None, 200)
    schemas.Snippets.model_validate(told)
    return [one["function_name"] for one in told["snippets"]]


def test_every_word_has_to_be_somewhere(ask: Ask) -> None:
    made(ask, "orders", "Takes an order")
    made(ask, "refunds", "Gives an ORDER back", {"team": "money"})
    assert set(found(ask, "?search=order")) == {"orders", "refunds"}
    assert found(ask, "?search=order+money") == ["refunds"]
    assert found(ask, "?search=nothing") == []
    assert found(ask, "?tag=team") == ["refunds"]
    assert found(ask, "?tag=tea") == []


def test_signs_of_patterns_mean_themselves(ask: Ask) -> None:
    made(ask, "a_b")
    made(ask, "axb")
    assert found(ask, "?search=a_b") == ["a_b"]
    assert found(ask, "?search=%25") == []


def test_signs_that_no_text_has_are_no_fault(ask: Ask) -> None:
    made(ask, "orders", tags={"team": "money"})
    assert found(ask, "?search=%00order%00") == ["orders"]
    assert found(ask, "?tag=%00team") == ["orders"]


def test_the_order_is_chosen(ask: Ask) -> None:
    ids = {name: made(ask, name) for name in ("b", "c", "a")}
    ask("PUT", f"/{ids['c']}", {"files": {"x.mjs": ""}}, 200)
    assert found(ask, "?sort=name") == ["a", "b", "c"]
    assert found(ask, "?sort=created") == ["a", "c", "b"]
    assert found(ask, "?sort=changed") == ["c", "a", "b"]
    ask("GET", "?sort=wrong", None, 422)


def test_pages_follow_each_other_to_the_end(ask: Ask) -> None:
    for number in range(5):
        made(ask, f"n{number}")
    names, after = [], 0
    while True:
        told = ask("GET", f"?sort=name&limit=2&after={after}", None, 200)
        names += [one["function_name"] for one in told["snippets"]]
        if told["next"] is None:
            break
        after = told["next"]
    assert names == [f"n{number}" for number in range(5)]


def test_the_last_run_is_told() -> None:
    client = Client()
    ask = asking(client)
    told = made(ask, "mine")
    for _ in range(2):
        body = {"files": CODE, "snippet": told}
        client.post("/api/invocations", body, content_type="application/json")
    newest = Invocation.objects.order_by("-created_at").first()
    assert newest
    Invocation.objects.filter(pk=newest.pk).update(outcome="timeout", state="finished")
    (one,) = ask("GET", "", None, 200)["snippets"]
    assert one["last_outcome"] == "timeout"


def test_ten_thousand_snippets_are_listed_without_reading_them_all() -> None:
    package = packages.store(DeploymentPackage.of_texts(CODE))
    now = timezone.now()
    Snippet.objects.bulk_create(
        [
            Snippet(
                owner="many",
                function_name=f"function-{number}",
                description=f"number {number}",
                package=package,
                code_size=1,
                last_modified=now - timedelta(seconds=number),
            )
            for number in range(10_000)
        ],
        batch_size=2_000,
    )
    page = listed(Wanted("many"))
    assert [one.function_name for one in page.snippets[:2]] == ["function-0", "function-1"]
    assert (len(page.snippets), page.next) == (50, 50)
    assert len(listed(Wanted("many", search="number 9999")).snippets) == 1
    plan = Snippet.live.filter(owner="many").order_by("-last_modified", "id")[:51].explain()
    assert "snippet_owner" in plan
