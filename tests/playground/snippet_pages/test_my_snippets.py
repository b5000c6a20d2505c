"""The list of one's own snippets as the service draws it, with forms that need no script."""

import re
import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from playground.snippet_pages.tags_text import read_tags_text, tags_text
from tests.playground.snippets.conftest import CODE, asking

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def names(client: Client, query: str = "") -> list[str]:
    html = client.get(f"/snippets{query}").content.decode()
    return re.findall(r'class="name"[^>]*>([^<]+)<', html)


def made(client: Client, name: str, **fields: object) -> str:
    body = {"files": CODE, "function_name": name, **fields}
    return str(asking(client)("POST", "", body, 201)["id"])


def test_whoever_has_saved_nothing_is_told_how_to() -> None:
    assert "Nothing is saved yet" in Client().get("/snippets").content.decode()


def test_the_list_has_ones_own_snippets_searched_filtered_and_sorted() -> None:
    client, other = Client(), Client()
    made(client, "orders", description="counts receipts", tags={"team": "payments"})
    made(client, "alarm", tags={"demo": ""})
    made(other, "secret")
    assert names(client) == ["alarm", "orders"]
    assert names(client, "?sort=created") == ["alarm", "orders"]
    assert names(client, "?sort=name&search=a") == ["alarm", "orders"]
    assert names(client, "?search=receipts") == ["orders"]
    assert names(client, "?tag=demo") == ["alarm"]
    assert "Nothing here matches" in client.get("/snippets?search=nowhere").content.decode()


def test_what_is_asked_for_wrongly_shows_the_list() -> None:
    client = Client()
    made(client, "one")
    for query in ("?sort=%00", "?after=x", "?after=-1", "?undo=nothing", "?undo=" + str(uuid.uuid4())):
        assert names(client, query) == ["one"], query
    assert client.get("/snippets?search=%00&tag=%00").status_code == 200


def test_a_long_list_goes_on_on_further_pages_with_what_was_asked_for() -> None:
    client = Client()
    for number in range(51):
        made(client, f"f{number:03}", tags={"t": ""})
    html = client.get("/snippets?sort=name&tag=t").content.decode()
    found = re.search(r'href="([^"]+after=50)"', html)
    assert found
    address = found[1].replace("&amp;", "&")
    assert "tag=t" in address
    assert re.findall(r'class="name"[^>]*>([^<]+)<', client.get(address).content.decode()) == ["f050"]


def test_a_snippet_goes_to_the_bin_and_comes_back() -> None:
    client = Client()
    snippet = made(client, "gone")
    answer = client.post(f"/snippets/{snippet}/delete")
    assert answer["Location"] == f"/snippets?undo={snippet}"
    html = client.get(answer["Location"]).content.decode()
    assert "gone was deleted" in html
    assert names(client) == []
    assert names(client, "?bin=1") == ["gone"]
    client.post(f"/snippets/{snippet}/undelete")
    assert names(client) == ["gone"]
    assert "was deleted" not in client.get(f"/snippets?undo={snippet}").content.decode()


def test_name_description_and_tags_are_changed_and_faults_stand_at_their_fields() -> None:
    client = Client()
    snippet = made(client, "before")
    made(client, "taken")
    path = f"/snippets/{snippet}/edit"
    refused = client.post(path, {"function_name": "no good", "description": "d" * 257, "tags": "a"})
    assert refused.status_code == 422
    assert refused.content.decode().count('aria-invalid="true"') == 2
    assert "another snippet" in client.post(path, {"function_name": "taken"}).content.decode()
    good = {"function_name": "after", "description": "says <b>", "tags": "team=payments, demo"}
    assert client.post(path, good).status_code == 302
    told = asking(client)("GET", f"/{snippet}")
    assert (told["function_name"], told["description"]) == ("after", "says <b>")
    assert told["tags"] == {"team": "payments", "demo": ""}
    assert "says &lt;b&gt;" in client.get("/snippets").content.decode()
    assert 'value="team=payments, demo"' in client.get(path).content.decode()


@pytest.mark.parametrize("action", ["edit", "delete", "undelete"])
def test_nothing_of_somebody_else_is_touched(action: str) -> None:
    owner, other = Client(), Client()
    snippet = made(owner, "mine")
    other.get("/snippets")
    assert other.post(f"/snippets/{snippet}/{action}", {"function_name": "theirs"}).status_code == 404
    assert names(owner) == ["mine"]


@pytest.mark.parametrize("action", ["edit", "delete", "undelete"])
def test_a_form_of_another_site_changes_nothing(action: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/snippets")
    assert client.post(f"/snippets/{uuid.uuid4()}/{action}").status_code == 403


def test_a_snippet_is_opened_by_its_owner_alone() -> None:
    owner, other = Client(), Client()
    snippet = made(owner, "mine", environment={"PASSWORD": "secret of mine"})
    assert "secret of mine" in owner.get(f"/snippets/{snippet}").content.decode()
    answer = other.get(f"/snippets/{snippet}")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()
    assert "secret" not in answer.content.decode()
    assert other.get(f"/snippets/{uuid.uuid4()}").content == answer.content
    owner.post(f"/snippets/{snippet}/delete")
    assert owner.get(f"/snippets/{snippet}").status_code == 404


def test_tags_are_read_from_one_text_and_written_as_one() -> None:
    assert read_tags_text(" team = payments ,, demo,a=b=c") == {"team": "payments", "demo": "", "a": "b=c"}
    assert tags_text({"team": "payments", "demo": ""}) == "team=payments, demo"
    assert read_tags_text("") == {}


def test_the_list_says_how_long_it_is_kept(settings: Settings) -> None:
    settings.RETENTION_DAYS, settings.BIN_DAYS = 90, 30
    assert "nobody has used them for 90 days" in Client().get("/snippets").content.decode()
    assert "removed 30 days after" in Client().get("/snippets?bin=1").content.decode()
    somebody = Client()
    somebody.force_login(User.objects.create_user("somebody"))
    assert "90 days" not in somebody.get("/snippets").content.decode()
    settings.RETENTION_DAYS = 0
    assert "nobody has used them" not in Client().get("/snippets").content.decode()
