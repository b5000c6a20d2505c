"""The health page."""

import subprocess

import pytest
import redis
from django.test import Client
from redis.backoff import NoBackoff
from redis.retry import Retry

from playground import redis_connection, worker_state
from playground.worker_state import WorkerState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]


def test_everything_works_while_the_worker_says_so() -> None:
    worker_state.tell(WorkerState("host:1:1", True, "local", "ready", "For one's own code."))
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    told = answer.json()
    assert told["status"] == "ok"
    assert all(told[part]["ok"] for part in ("database", "redis", "worker", "sandbox"))
    assert told["sandbox"]["kind"] == "local"
    assert told["sandbox"]["notice"] == "For one's own code."


def test_a_silent_worker_is_down() -> None:
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    told = answer.json()
    assert told["status"] == "down"
    assert (told["redis"]["ok"], told["worker"]["ok"], told["sandbox"]["ok"]) == (True, False, False)


def test_a_sandbox_that_fails_is_down_while_its_worker_lives() -> None:
    worker_state.tell(WorkerState("host:1:1", False, "docker", "The Docker Engine does not answer.", ""))
    told = Client().get("/healthz")
    assert told.status_code == 503
    assert told.json()["worker"]["ok"]
    assert told.json()["sandbox"]["detail"] == "The Docker Engine does not answer."


def test_a_worker_that_left_is_down_at_once() -> None:
    worker_state.tell(WorkerState("host:1:1", True, "local", "ready", ""))
    worker_state.take_back("host:1:1")
    assert Client().get("/healthz").status_code == 503
    assert not worker_state.is_alive("host:1:1")


def test_a_redis_that_does_not_answer_is_told(
    redis_server: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = redis.Redis(unix_socket_path="/nonexistent/redis.sock", retry=Retry(NoBackoff(), 0))
    monkeypatch.setattr(redis_connection, "connection", lambda: nowhere)
    monkeypatch.setattr(worker_state, "connection", lambda: nowhere)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert not answer.json()["redis"]["ok"]
