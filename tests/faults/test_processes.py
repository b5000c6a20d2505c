"""A process of the service is killed while invocations are under way: worker, web, Redis, the emulator."""

import json
import os
import signal
import time
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from tests.client import Message, Person, until_closed
from tests.faults.service import (
    LATEST_S,
    SLOW_INIT,
    STOPPED,
    TICKING,
    UnderWay,
    comes_back,
    heals,
    kill,
    nothing_is_left_of,
    submission,
    ticks,
    works,
)
from tests.invoker.conftest import pids_of
from tests.leftovers import sandbox_ids
from tests.serving import Served
from tests.worker_process import until

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(240)]
REDIS_AWAY_S = 15.0
BROWSER_AWAY_S = 5.0


def test_the_worker_during_init(healing: Served, alice: Person, bob: Person) -> None:
    invocation = UnderWay(alice, SLOW_INIT).until_printed("init begun")
    sandboxes = sandbox_ids(healing.state)
    killed = kill(healing, "worker")
    told = invocation.ended()
    assert (told["outcome"], told["notice"]) == ("platform_error", STOPPED)
    assert invocation.printed() == ["init begun"]
    comes_back(healing, "worker", killed)
    works(bob)
    works(alice)
    nothing_is_left_of(healing, sandboxes)


def test_the_worker_during_an_invocation(healing: Served, alice: Person, bob: Person) -> None:
    invocation = UnderWay(alice, event='{"ticks": 1000}').until_printed("tick 4")
    sandboxes = sandbox_ids(healing.state)
    seen = invocation.printed()
    killed = kill(healing, "worker")
    waiting = UnderWay(bob)
    told = invocation.ended()
    assert (told["outcome"], told["notice"]) == ("platform_error", STOPPED)
    printed = invocation.printed()
    assert printed == ticks(len(printed))
    assert len(printed) >= len(seen)
    assert waiting.ended()["outcome"] == "ok"
    assert waiting.printed() == ticks(3)
    comes_back(healing, "worker", killed)
    works(alice)
    nothing_is_left_of(healing, sandboxes)
    assert invocation.ended() == told


def test_the_web_process_while_a_page_watches(healing: Served, alice: Person, bob: Person) -> None:
    invocation = UnderWay(alice, event='{"ticks": 60}')
    others = UnderWay(bob, event='{"ticks": 60}')
    with alice.socket(invocation.id) as socket:
        before: list[Message] = []
        while not any(message.get("text", "").endswith("tick 5") for message in before):
            before.append(json.loads(socket.recv(LATEST_S)))
        killed = kill(healing, "web")
        rest, code = until_closed(socket)
        assert code is None
        before += rest
    comes_back(healing, "web", killed)
    messages = before + alice.follow(invocation.id, after=before[-1]["seq"])
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
    for one in (invocation, others):
        assert one.ended()["outcome"] == "ok"
        assert one.printed() == ticks(60)


def test_redis_stopped_for_a_while_and_restarted_empty(healing: Served, alice: Person, bob: Person) -> None:
    invocation = UnderWay(alice, event='{"ticks": 300}').until_printed("tick 2")
    ends_meanwhile = UnderWay(bob, event='{"ticks": 60}').until_printed("tick 2")
    redis = healing.parts()["redis"]
    os.kill(redis, signal.SIGSTOP)
    try:
        back = time.monotonic() + REDIS_AWAY_S
        is_refused(Person(healing.url))
        assert invocation.read()["state"] == "running"
        time.sleep(max(0.0, back - time.monotonic()))
    finally:
        os.kill(redis, signal.SIGKILL)
    comes_back(healing, "redis", redis)
    for one, count in ((invocation, 300), (ends_meanwhile, 60)):
        assert one.ended()["outcome"] == "ok"
        assert one.printed() == ticks(count)
    works(bob)
    works(alice)


def is_refused(person: Person) -> None:
    """Nobody can queue anything while Redis is silent: that is said, and what was refused is not kept."""
    person.http.timeout = httpx.Timeout(LATEST_S)
    answer = submission(person)
    assert answer.status_code == 503, (answer.status_code, answer.text)
    assert "does not answer" in answer.text


def test_the_emulator_inside_the_sandbox(healing: Served, alice: Person, bob: Person) -> None:
    others = UnderWay(bob, event='{"ticks": 50}')
    source = f"{TICKING} // {alice.http.cookies['owner']}"
    invocation = UnderWay(alice, source, event='{"ticks": 1000}').until_printed("tick 4")
    others.until_printed("tick 0")
    sandboxes = sandbox_ids(healing.state)
    os.kill(emulator_of(source), signal.SIGKILL)
    told = invocation.ended()
    # A function can do the same.
    assert told["outcome"] == "function_error"
    assert "The sandbox ended before the function had answered." in told["notice"]
    printed = invocation.printed()
    assert printed == ticks(len(printed))
    assert len(printed) >= 5
    assert others.ended()["outcome"] == "ok"
    assert others.printed() == ticks(50)
    works(alice)
    heals(healing.url)
    until(lambda: len(set(sandbox_ids(healing.state)) & set(sandboxes)) < len(sandboxes), timeout_s=LATEST_S)


def emulator_of(source: str) -> int:
    """The process of the emulator in the sandbox that holds this code."""
    names = {pid: Path(f"/proc/{pid}/comm").read_text().strip() for pid in pids_of(source)}
    return next(pid for pid, name in names.items() if name == "aws-lambda-rie")


def test_a_browser_that_goes_away_and_comes_back(alice: Person) -> None:
    invocation = UnderWay(alice, event='{"ticks": 100}')
    with alice.socket(invocation.id) as socket:
        messages = [json.loads(socket.recv(LATEST_S)) for _ in range(6)]
        # As a laptop that is closed: nobody says goodbye.
        socket.socket.close()
        with pytest.raises((ConnectionClosed, OSError)):
            socket.send("anybody?")
    time.sleep(BROWSER_AWAY_S)
    with alice.socket(invocation.id, after=messages[-1]["seq"]) as socket:
        messages += [json.loads(socket.recv(LATEST_S)) for _ in range(6)]
    assert invocation.ended()["outcome"] == "ok"
    # And once more after the end.
    messages += alice.follow(invocation.id, after=messages[-1]["seq"])
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
    assert messages == invocation.so_far()
    assert invocation.printed() == ticks(100)
