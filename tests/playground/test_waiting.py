"""What somebody hears whose invocation waits, on a whole playground that runs one of each owner at once."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.client import Person, until_closed
from tests.playground.lambda_api.clients import create, lambda_client
from tests.serving import Served

SLEEPING = "export const handler = (ms) => new Promise((resolve) => setTimeout(resolve, ms));"


@pytest.fixture(scope="module")
def busy() -> Iterator[Served]:
    served = Served(
        SANDBOX="local",
        WAITING_SANDBOXES="1",
        INVOCATIONS_PER_OWNER_MAX="1",
        QUEUED_PER_OWNER_MAX="2",
        LAMBDA_API_QUEUE_WAIT_SECONDS="0.5",
    )
    try:
        yield served.wait_until_ready()
    finally:
        served.stop()


def test_the_place_in_the_queue_is_told_until_it_begins(busy: Served) -> None:
    alice = Person(busy.url)
    with alice.socket(alice.submit(SLEEPING, event="3000", timeout=20)) as running:
        json.loads(running.recv(30))
        second, third = (alice.submit(SLEEPING, event="1500", timeout=20) for _ in range(2))
        assert alice.read(third)["queue_position"] == 2
        with alice.socket(third) as waiting:
            messages, code = until_closed(waiting)
    places = [message for message in messages if message["type"] == "queue"]
    assert places == [{"type": "queue", "position": 2}, {"type": "queue", "position": 1}]
    assert messages[: len(places)] == places
    events = messages[len(places) :]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert (events[-1]["outcome"], code) == ("ok", 1000)
    assert alice.read(third)["queue_position"] is None
    assert alice.follow(third) == events
    assert alice.read(second)["outcome"] == "ok"


def test_a_cancelled_one_makes_room_for_the_next(busy: Served) -> None:
    alice = Person(busy.url)
    body: dict[str, Any] = {"files": {"index.mjs": SLEEPING}, "event": "20000", "timeout": 30}
    running = alice.submit(SLEEPING, event="20000", timeout=30)
    with alice.socket(running) as socket:
        socket.recv(30)
    waiting = [alice.submit(SLEEPING, event="20000", timeout=30) for _ in range(2)]
    refusal = alice.post("/api/invocations", body)
    assert (refusal.status_code, refusal.headers["Retry-After"]) == (429, "1")
    alice.cancel(waiting[0])
    assert alice.post("/api/invocations", body).status_code == 202
    for unfinished in (*waiting, running):
        alice.cancel(unfinished)


def test_a_wait_that_is_too_long_is_throttled_as_on_aws(busy: Served) -> None:
    client = lambda_client(busy.url, key="AKIABUSY")
    name = create(client, {"index.mjs": SLEEPING}, Timeout=20)
    person = lambda_client(busy.url, key="AKIABUSY")
    first = threading.Thread(target=lambda: person.invoke(FunctionName=name, Payload=b"3000"))
    first.start()
    errors: list[Any] = []
    while first.is_alive() and not errors:
        try:
            client.invoke(FunctionName=name, Payload=b"0")
        except client.exceptions.TooManyRequestsException as error:
            errors.append(error.response)
    first.join()
    (told,) = errors
    assert told["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert told["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
    assert told["Error"]["Message"] == "Rate Exceeded."
