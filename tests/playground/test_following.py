"""One invocation from the page's point of view, on a whole playground: submit, follow, cancel, read again."""

import json
import time
import uuid
from collections.abc import Iterable
from itertools import repeat

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from playground.web import WEBSOCKET_FRAME_BYTES_MAX
from tests.client import Person, texts, until_closed

TWO_LINES = """
export const handler = async (event) => {
  console.log("first");
  await new Promise((resolve) => setTimeout(resolve, event.ms ?? 0));
  console.error("second");
  return { text: "grün", event };
};
"""


@pytest.fixture
def alice(playground: str) -> Person:
    return Person(playground)


def test_an_invocation_tells_everything_in_order(alice: Person) -> None:
    invocation_id = alice.submit(TWO_LINES, event='{"ms": 50}')
    messages = alice.follow(invocation_id)
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
    states = [message["state"] for message in messages if message["type"] == "state"]
    assert states[0] == "starting"
    assert states[-1] == "running"
    function = [text for text in texts(messages) if f"\t{invocation_id}\t" in text]
    assert [text.split("\t")[2:] for text in function] == [["INFO", "first"], ["ERROR", "second"]]
    platform = texts(messages, "platform")
    assert [text.split()[0] for text in platform] == ["START", "END", "REPORT"]
    assert all(invocation_id in text for text in platform)
    last = messages[-1]
    assert (last["type"], last["outcome"]) == ("finished", "ok")
    assert json.loads(last["response"]) == {"text": "grün", "event": {"ms": 50}}
    assert last["metrics"]["queue_ms"] >= 0


def test_the_row_agrees_with_the_last_event(alice: Person) -> None:
    invocation_id = alice.submit(TWO_LINES)
    messages = alice.follow(invocation_id)
    told = alice.read(invocation_id)
    for name in ("outcome", "response", "response_size", "response_truncated", "error", "notice", "metrics"):
        assert told[name] == messages[-1][name], name
    assert alice.http.get(f"/api/invocations/{invocation_id}/events").json()["events"] == messages
    assert alice.http.get(f"/api/invocations/{invocation_id}/response").text == told["response"]


def test_the_first_line_arrives_while_the_handler_runs(alice: Person) -> None:
    arrivals = {}
    with alice.socket(alice.submit(TWO_LINES, event='{"ms": 2000}')) as socket:
        for text in socket:
            message = json.loads(text)
            arrivals[message.get("text", "").split("\t")[-1] or message["type"]] = time.monotonic()
    assert arrivals["finished"] - arrivals["first"] >= 1.5


def test_a_page_that_comes_back_gets_every_later_event_once(alice: Person) -> None:
    source = """export const handler = async () => {
      for (let i = 0; i < 30; i++) { console.log(`line ${i}`); await new Promise((r) => setTimeout(r, 20)); }
    };"""
    invocation_id = alice.submit(source)
    seen: list[int] = []
    finished = False
    while not finished:
        with alice.socket(invocation_id, after=seen[-1] if seen else 0) as socket:
            for _ in range(7):
                message = json.loads(socket.recv(30))
                seen.append(message["seq"])
                if finished := message["type"] == "finished":
                    break
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) >= 34


def test_nobody_else_can_follow(alice: Person, playground: str) -> None:
    invocation_id = alice.submit(TWO_LINES)
    for reader, wanted in ((Person(playground), invocation_id), (alice, str(uuid.uuid4()))):
        with reader.socket(wanted) as socket:
            assert until_closed(socket) == ([], 4404)


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example", "http://127.0.0.1:1"])
def test_whoever_is_not_on_the_page_cannot_open_the_socket(alice: Person, origin: str | None) -> None:
    address = f"{alice.url.replace('http', 'ws', 1)}/ws/invocations/{alice.submit(TWO_LINES)}"
    cookies = {"Cookie": f"owner={alice.http.cookies['owner']}"}
    with pytest.raises(InvalidStatus) as refused:
        connect(address, origin=Origin(origin) if origin else None, additional_headers=cookies, proxy=None)
    assert refused.value.response.status_code == 403


