"""The WebSocket of a page, on which it follows one run after the other."""

import asyncio
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from websockets.sync.client import ClientConnection

from playground.invocations import consumer
from playground.invocations.wish import AFTER_MAX, read_wish
from tests.client import Message, Person, texts, until_closed

SAYS = "export const handler = async (event) => { console.log(event.say); return event.say; };"
SLOW = """export const handler = async () => {
  console.log("begun");
  await new Promise((resolve) => setTimeout(resolve, 3000));
};"""


@pytest.fixture
def alice(playground: str) -> Person:
    return Person(playground)


@pytest.fixture
def socket(alice: Person) -> Iterator[ClientConnection]:
    # A browser has the cookie that says who it is from its first run.
    alice.run(SAYS, event='{"say": 0}')
    with alice.page_socket() as socket:
        yield socket


def key_of_an_embed(owner: Person) -> str:
    """What the page of an embedded snippet shows in the place of a cookie."""
    snippet = owner.post("/api/snippets", {"function_name": "shown", "files": {"index.mjs": SAYS}}).json()
    token = owner.post(f"/api/snippets/{snippet['id']}/shares", {}).json()["token"]
    html = owner.http.get(f"/embed/{token}").text
    found = re.search(r'"visitor": "([^"]+)"', html)
    assert found, html
    return found.group(1)


def follow(socket: ClientConnection, invocation_id: str, after: int = 0) -> list[Message]:
    """Every event of a run, as the page hears them."""
    socket.send(json.dumps({"follow": invocation_id, "after": after}))
    messages: list[Message] = []
    while not messages or messages[-1]["type"] not in {"finished", "unknown"}:
        messages += received(socket, invocation_id)
    return messages


def received(socket: ClientConnection, invocation_id: str) -> list[Message]:
    """The messages of one frame, which are of this run."""
    frame: dict[str, Any] = json.loads(socket.recv(30))
    assert frame.pop("invocation") == invocation_id
    messages: list[Message] = frame.pop("messages")
    assert frame == {}
    return messages


def test_one_run_after_the_other_is_told_whole_and_in_order(alice: Person, socket: ClientConnection) -> None:
    for word in ("one", "two", "three"):
        invocation_id = alice.submit(SAYS, event=json.dumps({"say": word}))
        messages = follow(socket, invocation_id)
        assert messages == alice.http.get(f"/api/invocations/{invocation_id}/events").json()["events"]
        assert json.loads(messages[-1]["response"]) == word


def test_a_run_that_is_over_is_told_from_the_number_that_was_seen(
    alice: Person, socket: ClientConnection
) -> None:
    invocation_id = alice.submit(SAYS, event='{"say": "x"}')
    messages = follow(socket, invocation_id)
    assert follow(socket, invocation_id, after=messages[2]["seq"]) == messages[3:]


def test_a_long_log_comes_in_few_frames(alice: Person, socket: ClientConnection) -> None:
    says = "export const handler = async () => { for (let n = 0; n < 2000; n++) console.log(n); };"
    invocation_id = str(alice.run(says)["id"])
    socket.send(json.dumps({"follow": invocation_id}))
    frames = [received(socket, invocation_id)]
    while frames[-1][-1]["type"] != "finished":
        frames.append(received(socket, invocation_id))
    told = [message for frame in frames for message in frame]
    assert [text.strip().split("\t")[-1] for text in texts(told, "stdout")] == [str(n) for n in range(2000)]
    assert len(frames) < 30
    assert max(map(len, frames)) <= consumer.FRAME_MESSAGES_MAX


def test_another_wish_takes_the_place_of_the_one_before(alice: Person, socket: ClientConnection) -> None:
    slow = alice.submit(SLOW, timeout=10)
    socket.send(json.dumps({"follow": slow}))
    while "begun" not in str(socket.recv(30)):
        pass
    quick = alice.submit(SAYS, event='{"say": "quick"}')
    messages = follow(socket, quick)
    assert messages[-1]["response"] == '"quick"'
    again = follow(socket, slow)
    assert [text.split("\t")[-1] for text in texts(again, "stdout")] == ["begun"]
    assert again[-1]["outcome"] == "ok"


def test_nobody_elses_run_is_told_and_the_next_one_can_be_asked_for(
    alice: Person, socket: ClientConnection, playground: str
) -> None:
    theirs = str(Person(playground).run(SAYS, event='{"say": "theirs"}')["id"])
    for unknown in (theirs, str(uuid.uuid4())):
        assert follow(socket, unknown) == [{"type": "unknown"}]
    assert follow(socket, alice.submit(SAYS, event='{"say": 1}'))[-1]["outcome"] == "ok"


def test_whoever_is_known_by_a_visitors_key_shows_it_with_each_wish(alice: Person) -> None:
    key = key_of_an_embed(alice)
    alice.http.cookies.clear()
    body = {"files": {"index.mjs": SAYS}, "event": '{"say": 1}'}
    headers = {"X-Playground-Visitor": key}
    asked = alice.http.post("/api/invocations", json=body, headers=headers).json()
    with alice.page_socket() as socket:
        assert follow(socket, asked["id"])[-1]["type"] == "unknown"
        socket.send(json.dumps({"follow": asked["id"], "visitor": key}))
        while (message := received(socket, asked["id"])[-1])["type"] != "finished":
            pass
        assert message["response"] == "1"


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "x",
        "[]",
        b"\x00\xff",
        "[" * 4_000,
        '{"follow": 1}',
        '{"follow": "x"}',
        '{"follow": "\\ud800"}',
        '{"follow": "00000000-0000-4000-8000-000000000000", "after": -1}',
        '{"follow": "00000000-0000-4000-8000-000000000000", "after": true}',
        '{"follow": "00000000-0000-4000-8000-000000000000", "after": 1e3}',
        '{"follow": "00000000-0000-4000-8000-000000000000", "after": 9999999999999999999}',
        '{"follow": "00000000-0000-4000-8000-000000000000", "visitor": null}',
    ],
)
def test_what_is_no_wish_closes_the_socket(socket: ClientConnection, frame: str | bytes) -> None:
    socket.send(frame)
    assert until_closed(socket) == ([], 4400)


def test_a_wish_says_what_and_from_where() -> None:
    wanted = uuid.uuid4()
    wish = read_wish(json.dumps({"follow": str(wanted), "after": AFTER_MAX, "visitor": "k"}))
    assert wish is not None
    assert (wish.invocation_id, wish.after, wish.visitor) == (wanted, AFTER_MAX, "k")


def test_a_socket_on_which_nothing_is_followed_is_closed_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer, "UNUSED_S_MAX", 0.05)

    async def opened() -> dict[str, Any]:
        application: Any = consumer.PageConsumer.as_asgi()
        communicator: Any = ApplicationCommunicator
        socket = communicator(application, {"type": "websocket"})
        await socket.send_input({"type": "websocket.connect"})
        assert (await socket.receive_output(5))["type"] == "websocket.accept"
        closed: dict[str, Any] = await socket.receive_output(5)
        return closed

    closed = asyncio.run(opened())
    assert (closed["type"], closed["code"]) == ("websocket.close", 1000)
