"""One command starts everything and ends everything, however the end comes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.client import Person, until_closed
from tests.leftovers import leftovers, sandbox_ids
from tests.serving import CHECKOUT, Served, free_port, has_docker, serve_environment

pytestmark = pytest.mark.timeout(180)
SLOW = """export const handler = async () => {
  console.log("begun");
  await new Promise((resolve) => setTimeout(resolve, 60000));
};"""
LEFT_AFTER_S = 40


KINDS = [
    "local",
    pytest.param(
        "docker",
        marks=[
            pytest.mark.docker,
            pytest.mark.skipif(not has_docker(), reason="no Docker Engine is reachable"),
        ],
    ),
]


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    started: list[Served] = []

    def start(**environment: str) -> Served:
        started.append(Served(**{"SANDBOX": "local", **environment}))
        return started[-1]

    yield start
    for served in started:
        served.stop()


def begin_slow(served: Served) -> tuple[Person, str]:
    """An invocation that runs, with its first line out."""
    person = Person(served.url)
    invocation_id = person.submit(SLOW, timeout=120)
    with person.socket(invocation_id) as live:
        while "begun" not in str(live.recv(60)):
            pass
    return person, invocation_id


def nothing_is_left(served: Served, sandboxes: list[str]) -> None:
    deadline = time.monotonic() + LEFT_AFTER_S
    while found := leftovers(served.state, sandboxes):
        assert time.monotonic() < deadline, "\n".join(found)
        time.sleep(0.1)


def run_serve(state: Path, port: int, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=CHECKOUT,
        env=serve_environment(state, port) | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_it_leaves_nothing(
    serve: Callable[..., Served], kind: str, number: signal.Signals
) -> None:
    served = serve(SANDBOX=kind).wait_until_ready()
    assert [line for line in served.output if line.startswith("Ready")] == [f"Ready on {served.url}\n"]
    begin_slow(served)
    sandboxes = sandbox_ids(served.state)
    assert sandboxes
    served.process.send_signal(number)
    assert served.wait_until_ended() == 0
    assert not leftovers(served.state, sandboxes)


def test_what_ran_at_the_end_is_told_as_the_platforms_fault(serve: Callable[..., Served]) -> None:
    served = serve().wait_until_ready()
    person, invocation_id = begin_slow(served)
    served.process.send_signal(signal.SIGTERM)
    served.wait_until_ended()
    again = serve(PORT=str(served.port), PLAYGROUND_STATE=str(served.state)).wait_until_ready()
    assert again.url == person.url
    told = person.read(invocation_id)
    assert (told["state"], told["outcome"]) == ("finished", "platform_error")
    assert told["notice"] == "The worker stopped while this invocation ran."


def test_a_part_that_ends_again_and_again_ends_all_with_its_name(serve: Callable[..., Served]) -> None:
    served = serve().wait_until_ready()
    begin_slow(served)
    sandboxes = sandbox_ids(served.state)
    killed: set[int] = set()
    deadline = time.monotonic() + 90
    while served.process.poll() is None:
        assert time.monotonic() < deadline, served.errors
        pid = served.parts().get("redis")
        if pid and pid not in killed:
            killed.add(pid)
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    assert served.wait_until_ended() == 1
    said = (
        "The redis ended 5 times within 60 seconds and is not started again, the last time: killed by SIGKILL"
    )
    assert any(said in line for line in served.errors), served.errors
    assert len(killed) == 5
    assert not leftovers(served.state, sandboxes)


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_supervisor_takes_its_parts_along(serve: Callable[..., Served], kind: str) -> None:
    served = serve(SANDBOX=kind).wait_until_ready()
    begin_slow(served)
    sandboxes = sandbox_ids(served.state)
    served.process.kill()
    nothing_is_left(served, sandboxes)


def test_what_a_killed_worker_left_is_finished_and_removed_at_the_next_start(
    serve: Callable[..., Served],
) -> None:
    served = serve().wait_until_ready()
    person, invocation_id = begin_slow(served)
    sandboxes = sandbox_ids(served.state)
    parts = served.parts()
    # All at once, so that nobody can tidy up.
    for pid in (served.process.pid, *parts.values()):
        os.kill(pid, signal.SIGKILL)
    served.wait_until_ended()
    again = serve(PORT=str(served.port), PLAYGROUND_STATE=str(served.state)).wait_until_ready()
    told = person.read(invocation_id)
    assert (told["outcome"], told["notice"]) == (
        "platform_error",
        "The worker stopped while this invocation ran.",
    )
    assert person.follow(invocation_id)[-1]["outcome"] == "platform_error"
    assert not set(sandbox_ids(served.state)) & set(sandboxes)
    again.process.send_signal(signal.SIGINT)
    again.wait_until_ended()
    assert not leftovers(served.state, sandboxes)


def test_nothing_is_lost_when_the_web_process_restarts(serve: Callable[..., Served]) -> None:
    served = serve().wait_until_ready()
    source = """export const handler = async () => {
      for (let i = 0; i < 40; i++) { console.log(`line ${i}`); await new Promise((r) => setTimeout(r, 100)); }
    };"""
    person = Person(served.url)
    invocation_id = person.submit(source, timeout=60)
    with person.socket(invocation_id) as live:
        first = [live.recv(30) for _ in range(8)]
    port = free_port()
    environment = serve_environment(served.state, port)
    for _ in range(2):
        # Another web process of the same playground comes, is killed, and comes again.
        web = subprocess.Popen([sys.executable, "-m", "playground.web"], cwd=CHECKOUT, env=environment)
        try:
            wait_for_port(port)
            elsewhere = Person(f"http://127.0.0.1:{port}")
            elsewhere.http.cookies = person.http.cookies
            with elsewhere.socket(invocation_id, after=len(first)) as live:
                first.append(live.recv(30))
                first.append(live.recv(30))
                web.kill()
        finally:
            web.kill()
            web.wait()
    with person.socket(invocation_id, after=len(first)) as live:
        rest, code = until_closed(live)
    assert [message["seq"] for message in rest] == list(range(len(first) + 1, len(first) + len(rest) + 1))
    assert (rest[-1]["outcome"], code) == ("ok", 1000)


def wait_for_port(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_a_port_in_use_is_told_before_anything_starts(short_folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = run_serve(short_folder, port)
    assert ended.returncode == 1
    assert f"Port {port} on 127.0.0.1 is in use" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not (short_folder / "db.sqlite3").exists()
    assert not leftovers(short_folder, [])


def test_a_second_one_on_the_same_state_is_refused(serve: Callable[..., Served]) -> None:
    served = serve().wait_until_ready()
    ended = run_serve(served.state, free_port())
    assert ended.returncode == 1
    assert "Another playground (process" in ended.stderr
    assert str(served.state) in ended.stderr
    assert served.process.poll() is None


def test_a_state_folder_too_deep_for_a_socket_is_told(short_folder: Path) -> None:
    deep = short_folder / ("x" * 100)
    ended = run_serve(deep, free_port())
    assert ended.returncode == 1
    assert "107" in ended.stderr
    assert "PLAYGROUND_STATE" in ended.stderr


def test_a_missing_runtime_is_told_and_nothing_half_starts(short_folder: Path) -> None:
    ended = run_serve(short_folder, free_port(), PLAYGROUND_RUNTIME=str(short_folder / "none"))
    assert ended.returncode == 1
    assert "is not built" in ended.stderr
    assert "The worker ended unexpectedly (exit status 1)" in ended.stderr
    assert not leftovers(short_folder, [])
