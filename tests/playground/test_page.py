"""The page as Django serves it, and what browsers are told about it."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from invoker import limits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]
PAGES = (
    *("/", "/admin/", "/admin/login/", "/admin/password_change/", "/admin/invocations/invocation/"),
    *("/admin/auth/user/", "/admin/auth/user/add/"),
)
ELSEWHERE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//[^"']+""")


def boot(html: str) -> dict[str, dict[str, object]]:
    found = re.search(r'<script id="boot" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found
    told: dict[str, dict[str, object]] = json.loads(found[1])
    return told


def test_the_page_starts_from_the_limits_and_the_sandbox() -> None:
    html = Client().get("/").content.decode()
    told = boot(html)
    assert told["limits"]["memory_size_max"] == limits.MEMORY_MAX_MB
    assert "AWS_REGION" in told["limits"]["reserved_environment_variables"]  # type: ignore[operator]
    assert set(told["sandbox"]) == {"kind", "notice"}
    assert '<div id="editor"></div>' in html


def test_the_page_hands_out_the_owner_and_the_token() -> None:
    client = Client()
    client.get("/")
    assert {"owner", "csrftoken"} <= set(client.cookies)
    before = client.cookies["owner"].value
    client.get("/")
    assert client.cookies["owner"].value == before


def test_the_page_and_its_files_come_from_here_alone() -> None:
    html = Client().get("/").content.decode()
    assert not ELSEWHERE.findall(html)
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', html):
        assert Client().get(path).status_code == 200, path


def test_no_page_runs_or_draws_what_is_written_into_it() -> None:
    staff = Client()
    staff.force_login(User.objects.create_superuser("chief"))
    for path in PAGES:
        policy = staff.get(path)["Content-Security-Policy"]
        # Style attributes alone, and where there is an editor.
        assert "unsafe" not in policy.removesuffix(
            "; style-src-attr 'unsafe-inline'" if path == "/" else ""
        ), path
        for directive in (
            "default-src 'none'",
            "script-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ):
            assert f"{directive};" in f"{policy};", (path, directive)


def test_the_style_of_the_editor_has_a_mark_that_is_new_each_time() -> None:
    marks = set()
    for _ in range(2):
        answer = Client().get("/")
        found = re.search(r"style-src 'self' 'nonce-([\w-]{22,})'", answer["Content-Security-Policy"])
        assert found
        assert f'nonce="{found[1]}"' in answer.content.decode()
        marks.add(found[1])
    assert len(marks) == 2


@pytest.mark.parametrize(
    "path", ["/", "/admin/login/", "/api/openapi.json", "/api/nothing", "/nothing", "/healthz", "/explore"]
)
def test_every_answer_tells_browsers_what_they_may_do(path: str) -> None:
    answer = Client().get(path)
    assert answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_an_unknown_host_name_is_refused() -> None:
    assert Client(headers={"Host": "attacker.example"}).get("/").status_code == 400


def test_built_files_with_a_hashed_name_are_kept_for_good_and_others_are_not() -> None:
    manifest = json.loads((Path(settings.FRONTEND_DIST) / "manifest.json").read_text())
    script = manifest["src/main.ts"]["file"]
    assert "immutable" in Client().get(f"/static/{script}")["Cache-Control"]
    assert "immutable" not in Client().get("/static/admin/css/base.css")["Cache-Control"]


def test_the_admin_loads_nothing_from_elsewhere() -> None:
    client = Client()
    assert not ELSEWHERE.findall(client.get("/admin/login/").content.decode())
    client.force_login(User.objects.create_superuser("chief"))
    for path in ("/admin/", "/admin/invocations/invocation/"):
        html = client.get(path).content.decode()
        assert not [found for found in ELSEWHERE.findall(html) if found.startswith(("src", "action"))]
        for asset in re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', html):
            content = b"".join(client.get(asset).streaming_content)  # type: ignore[attr-defined]
            assert not re.findall(rb"@import|url\(['\"]?(?:https?:)?//", content), asset
