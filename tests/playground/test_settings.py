"""The settings that the environment makes, each in a process of its own."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from playground import embedded
from playground.redis_connection import broker_url
from tests.postgresql import KEYS
from tests.serving import CHECKOUT

KEY = KEYS["ENCRYPTION_KEYS"]
PRINT = """
import json
from playground import settings
names = {names!r}
print(json.dumps({{name: getattr(settings, name) for name in names}}, default=str))
"""


def run(state: Path, *names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", PRINT.format(names=list(names))],
        cwd=CHECKOUT,
        env=keep | {"PLAYGROUND_STATE": str(state)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def settings(state: Path, *names: str, **environment: str) -> dict[str, object]:
    ended = run(state, *names, **environment)
    assert ended.returncode == 0, ended.stderr
    told: dict[str, object] = json.loads(ended.stdout)
    return told


def test_with_nothing_given_everything_is_in_the_state_folder(tmp_path: Path) -> None:
    told = settings(tmp_path, "EMBEDDED", "DATABASES", "REDIS_URL", "LAMBDA_API_ANY_CREDENTIALS", "DEBUG")
    assert (told["EMBEDDED"], told["LAMBDA_API_ANY_CREDENTIALS"], told["DEBUG"]) == (True, True, False)
    assert str(tmp_path) in json.dumps(told["DATABASES"])
    assert told["REDIS_URL"] == f"unix://{tmp_path}/redis.sock"


def test_with_servers_given_nothing_is_embedded_and_no_credentials_are_taken_unasked(tmp_path: Path) -> None:
    told = settings(
        tmp_path / "unused",
        "EMBEDDED",
        "DATABASES",
        "LAMBDA_API_ANY_CREDENTIALS",
        DATABASE_URL="postgres://one:two@db.example/three",
        REDIS_URL="redis://redis.example:6379/0",
        **KEYS,
    )
    assert (told["EMBEDDED"], told["LAMBDA_API_ANY_CREDENTIALS"]) == (False, False)
    assert "postgresql" in json.dumps(told["DATABASES"])
    assert not (tmp_path / "unused").exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "of-twenty-characters"}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY is too short or simple"),
        ({"SECRET_KEY": f"django-insecure-{'0123456789' * 6}"}, "SECRET_KEY is one of the examples"),
        ({"ENCRYPTION_KEYS": ""}, "ENCRYPTION_KEYS is missing"),
        ({"ENCRYPTION_KEYS": f"{KEY},short"}, "Key 2 of ENCRYPTION_KEYS is not 32 bytes"),
        ({"ENCRYPTION_KEYS": f"{'A' * 43}="}, "Key 1 of ENCRYPTION_KEYS is not random"),
    ],
)
@pytest.mark.parametrize("server", ["REDIS_URL", "DATABASE_URL"])
def test_real_servers_need_good_keys_of_their_own(
    tmp_path: Path, server: str, given: dict[str, str], told: str
) -> None:
    url = {"REDIS_URL": "redis://redis.example:6379/0", "DATABASE_URL": "postgres://one:two@db.example/three"}
    ended = run(tmp_path, "SECRET_KEY", **{server: url[server], **KEYS, **given})
    assert ended.returncode == 1
    (sentence,) = ended.stderr.splitlines()
    assert sentence.startswith(told)
    assert not any(key and key in sentence for keys in given.values() for key in keys.split(","))


@pytest.mark.parametrize(
    ("name", "file", "kept"),
    [
        ("SECRET_KEY", "secret_key", embedded.secret_key),
        ("ENCRYPTION_KEYS", "encryption_keys", embedded.encryption_keys),
    ],
)
def test_processes_that_start_together_agree_on_the_same_keys(
    tmp_path: Path, name: str, file: str, kept: Callable[[Path], object]
) -> None:
    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(lambda _: settings(tmp_path, name)[name], range(4)))
    assert told == [kept(tmp_path)] * 4
    path = tmp_path / file
    assert len(path.read_text()) >= 44
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(found.name for found in tmp_path.iterdir()) == ["encryption_keys", "mails", "secret_key"]


def test_embedded_keys_are_rotated_by_a_line_before_the_first(tmp_path: Path) -> None:
    (old,) = embedded.encryption_keys(tmp_path)
    (tmp_path / "encryption_keys").write_text(f"{KEY}\n{old}\n")
    assert settings(tmp_path, "ENCRYPTION_KEYS")["ENCRYPTION_KEYS"] == [KEY, old]


@pytest.mark.parametrize(("host", "allowed"), [("192.0.2.1", "192.0.2.1"), ("2001:db8::1", "[2001:db8::1]")])
def test_the_address_itself_is_an_allowed_host(tmp_path: Path, host: str, allowed: str) -> None:
    told = settings(tmp_path, "ALLOWED_HOSTS", HOST=host, ALLOWED_HOSTS="lambda.example.org")
    assert told["ALLOWED_HOSTS"] == ["lambda.example.org", "localhost", "127.0.0.1", "[::1]", allowed]


def test_every_interface_does_not_allow_every_host(tmp_path: Path) -> None:
    assert settings(tmp_path, "ALLOWED_HOSTS", HOST="0.0.0.0")["ALLOWED_HOSTS"] == [
        "localhost",
        "127.0.0.1",
        "[::1]",
    ]


def test_https_makes_cookies_secure(tmp_path: Path) -> None:
    told = settings(
        tmp_path, "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", HTTPS="true"
    )
    assert told == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
    }


def test_djangos_own_deployment_check_finds_nothing(tmp_path: Path) -> None:
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {
        "PLAYGROUND_STATE": str(tmp_path),
        "DATABASE_URL": "postgres://one:two@db.example/three",
        "REDIS_URL": "redis://redis.example:6379/0",
        "HTTPS": "true",
        "ALLOWED_HOSTS": "lambda.example.org",
        **KEYS,
    }
    ended = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"],
        cwd=CHECKOUT,
        env=keep | given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""


def test_no_page_of_an_error_shows_a_setting_unless_debug_is_asked_for(tmp_path: Path) -> None:
    assert settings(tmp_path, "DEBUG")["DEBUG"] is False
    assert settings(tmp_path, "DEBUG", DEBUG="true")["DEBUG"] is True


def test_the_broker_is_the_same_redis() -> None:
    assert broker_url("unix:///state/redis.sock") == "redis+socket:///state/redis.sock"
    assert broker_url("redis://host:6379/0") == "redis://host:6379/0"
