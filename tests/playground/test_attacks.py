"""Clients that keep the web process busy without asking for anything: each is told, and nobody else notices."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPResponse
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.client import Message, Person, texts, until_closed
from tests.second_web import SecondWeb
from tests.serving import Served
from tests.worker_process import until

LIMITED = {
    "CONNECTIONS_PER_ADDRESS_MAX": "40",
    "WEBSOCKETS_PER_OWNER_MAX": "2",
    "WEBSOCKETS_PER_ADDRESS_MAX": "3",
    "BODY_BYTES_PER_ADDRESS_MAX": "2000000",
}
SHORT_S = 3
IMPATIENT = {
    "REQUEST_HEAD_SECONDS": str(SHORT_S),
    "REQUEST_BODY_SECONDS": str(SHORT_S),
    "RESPONSE_STALLED_SECONDS": str(SHORT_S),
}
SILENT = (
    f"export const handler = async () => {{ await new Promise((go) => setTimeout(go, {3 * SHORT_S}000)); }};"
)
WAITS = "export const handler = async () => { await new Promise((resume) => setTimeout(resume, 60000)); };"
LINES = 2_000
WRITES_700_KB = f"""
export const handler = async () => {{
  for (let line = 0; line < {LINES}; line++) console.log(String(line).padStart(300, '.'));
}};
"""
READS_NOTHING_BY_ITSELF: dict[str, Any] = {"max_queue": 1, "ping_interval": None}
"""What keeps a client from reading ahead of whoever asks it for a message."""
ANSWERS_6_MB = "export const handler = async () => 'x'.repeat(6_000_000);"
HEAD = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CREATE_FUNCTION = "/2015-03-31/functions"


@pytest.fixture(scope="module")
def limited(served: Served) -> Iterator[SecondWeb]:
    with SecondWeb(served, **LIMITED) as web:
        yield web


@pytest.fixture(scope="module")
def impatient(served: Served) -> Iterator[SecondWeb]:
    with SecondWeb(served, **IMPATIENT) as web:
        yield web


@contextmanager
def connected(web: SecondWeb, first: bytes = b"", receive_bytes: int = 0) -> Iterator[socket.socket]:
    """A connection on which something was sent."""
    with socket.socket() as client:
        if receive_bytes:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        client.settimeout(60)
        client.connect(("127.0.0.1", web.port))
        client.sendall(first)
        yield client


def body_of(path: str, length: int, sent: int) -> bytes:
    """A request with only a part of its body."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n"
    return head.encode() + b"x" * sent


def answer(client: socket.socket) -> tuple[int, str, dict[str, object]]:
    """Status, Retry-After and body of what comes without anything more being sent."""
    response = HTTPResponse(client)
    response.begin()
    return response.status, response.headers.get("Retry-After", ""), json.loads(response.read())


def sentence(body: dict[str, object]) -> str:
    errors = body["errors"]
    assert isinstance(errors, list)
    return str(errors[0]["message"])


def answers(web: SecondWeb) -> bool:
    """Whether somebody else is served."""
    return httpx.get(f"{web.url}/static/favicon.svg", trust_env=False).status_code == 200


def test_a_socket_that_says_nothing_is_closed(impatient: SecondWeb) -> None:
    with connected(impatient) as silent, connected(impatient, b"\r\n") as nearly:
        assert (silent.recv(100), nearly.recv(100)) == (b"", b"")


def test_a_socket_that_has_asked_once_is_closed_as_well(impatient: SecondWeb) -> None:
    with connected(impatient, HEAD + b"\r\n") as client:
        response = HTTPResponse(client)
        response.begin()
        response.read()
        client.sendall(b"\r\n")
        assert client.recv(100) == b""


def test_a_head_that_does_not_end_is_told(impatient: SecondWeb) -> None:
    with connected(impatient, HEAD + b"X-Slow: ") as client:
        status, _, body = answer(client)
        assert (status, sentence(body)) == (408, f"The head of a request may take {SHORT_S} seconds.")
        assert client.recv(1) == b""


def test_a_head_of_any_size_is_told(limited: SecondWeb) -> None:
    with connected(limited, HEAD + b"X-Large: " + b"x" * 66_000) as client:
        status, _, body = answer(client)
        assert (status, sentence(body)) == (431, "The head of a request may have 65536 bytes at most.")


def test_a_body_that_comes_too_slowly_is_told(impatient: SecondWeb) -> None:
    with connected(impatient, body_of("/api/invocations", 1_000, 10)) as client:
        status, _, body = answer(client)
        assert status == 408
        assert sentence(body).startswith(f"A body may take {SHORT_S} seconds, and one more for each")
    with connected(impatient, body_of(CREATE_FUNCTION, 1_000, 10)) as client:
        status, _, body = answer(client)
        assert status == 408
        assert str(body["message"]).startswith(f"A body may take {SHORT_S} seconds")


