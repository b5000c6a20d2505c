"""A program that shows a key is the key's owner, and whoever shows a wrong one is nobody."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import AsyncClient, Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from invoker.deployment_package import DeploymentPackage
from playground.access_keys import bearer, key_store
from playground.access_keys.models import AccessKey
from playground.access_keys.scope import Scope
from playground.api import api
from playground.invocations.models import Invocation
from playground.snippets import packages
from playground.snippets.models import Snippet
from tests.playground.access_keys.keys import ALICE, BOB, Program, made, sentence

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
CODE = {"files": {"index.mjs": "export const handler = async () => 1;"}}


def test_what_a_program_makes_is_its_owners() -> None:
    answer = Program(made()).ask("POST", "/snippets", {**CODE, "function_name": "mine"})
    assert answer.status_code == 201
    assert not answer.cookies
    assert Snippet.objects.get().owner == ALICE
    listed = Program(made()).ask("GET", "/snippets").json()["snippets"]
    assert [one["function_name"] for one in listed] == ["mine"]
    assert Program(made(BOB)).ask("GET", "/snippets").json()["snippets"] == []
    assert Program(made(BOB)).status("GET", f"/snippets/{listed[0]['id']}") == 404


def test_beside_a_key_cookies_and_visitors_count_for_nothing() -> None:
    program = Program(made(BOB))
    chief = User.objects.create_superuser("chief")
    program.client.force_login(chief)
    program.client.get("/")
    assert program.ask("POST", "/snippets", CODE).status_code == 201
    assert program.ask("POST", "/snippets", CODE, Origin="https://elsewhere.example").status_code == 201
    assert program.ask("POST", "/snippets", CODE, **{"X-Playground-Visitor": "x"}).status_code == 201
    assert set(Snippet.objects.values_list("owner", flat=True)) == {BOB}
    # A superuser's session opens no run of somebody else.
    run = snippet_run(ALICE)
    assert program.status("GET", f"/invocations/{run}") == 404
    assert Program(made(ALICE)).status("GET", f"/invocations/{run}") == 200
    # A wrong key is refused, whoever the cookies say it is.
    program.headers = {"Authorization": "Bearer wrong"}
    assert program.status("GET", "/snippets") == 401


def snippet_run(owner: str) -> uuid.UUID:
    """The id of somebody's run."""
    package = packages.store(DeploymentPackage.of_texts({"index.mjs": ""}))
    asked: dict[str, Any] = {"handler": "index.handler", "memory_size": 128, "timeout": 3, "event": b"{}"}
    return Invocation.objects.create(owner=owner, function_name="one", package=package, **asked).id


async def test_coroutines_take_a_key_too() -> None:
    from asgiref.sync import sync_to_async

    key = await sync_to_async(made)(ALICE, Scope.WRITE)
    reader = await sync_to_async(made)(ALICE, Scope.READ)
    client = AsyncClient(enforce_csrf_checks=True)
    for one, status in ((bearer.bearer_token(key), 201), (bearer.bearer_token(reader), 403), ("x", 401)):
        answer = await client.post(
            "/api/snippets", CODE, "application/json", headers={"Authorization": f"Bearer {one}"}
        )
        assert answer.status_code == status


@pytest.mark.parametrize("wrong", ["", "x", "{id}", "{id}.", "{id}.x", "{id}.{secret}x", "x.{secret}", ".{secret}",
    "{id} {secret}", "{id}:{secret}", "{id}.{secret}\N{LATIN SMALL LETTER E WITH ACUTE}", "a" * 5_000])  # fmt: skip
def test_a_wrong_key_is_refused(wrong: str) -> None:
    key = made()
    answer = Program(wrong.format(id=key.id, secret=key.secret)).ask("GET", "/snippets")
    assert (answer.status_code, sentence(answer)) == (401, bearer.UNKNOWN)
    assert answer["WWW-Authenticate"] == 'Bearer realm="playground", error="invalid_token"'
    assert AccessKey.objects.get().last_used_at is None


