"""The worker's side: who may run what, and what is left by workers that are gone."""

import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection as database
from kombu.messaging import Producer

from invoker.deployment_package import DeploymentPackage
from playground import worker_state
from playground.invocations import queue, service, stream, tasks
from playground.invocations.abandoned import STOPPED, Abandoned, is_gone, worker_name
from playground.invocations.models import Invocation, State
from playground.invocations.service import Submission
from playground.invocations.worker import Worker
from playground.redis_connection import connection
from playground.snippets import packages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
COUNTING = "let n = 0; export const handler = async () => { console.log('run'); return ++n; };"
SLOW = "export const handler = () => new Promise((resolve) => setTimeout(resolve, 30000));"


@pytest.fixture(scope="module")
def worker(redis_server: object) -> Iterator[Worker]:
    worker = Worker("test.dq")
    yield worker
    worker.close()


def submitted(source: str, **changes: Any) -> Invocation:
    return service.submit(
        Submission(
            **{
                "owner": "alice",
                "function_name": "f",
                "package_id": packages.stored(DeploymentPackage.of_texts({"index.mjs": source})),
                "handler": "index.handler",
                "memory_size": 128,
                "timeout": 10,
                "environment": {},
                "event": b"{}",
                **changes,
            }
        )
    )


def in_thread(worker: Worker, row: Invocation) -> threading.Thread:
    def run() -> None:
        tasks.work_off(worker, row.id)
        database.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def until_running(row: Invocation) -> None:
    deadline = time.monotonic() + 20
    while not any(message.get("state") == "running" for message in stream.published(row.id)):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_message_that_is_delivered_twice_runs_once(worker: Worker) -> None:
    row = submitted(COUNTING)
    threads = [in_thread(worker, row) for _ in range(3)]
    for thread in threads:
        thread.join()
    row.refresh_from_db()
    assert (row.outcome, bytes(row.response)) == ("ok", b"1")
    assert [message["seq"] for message in stream.published(row.id)] == list(
        range(1, len(stream.published(row.id)) + 1)
    )
    assert sum(message["type"] == "finished" for message in stream.published(row.id)) == 1


def test_a_cancelled_one_is_never_begun(worker: Worker) -> None:
    row = submitted(COUNTING)
    service.cancel(row)
    tasks.work_off(worker, row.id)
    row.refresh_from_db()
    assert (row.outcome, row.started_at) == ("cancelled", None)


def test_a_worker_that_is_stopping_leaves_the_queue_to_others(worker: Worker) -> None:
    row = submitted(COUNTING)
    worker.stopping.set()
    try:
        tasks.work_off(worker, row.id)
    finally:
        worker.stopping.clear()
    row.refresh_from_db()
    assert (row.state, row.worker) == ("queued", "")


def test_what_was_claimed_as_the_worker_began_to_stop_has_an_end(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = queue.claim

    def claim_while_stopping(*arguments: Any) -> Invocation | None:
        worker.stopping.set()
        return claim(*arguments)

    monkeypatch.setattr(queue, "claim", claim_while_stopping)
    row, behind = submitted(SLOW), submitted(SLOW)
    try:
        tasks.work_off(worker, row.id)
    finally:
        worker.stopping.clear()
    row.refresh_from_db()
    behind.refresh_from_db()
    assert (row.state, row.notice, behind.state) == ("finished", STOPPED, "queued")


def test_a_row_that_has_gone_is_nobodys_concern(worker: Worker) -> None:
    tasks.work_off(worker, uuid.uuid4())


def test_an_unchanged_function_stays_warm_for_its_owner_alone(worker: Worker) -> None:
    source = COUNTING + "// warm"
    responses = []
    for owner in ("alice", "alice", "bob"):
        row = submitted(source, owner=owner)
        tasks.work_off(worker, row.id)
        row.refresh_from_db()
        responses.append((bytes(row.response), row.cold_start, row.init_duration_ms is None))
    assert responses == [(b"1", True, False), (b"2", False, True), (b"1", True, False)]


def test_a_cancellation_is_heard_and_a_lost_one_is_found(worker: Worker) -> None:
    listener = threading.Thread(target=worker._listen_always, daemon=True)
    row = submitted(SLOW)
    running = in_thread(worker, row)
    until_running(row)
    # Nobody listens yet, so this announcement is lost.
    service.cancel(row)
    listener.start()
    running.join(10)
    row.refresh_from_db()
    assert (row.outcome, row.notice) == ("cancelled", row.notice)
    again = submitted(SLOW)
    running = in_thread(worker, again)
    until_running(again)
    service.cancel(again)
    running.join(10)
    again.refresh_from_db()
    assert again.outcome == "cancelled"


def test_a_platform_fault_finishes_the_row_in_a_plain_sentence(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = submitted(COUNTING)
    monkeypatch.setattr(tasks, "_package", lambda sha256: 1 / 0)
    tasks.work_off(worker, row.id)
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("finished", "platform_error")
    assert "not the function's fault" in row.notice
    assert "division" not in row.notice
    assert stream.published(row.id)[-1]["outcome"] == "platform_error"


def test_redis_may_forget_while_an_invocation_runs(worker: Worker) -> None:
    source = "export const handler = async () => { console.log('a'); await new Promise((r) => setTimeout(r, 1500)); console.log('b'); };"
    row = submitted(source)
    running = in_thread(worker, row)
    until_running(row)
    connection().flushall()
    running.join(20)
    row.refresh_from_db()
    assert row.outcome == "ok"
    assert [line.split("\\t")[-1][:1] for line in row.events.splitlines() if "INFO" in line] == ["a", "b"]


def test_what_a_dead_worker_left_running_is_finished() -> None:
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    rows = {
        name: submitted(COUNTING)
        for name in (f"{socket.gethostname()}:{dead.pid}:1", "elsewhere:1:1", worker_name(), "living:1:1", "")
    }
    for name, row in rows.items():
        Invocation.objects.filter(id=row.id).update(state=State.RUNNING, worker=name)
    worker_state.tell(worker_state.WorkerState("living:1:1", True, "local", "", ""))
    Abandoned(silent_max_s=0).finish()
    outcomes = {name: Invocation.objects.get(id=row.id).outcome for name, row in rows.items()}
    assert outcomes == dict.fromkeys(rows, "platform_error") | {worker_name(): "", "living:1:1": ""}


def test_a_worker_that_took_over_a_process_id_is_another() -> None:
    assert not is_gone(worker_name())
    assert is_gone(f"{socket.gethostname()}:{os.getpid()}:1")


def test_a_worker_that_was_killed_and_not_reaped_is_gone() -> None:
    killed = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    stat = Path(f"/proc/{killed.pid}/stat").read_text()
    name = f"{socket.gethostname()}:{killed.pid}:{stat.rpartition(')')[2].split()[19]}"
    assert not is_gone(name)
    killed.kill()
    # As a zombie it keeps its process id for as long as nobody waits for it.
    os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)
    assert is_gone(name)
    killed.communicate()
    assert is_gone(name)


def test_nothing_is_kept_when_the_queue_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(Producer, "publish", refuse)
    with pytest.raises(service.QueueUnavailable):
        submitted(COUNTING)
    assert not Invocation.objects.exists()
