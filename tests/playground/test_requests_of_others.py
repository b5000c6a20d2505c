"""What another site can do in somebody's name: nothing, on any address, by any method."""

import hashlib
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from invoker.deployment_package import DeploymentPackage
from playground.access_keys.models import AccessKey, new_id
from playground.encryption import encrypted_text
from playground.invocations.models import Invocation
from playground.owner import owner_of_user
from playground.sharing.models import Share
from playground.snippets import packages, snippet_store
from playground.snippets.models import Snippet
from playground.workshops import workshop_store
from playground.workshops.models import Participant, Workshop
from tests.workshop_plan import PLAN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
ID = uuid.uuid4()
KEY = new_id()
SAMPLES = {
    r"\(\?P<name>\[\^/\]\+\)": "one",
    r"\(\?P<app_label>[^()]*\)": "invocations",
    r"\(\?P<\w+>[^()]*\)": "nothing",
    r"<(\w+:)?token>": "livetoken",
    r"<(\w+:)?key_id>": KEY,
    r"<slug:action>": "lock",
    r"<export_format>": "sam",
    r"<int:\w+>": "1",
    r"<\w+:\w+>|<\w+>": str(ID),
    r"20\\d\\d-\\d\\d-\\d\\d": "2099-01-01",
    r"[\^$?]|\\Z": "",
}
SAFE, UNSAFE = ("GET", "HEAD", "OPTIONS"), ("POST", "PUT", "PATCH", "DELETE")


def addresses(patterns: list[Any] | None = None, before: str = "/") -> Iterator[str]:
    """One address for each pattern of the service."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        text = str(one.pattern)
        for pattern, sample in SAMPLES.items():
            text = re.sub(pattern, lambda _, sample=sample: sample, text)  # type: ignore[misc]
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, before + text)
        elif isinstance(one, URLPattern):
            yield before + text


@pytest.fixture
def somebody() -> Client:
    """A superuser's browser, whose owner has an invocation and whose cookies another site can make it send."""
    client = Client(enforce_csrf_checks=True)
    chief = User.objects.create_superuser("chief")
    client.force_login(chief)
    client.get("/")
    owner = owner_of_user(chief)
    assert owner
    package = packages.store(DeploymentPackage.of_texts({"index.mjs": ""}))
    asked = {"owner": owner, "function_name": "one", "package": package, "handler": "index.handler"}
    snippet = Snippet.objects.create(**asked, code_size=0)
    snippet_store.published(snippet)
    share = Share.objects.create(snippet=snippet, token="livetoken", public=True)
    run = Invocation.objects.create(**asked, id=ID, memory_size=128, timeout=3, event=b"{}")
    share.runs.add(run)
    AccessKey.objects.create(id=KEY, owner=owner, name="CI", sealed_secret=encrypted_text("secret"))
    workshop = workshop_store.created(str(owner), "Workshop", PLAN)
    Workshop.objects.filter(pk=workshop.pk).update(id=ID)
    somebody = Participant(id=ID, workshop_id=ID, name="Ada")
    somebody.token_sha256 = hashlib.sha256(b"livetoken").hexdigest()
    somebody.save()
    return client


def everything() -> dict[str, list[Any]]:
    """All rows there are, but for sessions."""
    models = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def test_the_walk_knows_every_part_of_the_service() -> None:
    found = set(addresses())
    assert {
        *("/s/livetoken", "/embed/livetoken", "/api/shared/livetoken", f"/runs/{ID}"),
        *("/w/livetoken", f"/workshops/{ID}/do/lock", f"/workshops/{ID}/participants/{ID}/remove"),
        *("/", "/healthz", "/api/invocations", f"/api/invocations/{ID}/cancel", "/admin/login/"),
        *("/keys", f"/keys/{KEY}/revoke", f"/api/keys/{KEY}", f"/api/keys/{KEY}/revoke"),
        *(f"/admin/invocations/invocation/{ID}/change/", "/2015-03-31/functions/one/invocations"),
    } <= found
    assert len(found) > 30


def test_nothing_is_changed_without_the_token(somebody: Client) -> None:
    before = everything()
    for address in addresses():
        for method in UNSAFE:
            answer = somebody.generic(method, address, b"{}", content_type="application/json")
            assert answer.status_code in {403, 404, 405}, (method, address, answer.status_code)
            form = somebody.generic(method, address, "a=b", content_type="text/plain", HTTP_ORIGIN="null")
            assert form.status_code in {403, 404, 405}, (method, address, form.status_code)
    assert everything() == before


def test_nothing_is_changed_by_looking(somebody: Client) -> None:
    before = everything()
    for address in addresses():
        for method in SAFE:
            answer = somebody.generic(method, address)
            # The health page says 503 on purpose: here no worker is alive.
            assert answer.status_code < 500 or address == "/healthz", (method, address, answer.status_code)
    assert everything() == before
    assert somebody.get("/admin/").status_code == 200, "logged out by looking"


def test_cookies_are_out_of_reach_of_scripts_other_sites_and_plain_http(
    somebody: Client, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    visitor = Client()
    visitor.get("/")
    assert set(visitor.cookies) == {"owner", "csrftoken"}
    for name, cookie in visitor.cookies.items():
        assert cookie["secure"], name
        assert cookie["samesite"] == "Lax", name
        # The page itself has to read the token.
        assert bool(cookie["httponly"]) == (name != "csrftoken"), name
    assert len(visitor.cookies["owner"].value.partition(":")[0]) == 32
    assert (settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE) == (True, "Lax")
