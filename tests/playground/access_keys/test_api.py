"""The JSON API of access keys: what is told, what is kept, and what a key may do with other keys."""

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from playground.access_keys.models import AccessKey, is_id
from playground.access_keys.scope import Scope
from tests.playground.access_keys.keys import ALICE, BOB, Program, made, sentence

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
NEW = {"name": "deploys", "scopes": ["invoke", "read"]}


def person() -> Program:
    """Somebody's browser."""
    program = Program("")
    program.client.get("/")
    program.headers = {
        "X-CSRFToken": program.client.cookies["csrftoken"].value,
        "Origin": "http://testserver",
    }
    return program


def test_a_secret_is_told_once() -> None:
    alice = person()
    answer = alice.ask("POST", "/keys", NEW)
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    told = answer.json()
    assert is_id(told["id"])
    assert (len(told["id"]), len(told["secret"])) == (20, 40)
    assert told["bearer"] == f"{told['id']}.{told['secret']}"
    assert (told["name"], told["scopes"]) == ("deploys", ["read", "invoke"])
    assert told["expires_at"] is told["last_used_at"] is told["revoked_at"] is None
    path = f"/keys/{told['id']}"
    others = [
        alice.ask("GET", "/keys"),
        alice.ask("PUT", path, {"name": "other"}),
        alice.ask("POST", f"{path}/revoke"),
    ]
    assert all(other.status_code == 200 and told["secret"] not in other.content.decode() for other in others)
    assert others[0].json() == {"keys": [{name: told[name] for name in others[0].json()["keys"][0]}]}
    assert others[2].json()["revoked_at"]
    assert alice.status("DELETE", path) == 204
    assert alice.status("DELETE", path) == 404


def test_a_secret_is_encrypted_at_rest_and_goes_along_when_keys_change(settings: Settings) -> None:
    first, second = (Fernet.generate_key().decode() for _ in range(2))
    settings.ENCRYPTION_KEYS = [first]
    key = made()
    secret = key.secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_keys_accesskey")
        assert secret not in repr(cursor.fetchall())
    settings.ENCRYPTION_KEYS = [second, first]
    call_command("reencrypt")
    settings.ENCRYPTION_KEYS = [second]
    assert AccessKey.objects.get().secret == secret
    assert secret not in repr(key) + str(key)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["name", "scopes"]),
        ({"name": " ", "scopes": []}, ["name", "scopes"]),
        ({"name": "a" * 65, "scopes": ["admin"]}, ["name", "scopes"]),
        ({"name": "a\nb", "scopes": ["read", 1]}, ["name", "scopes"]),
        ({"name": 1, "scopes": "read"}, ["name", "scopes"]),
        ({"name": "\ud800", "scopes": [["read"]]}, ["name", "scopes"]),
        ({**NEW, "expires_in_days": 0}, ["expires_in_days"]),
        ({**NEW, "expires_in_days": 366}, ["expires_in_days"]),
        ({**NEW, "expires_in_days": True}, ["expires_in_days"]),
        ({**NEW, "owner": "alice"}, ["owner"]),
    ],
)
def test_every_fault_is_told_at_its_field(body: Any, fields: list[str]) -> None:
    answer = person().ask("POST", "/keys", body)
    assert answer.status_code == 422
    assert [error["field"][0] for error in answer.json()["errors"]] == fields
    assert AccessKey.objects.count() == 0


def test_what_is_not_named_stays() -> None:
    alice, bob = person(), person()
    path = f"/keys/{alice.ask('POST', '/keys', NEW).json()['id']}"
    assert alice.ask("PUT", path, {}).json()["name"] == "deploys"
    assert alice.ask("PUT", path, {"scopes": ["read"]}).json()["scopes"] == ["read"]
    assert alice.ask("PUT", path, {"name": "runs"}).json()["scopes"] == ["read"]
    assert alice.status("PUT", path, {"scopes": []}) == 422
    for method, tail in (("PUT", ""), ("POST", "/revoke"), ("DELETE", "")):
        assert bob.status(method, path + tail, {}) == 404
    assert AccessKey.objects.get().name == "runs"


def test_an_owner_has_so_many_keys(settings: Settings) -> None:
    settings.ACCESS_KEYS_PER_OWNER_MAX = 2
    alice, bob = person(), person()
    ids = [alice.ask("POST", "/keys", NEW).json()["id"] for _ in range(2)]
    alice.ask("POST", f"/keys/{ids[0]}/revoke")
    answer = alice.ask("POST", "/keys", NEW)
    assert answer.status_code == 422
    assert sentence(answer) == "You have 2 access keys, the most there may be: delete one first."
    assert bob.status("POST", "/keys", NEW) == 201
    alice.ask("DELETE", f"/keys/{ids[0]}")
    assert alice.status("POST", "/keys", NEW) == 201


def test_a_key_makes_and_changes_only_keys_that_may_do_no_more() -> None:
    program = Program(made(ALICE, Scope.KEYS, Scope.READ))
    assert program.status("POST", "/keys", {"name": "n", "scopes": ["read", "keys"]}) == 201
    assert program.status("POST", "/keys", {"name": "n", "scopes": ["read", "write"]}) == 422
    wider, narrower = made(ALICE, Scope.WRITE), made(ALICE, Scope.READ)
    for method, tail in (("PUT", ""), ("POST", "/revoke"), ("DELETE", "")):
        assert program.status(method, f"/keys/{wider.id}{tail}", {}) == 403
    assert program.status("PUT", f"/keys/{narrower.id}", {"scopes": ["read", "invoke"]}) == 422
    assert program.status("PUT", f"/keys/{narrower.id}", {"scopes": ["keys"]}) == 200
    assert program.status("POST", f"/keys/{narrower.id}/revoke") == 200
    assert program.status("DELETE", f"/keys/{narrower.id}") == 204
    assert program.status("DELETE", f"/keys/{made(BOB, Scope.READ).id}") == 404
    wider.refresh_from_db()
    assert (wider.scopes, wider.revoked_at) == (["write"], None)


def test_a_key_that_is_made_with_a_key_does_not_outlive_it() -> None:
    program = Program(made(ALICE, days=7))
    body = {"name": "n", "scopes": ["read"]}
    assert program.status("POST", "/keys", body) == 422
    assert program.status("POST", "/keys", {**body, "expires_in_days": 8}) == 422
    assert program.status("POST", "/keys", {**body, "expires_in_days": 6}) == 201


def test_another_site_makes_none() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    answer = client.post("/api/keys", NEW, "application/json")
    assert answer.status_code == 403
    assert AccessKey.objects.count() == 0
