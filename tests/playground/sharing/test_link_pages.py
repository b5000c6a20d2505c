"""What a link opens in a browser, and what search engines, other sites and frames are told."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from playground import visitor
from playground.sharing.models import Share
from playground.snippets import snippet_store
from playground.snippets.models import Snippet, Version
from tests.playground.sharing.shared_snippet import SECRET, SOURCE, Owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


@pytest.fixture
def owner() -> Owner:
    return Owner(description='Greets <b>everybody</b> & "all"', function_name="greet")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_of_a_link_has_a_preview_and_its_token(owner: Owner) -> None:
    token = owner.shared()["token"]
    answer = Client().get(f"/s/{token}")
    html = text(answer)
    assert '<meta property="og:title" content="greet">' in html
    assert 'content="Greets &lt;b&gt;everybody&lt;/b&gt; &amp; &quot;all&quot;"' in html
    assert f'<meta property="og:url" content="http://testserver/s/{token}">' in html
    assert '<meta name="twitter:card"' in html
    assert f'"shared": "{token}"' in html
    assert SECRET[:4] not in html
    assert answer["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_search_engines_leave_an_unlisted_link_out(owner: Owner) -> None:
    unlisted, public = owner.shared()["token"], owner.shared(public=True)["token"]
    answer = Client().get(f"/s/{unlisted}")
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text(answer)
    answer = Client().get(f"/s/{public}")
    assert "X-Robots-Tag" not in answer
    assert "noindex" not in text(answer)


def test_a_link_that_does_not_open_any_more_says_why_in_words(owner: Owner) -> None:
    gone, late, unknown = owner.shared()["token"], owner.shared(expires_in_days=1)["token"], "x" * 17
    owner.send("DELETE", f"/api/shares/{gone}")
    Share.objects.filter(token=late).update(expires_at=timezone.now() - timedelta(seconds=1))
    for token, status, words in (
        (gone, 410, "This link was taken back"),
        (late, 410, "This link has expired"),
        (unknown, 404, "There is no such link"),
    ):
        for address in (f"/s/{token}", f"/embed/{token}"):
            answer = Client().get(address)
            assert (answer.status_code, words in text(answer)) == (status, True), address
            assert SOURCE[:20] not in text(answer)
            was_open = status == 410 and address.startswith("/s/")
            assert ("what you changed in your copy" in text(answer)) == was_open
            assert answer["X-Robots-Tag"] == "noindex"
        assert Client().get(f"/s/{token}/badge.svg").status_code == 404
        assert Client().get(f"/api/shared/{token}").status_code == 404


def test_an_embed_and_nothing_else_is_framed_anywhere_and_sets_no_cookie(owner: Owner) -> None:
    token = owner.shared()["token"]
    browser = Client()
    answer = browser.get(f"/embed/{token}?theme=dark&file=index.mjs&run=load")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not browser.cookies
    assert 'data-theme="dark"' in text(answer)
    assert "data-theme" not in text(browser.get(f"/embed/{token}?theme=%22onload"))
    for path in ("/", f"/s/{token}", "/explore", f"/s/{token}/badge.svg", f"/api/shared/{token}"):
        answer = Client().get(path)
        assert answer["X-Frame-Options"] == "DENY", path
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], path


def test_a_key_of_an_embed_reads_its_own_runs_and_is_nobody_elsewhere(owner: Owner) -> None:
    html = text(Client().get(f"/embed/{owner.shared()['token']}"))
    found = re.search(r'"visitor": "([^"]+)"', html)
    assert found
    key = found[1]
    mine = owner.recorded(owner=visitor.owner_of_key(key))
    theirs = owner.recorded()
    headers = {visitor.HEADER: key}
    assert Client(headers=headers).get(f"/api/invocations/{mine.id}").status_code == 200
    assert Client(headers=headers).get(f"/api/invocations/{theirs.id}").status_code == 404
    for forged in (key[:-1], f"{key}x", f"visitor:{'0' * 32}", ""):
        assert Client(headers={visitor.HEADER: forged}).get(f"/api/invocations/{mine.id}").status_code == 404
    Snippet.objects.filter(pk=owner.snippet.pk).update(owner=visitor.owner_of_key(key) or "")
    assert Client(headers=headers).get("/api/snippets").json()["snippets"] == []


def test_a_key_that_is_too_old_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    key = visitor.new_key()
    assert visitor.owner_of_key(key)
    monkeypatch.setattr(visitor, "KEPT_S", -1)
    assert visitor.owner_of_key(key) is None


def test_the_badge_is_a_picture(owner: Owner) -> None:
    answer = Client().get(f"/s/{owner.shared()['token']}/badge.svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert "run it" in text(answer)


def test_the_public_list_has_public_links_newest_first_and_a_search(owner: Owner) -> None:
    owner.shared()
    first = owner.shared(public=True)["token"]
    owner.snippet = owner.made(function_name="second", description="another")
    second = owner.shared(public=True)["token"]
    tokens = re.findall(r'href="/s/(\w+)"', text(Client().get("/explore")))
    assert tokens == [second, first]
    assert re.findall(r'href="/s/(\w+)"', text(Client().get("/explore?search=GREET"))) == [first]
    assert "Nothing public" in text(Client().get("/explore?search=%3Cscript%3E"))
    owner.send("DELETE", f"/api/shares/{second}")
    assert re.findall(r'href="/s/(\w+)"', text(Client().get("/explore"))) == [first]


def test_the_public_list_has_pages(owner: Owner) -> None:
    owner.shared(public=True)
    Share.objects.bulk_create(Share(snippet=owner.snippet, public=True) for _ in range(25))
    pages = [text(Client().get(f"/explore?page={number}")) for number in (1, 2)]
    tokens = [token for page in pages for token in re.findall(r'href="/s/(\w+)"', page)]
    assert len(set(tokens)) == 26
    assert 'rel="next"' in pages[0]
    assert 'rel="prev"' in pages[1]


def test_a_description_that_shows_what_is_hidden_is_not_listed(owner: Owner) -> None:
    owner.shared(public=True)
    Version.objects.update(description=f"the key is {SECRET}")
    html = text(Client().get("/explore"))
    assert "greet" in html
    assert "hush" not in html


def test_saving_what_a_link_opened_is_a_fork_that_leaves_the_original_alone(owner: Owner) -> None:
    token = owner.shared()["token"]
    other = Owner()
    body = {"files": {"index.mjs": "// mine"}, "function_name": "mine", "forked_from": token}
    answer = other.send("POST", "/api/snippets", body)
    assert answer.status_code == 201
    fork = Snippet.objects.get(pk=answer.json()["id"])
    assert fork.forked_from == owner.snippet.versions.get()
    assert answer.json()["forked_from"] == {"function_name": "greet", "version": 1, "token": token}
    assert fork.owner == other.owner
    assert f'<a href="/s/{token}">greet, version 1</a>' in text(other.client.get(f"/snippets/{fork.pk}/edit"))
    owner.snippet.refresh_from_db()
    assert snippet_store.events_of(owner.snippet)[0].name == "first"
    owner.send("DELETE", f"/api/shares/{token}")
    again = other.send("POST", "/api/snippets", body | {"function_name": "again"})
    assert again.json()["forked_from"] is None
