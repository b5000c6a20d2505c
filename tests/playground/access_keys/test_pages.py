"""The page of one's own access keys, with forms that need no script."""

import html
import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from playground.access_keys.models import AccessKey

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
FORM = {"name": "my <laptop>", "scopes": ["read", "invoke"], "days": "30"}


def text(client: Client, path: str = "/keys") -> str:
    return html.unescape(client.get(path).content.decode())


def test_a_key_is_made_shown_once_edited_revoked_and_deleted() -> None:
    client = Client()
    answer = client.post("/keys", FORM)
    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
    key = AccessKey.objects.get()
    page = html.unescape(answer.content.decode())
    assert f"AWS_SECRET_ACCESS_KEY={key.secret}\n" in page
    assert "AWS_ENDPOINT_URL_LAMBDA=http://testserver\n" in page
    assert f"curl -H 'Authorization: Bearer {key.id}.{key.secret}' http://testserver/api/snippets" in page
    assert key.expires_at
    assert (key.name, key.scopes, (key.expires_at - key.created_at).days) == (
        FORM["name"],
        ["read", "invoke"],
        30,
    )
    later = text(client)
    assert key.id in later
    assert key.secret not in later
    assert "not used yet" in later

    edit = f"/keys/{key.id}/edit"
    assert 'value="read" checked' in text(client, edit)
    assert client.post(edit, {"name": "other", "scopes": ["write"]}).status_code == 302
    key.refresh_from_db()
    assert (key.name, key.scopes) == ("other", ["write"])
    assert client.post(edit, {"name": "", "scopes": []}).status_code == 422

    client.post(f"/keys/{key.id}/revoke")
    assert "revoked" in text(client)
    assert "Revoke<" not in text(client)
    client.post(f"/keys/{key.id}/delete")
    assert AccessKey.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [({"name": " "}, "name"), ({"scopes": []}, "scopes"), ({"scopes": ["all"]}, "scopes")],
)
def test_a_fault_is_shown_at_its_field(change: dict[str, object], field: str) -> None:
    answer = Client().post("/keys", {**FORM, **change})
    assert answer.status_code == 422
    assert re.search(rf'id="{field}-fault">A key needs', answer.content.decode())
    assert AccessKey.objects.count() == 0


def test_over_the_limit_none_is_made(settings: Settings) -> None:
    settings.ACCESS_KEYS_PER_OWNER_MAX = 0
    answer = Client().post("/keys", FORM)
    assert answer.status_code == 422
    assert "the most there may be" in answer.content.decode()


def test_somebody_elses_key_is_not_there() -> None:
    Client().post("/keys", FORM)
    key, other = AccessKey.objects.get(), Client()
    assert key.id not in text(other)
    for action in ("edit", "revoke", "delete"):
        assert other.post(f"/keys/{key.id}/{action}", FORM).status_code == 404
    assert AccessKey.objects.get().revoked_at is None