def test_many_connections_from_one_address_are_refused_until_some_go(limited: SecondWeb) -> None:
    most = int(LIMITED["CONNECTIONS_PER_ADDRESS_MAX"])
    with ExitStack() as stack:
        for _ in range(most):
            stack.enter_context(connected(limited))
        with connected(limited) as one_more:
            status, retry_after, body = answer(one_more)
        assert (status, retry_after) == (429, "1")
        assert sentence(body) == "Too many connections from your address are open."
    until(lambda: answers(limited))


def test_a_websocket_stays_open_while_nothing_happens(impatient: SecondWeb) -> None:
    person = Person(impatient.url)
    finished = person.follow(person.submit(SILENT, timeout=4 * SHORT_S))[-1]
    assert (finished["type"], finished["outcome"]) == ("finished", "ok")


def test_many_websockets_of_an_owner_or_an_address_are_refused_until_some_go(limited: SecondWeb) -> None:
    alice, bob, carol = (Person(limited.url) for _ in range(3))
    ids = {person: person.submit(WAITS, timeout=120) for person in (alice, bob, carol)}
    with alice.socket(ids[alice]), alice.socket(ids[alice]):
        with pytest.raises(InvalidStatus) as refused, alice.socket(ids[alice]):
            pass
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers["Retry-After"] == "1"
        assert (
            "You have 2 WebSockets open, and no more may be." in bytes(refused.value.response.body).decode()
        )
        with bob.socket(ids[bob]):
            with pytest.raises(InvalidStatus) as refused, carol.socket(ids[carol]):
                pass
            assert "3 WebSockets from your address are open" in bytes(refused.value.response.body).decode()

    def is_followed() -> bool:
        try:
            with carol.socket(ids[carol]) as opened:
                return bool(opened.recv(30))
        except InvalidStatus:
            return False

    until(is_followed)
    for person, one in ids.items():
        person.cancel(one)


def test_many_large_bodies_from_one_address_are_refused_until_some_go(limited: SecondWeb) -> None:
    alice = Person(limited.url)
    part = body_of("/api/invocations", 2_000_000, 900_000)
    with connected(limited, part), connected(limited, part):
        for path in ("/api/invocations", CREATE_FUNCTION):
            with connected(limited, body_of(path, 2_000_000, 400_000)) as third:
                status, retry_after, body = answer(third)
            assert (status, retry_after) == (429, "1")
            assert "of over 2000000 bytes from your address are under way." in json.dumps(body)
        # Whoever asks for little is served.
        assert alice.post("/api/invocations", {}).status_code == 422
    until(lambda: alice.post("/api/invocations", {"files": "x" * 1_900_000}).status_code == 422)


def test_whoever_does_not_read_an_answer_loses_it(served: Served, impatient: SecondWeb) -> None:
    # The same owner at another web process, which has more patience.
    alice = Person(served.url)
    one = alice.run(ANSWERS_6_MB, timeout=30)["id"]
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in alice.http.cookies.jar)
    asked = f"GET /api/invocations/{one}/response HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n\r\n"
    before = impatient.sockets()
    with ExitStack() as stack:
        clients = [stack.enter_context(connected(impatient, asked.encode(), 4_096)) for _ in range(8)]
        for client in clients:
            client.recv(1, socket.MSG_PEEK)
        until(lambda: impatient.sockets() <= before)
        for client in clients:
            assert received(client) < 6_000_000


def test_a_page_that_reads_late_gets_every_line_once_and_nobody_waits_for_it(served: Served) -> None:
    late, other = Person(served.url), Person(served.url)
    invocation_id = late.submit(WRITES_700_KB, timeout=30)
    with late.socket(invocation_id, **READS_NOTHING_BY_ITSELF) as events:
        until(lambda: late.read(invocation_id)["state"] == "finished")
        assert other.run("export const handler = async () => 'here';")["response"] == '"here"'
        messages, code = until_closed(events)
    assert code == 1000
    assert numbered_lines(messages) == list(range(LINES))


def test_a_page_that_reads_too_late_is_dropped_and_gets_the_rest_when_it_comes_back(
    served: Served, impatient: SecondWeb
) -> None:
    alice = Person(served.url)
    invocation_id = alice.run(WRITES_700_KB, timeout=30)["id"]
    alice.url = impatient.url
    with (
        connected(impatient, receive_bytes=4_096) as client,
        alice.socket(invocation_id, sock=client, **READS_NOTHING_BY_ITSELF) as events,
    ):
        first = [json.loads(events.recv())]
        connected_still = impatient.sockets()
        until(lambda: impatient.sockets() < connected_still)
        more, code = until_closed(events)
    assert code is None
    seen = [*first, *more]
    rest = alice.follow(invocation_id, after=seen[-1]["seq"])
    assert rest
    assert numbered_lines([*seen, *rest]) == list(range(LINES))


def numbered_lines(messages: list[Message]) -> list[int]:
    """The numbers that WRITES_700_KB has written, of events that are in order."""
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
    return [int(text.rpartition("\t")[2].strip(".\n")) for text in texts(messages, "stdout")]


def received(client: socket.socket) -> int:
    """How many bytes were on their way when the other end went."""
    count = 0
    with suppress(ConnectionResetError):
        while piece := client.recv(65_536):
            count += len(piece)
    return count