def test_a_frame_that_is_too_long_closes_the_connection_and_ends_nothing_else(alice: Person) -> None:
    invocation_id = alice.submit(TWO_LINES, event='{"ms": 1000}')
    with alice.socket(invocation_id) as socket:
        socket.send("x" * (WEBSOCKET_FRAME_BYTES_MAX + 1))
        assert until_closed(socket)[1] == 1009
    with alice.socket(invocation_id) as socket:
        socket.send("what a client says")
        socket.send(b"is not read")
        messages, code = until_closed(socket)
    assert (messages[-1]["outcome"], code) == ("ok", 1000)


@pytest.mark.parametrize("after", ["-1", "x", "9" * 40])
def test_a_number_that_is_none_is_told_by_the_close_code(alice: Person, after: str) -> None:
    with alice.socket(alice.submit(TWO_LINES), after=after) as socket:
        assert until_closed(socket) == ([], 4400)


def test_a_running_invocation_is_cancelled(alice: Person) -> None:
    invocation_id = alice.submit(TWO_LINES, event='{"ms": 30000}', timeout=60)
    with alice.socket(invocation_id) as socket:
        while "first" not in str(socket.recv(30)):
            pass
        began = time.monotonic()
        alice.cancel(invocation_id)
        messages, code = until_closed(socket)
    assert time.monotonic() - began < 3
    assert (messages[-1]["outcome"], code) == ("cancelled", 1000)
    assert alice.read(invocation_id)["outcome"] == "cancelled"


def test_cancelling_at_once_ends_it_wherever_it_is(alice: Person) -> None:
    for pause in (0, 0.01, 0.03, 0.1):
        invocation_id = alice.submit(TWO_LINES, event='{"ms": 20000}', timeout=30)
        time.sleep(pause)
        alice.cancel(invocation_id)
        began = time.monotonic()
        assert alice.follow(invocation_id)[-1]["outcome"] == "cancelled"
        assert time.monotonic() - began < 5


def test_a_flood_of_lines_arrives_whole_and_in_order(alice: Person) -> None:
    source = "export const handler = async () => { for (let i = 0; i < 3000; i++) console.log(i); };"
    messages = alice.follow(alice.submit(source, timeout=30))
    assert [text.split("\t")[-1] for text in texts(messages, "stdout")] == [str(n) for n in range(3_000)]


def test_functions_faults_are_outcomes(alice: Person) -> None:
    told = alice.run("export const handler = async () => { throw new TypeError('no \\u0000 such') };")
    assert told["outcome"] == "function_error"
    assert told["error"]["type"] == "TypeError"
    assert alice.run("export const handler = () => { for (;;); };", timeout=1)["outcome"] == "timeout"


def test_many_at_once_all_end(playground: str) -> None:
    people = [Person(playground) for _ in range(4)]
    asked = [
        (person, person.submit(TWO_LINES, event=json.dumps({"ms": n}))) for n in range(3) for person in people
    ]
    for person, invocation_id in asked:
        assert person.follow(invocation_id)[-1]["outcome"] == "ok"


@pytest.mark.parametrize("is_told_its_length", [True, False])
def test_a_body_that_is_too_large_is_refused_before_it_is_kept(
    playground: str, is_told_its_length: bool
) -> None:
    mebibyte = b" " * 1024 * 1024
    content: bytes | Iterable[bytes] = mebibyte * 33 if is_told_its_length else repeat(mebibyte, 50)
    answer = httpx.post(
        f"{playground}/api/invocations",
        content=content,
        headers={"Content-Type": "application/json"},
        trust_env=False,
    )
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["message"]


def test_the_largest_event_fits(alice: Person) -> None:
    event = json.dumps("x" * (6_291_456 - 2))
    told = alice.run(
        "export const handler = async (event) => event.length;", event=event, memory_size=512, timeout=20
    )
    assert told["response"] == str(6_291_456 - 2)


def test_a_static_file_is_served_whole_cut_and_not_again(playground: str) -> None:
    with httpx.Client(base_url=f"{playground}/static/admin/css", trust_env=False) as http:
        whole = http.get("/base.css")
        assert whole.status_code == 200
        assert int(whole.headers["Content-Length"]) == len(http.get("/base.css").content)
        assert http.get("/base.css", headers={"Range": "bytes=3-9"}).content == whole.content[3:10]
        assert http.head("/base.css").content == b""
        again = http.get(
            "/base.css",
            headers={
                "If-None-Match": whole.headers.get("ETag", ""),
                "If-Modified-Since": whole.headers["Last-Modified"],
            },
        )
        assert (again.status_code, again.content) == (304, b"")