def test_a_key_is_refused_from_the_moment_that_it_is_revoked_deleted_or_expired() -> None:
    revoked, deleted, expired = made(), made(), made(days=1)
    programs = [Program(key) for key in (revoked, deleted, expired)]
    assert [program.status("GET", "/snippets") for program in programs] == [200, 200, 200]
    key_store.revoked(revoked)
    key_store.deleted(deleted)
    AccessKey.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    answers = [program.ask("GET", "/snippets") for program in programs]
    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert [sentence(answer) for answer in answers] == [bearer.REVOKED, bearer.UNKNOWN, bearer.EXPIRED]


def test_a_key_is_nobodys_that_can_no_longer_be_read(settings: Settings) -> None:
    program = Program(made())
    settings.ENCRYPTION_KEYS = ["bm90IHRoZSBrZXkgdGhhdCBpdCB3YXMgc3RvcmVkISE="]
    assert program.status("GET", "/snippets") == 401


def test_the_last_use_is_written_once_a_minute() -> None:
    program = Program(made())
    program.status("GET", "/snippets")
    first = AccessKey.objects.get().last_used_at
    assert first is not None
    program.status("GET", "/snippets")
    assert AccessKey.objects.get().last_used_at == first
    AccessKey.objects.update(last_used_at=first - timedelta(minutes=1))
    program.status("GET", "/snippets")
    last = AccessKey.objects.get().last_used_at
    assert last is not None
    assert last > first


def test_another_way_of_authorization_is_left_to_whom_it_concerns() -> None:
    answer = Client().get("/api/snippets", headers={"Authorization": "Basic dXNlcjpwYXNz"})
    assert answer.status_code == 200


def test_a_key_says_who_asks_the_json_api_alone() -> None:
    program = Program(made())
    program.ask("POST", "/snippets", {**CODE, "function_name": "mine"})
    assert b"mine" not in Client().get("/snippets", headers=program.headers).content
    assert b"CI" not in Client().get("/keys", headers=program.headers).content


def operations() -> dict[tuple[str, str], set[str]]:
    """Each operation of the document with the scopes of which a key needs one."""
    paths = api.get_openapi_schema()["paths"]
    return {
        (method.upper(), path.removeprefix("/api")): set(operation["x-access-key-scopes"])
        for path, operations in paths.items()
        for method, operation in operations.items()
    }


def test_every_address_says_what_a_key_needs_and_asks_for_it() -> None:
    known = operations()
    assert len(known) >= 25
    samples = {"snippet_id": "00000000-0000-4000-8000-000000000000", "number": "1"}
    for method, path in known:
        address = re.sub(r"{(\w+)}", lambda name: samples.get(name[1], samples["snippet_id"]), path)
        for scope in Scope:
            answer = Program(made("somebody", scope)).ask(method, address, {})
            lacking = answer.status_code == 403 and "This access key lacks the scope" in sentence(answer)
            assert lacking != (scope in known[method, path]), (method, path, scope)
        AccessKey.objects.all().delete()


def test_the_document_tells_of_keys() -> None:
    schema = api.get_openapi_schema()
    assert schema["components"]["securitySchemes"]["AccessKeyBearer"]["scheme"] == "bearer"
    listing = schema["paths"]["/api/snippets"]["get"]
    assert listing["security"] == [{"AccessKeyBearer": []}, {}]
    # What reads needs read, as does what answers and keeps nothing; what runs invoke, what changes write.
    for (method, path), scopes in operations().items():
        runs = path.startswith("/invocations") or path.endswith(("/attempts", "/proof"))
        wanted = "keys" if path.startswith("/keys") else "invoke" if runs else "write"
        reads = method == "GET" or path.startswith(("/exports", "/openings")) or path.endswith("/markdown")
        assert wanted in scopes or (reads and "read" in scopes), (method, path)
