"""What is told live, and to whom: over the whole playground."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from playground.workshops.limits import SOCKETS_PER_PARTICIPANT_MAX
from tests.client import Person, until_closed
from tests.workshop import Participant, Workshop, led
from tests.workshop_plan import EXERCISE

pytestmark = [pytest.mark.xdist_group("playground"), pytest.mark.timeout(180)]
PATIENCE_S = 30
NOT_FOUND = 4404
TRY_AGAIN = 1013


@pytest.fixture(scope="module")
def workshop(playground: str) -> Workshop:
    return led(Person(playground))


@contextmanager
def socket(person: Person, path: str) -> Iterator[ClientConnection]:
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.http.cookies.jar)
    headers = {"Cookie": cookies}
    address = person.url.replace("http", "ws", 1) + path
    with connect(address, additional_headers=headers, origin=Origin(person.url), proxy=None) as opened:
        yield opened


def until(opened: ClientConnection, holds: Any) -> Any:
    """The first message of which something holds."""
    give_up = time.monotonic() + PATIENCE_S
    while True:
        message = json.loads(opened.recv(max(0.1, give_up - time.monotonic())))
        if holds(message):
            return message


def test_a_wall_is_followed_by_whoever_leads_alone(workshop: Workshop, playground: str) -> None:
    path = f"/ws/workshops/{workshop.id}/wall"
    for somebody in (Person(playground), workshop.joined("curious").person):
        with socket(somebody, path) as opened:
            assert until_closed(opened) == ([], NOT_FOUND)
    with socket(workshop.leads, path) as opened:
        assert until(opened, lambda message: message["type"] == "wall")["workshop"]["title"] == "Cold starts"


def test_a_link_that_opens_nothing_is_told_nothing(playground: str) -> None:
    with socket(Person(playground), "/ws/participants/nothing") as opened:
        assert until_closed(opened) == ([], NOT_FOUND)


def test_whoever_takes_part_hears_of_what_is_for_all_and_for_them(workshop: Workshop) -> None:
    ada, bob = workshop.joined("hears"), workshop.joined("elsewhere")
    with socket(ada.person, f"/ws/participants/{ada.token}") as opened:
        assert until(opened, lambda message: message["name"] == "hears")["announcements"] == []
        workshop.steer(announcement="Hello all")
        until(opened, lambda message: [one["text"] for one in message["announcements"]] == ["Hello all"])
        workshop.note(bob, "for bob alone")
        workshop.note(ada, "for ada alone")
        told = until(opened, lambda message: message["notes"])
        assert [one["text"] for one in told["notes"]] == ["for ada alone"]
        workshop.steer(close=[EXERCISE])
        until(opened, lambda message: EXERCISE not in [one["id"] for one in message["exercises"]])
        workshop.steer(open=[EXERCISE])


def test_the_connection_of_somebody_who_is_removed_is_closed_and_the_row_goes(workshop: Workshop) -> None:
    eve = workshop.joined("removed")
    with (
        socket(eve.person, f"/ws/participants/{eve.token}") as opened,
        socket(workshop.leads, f"/ws/workshops/{workshop.id}/wall") as wall,
    ):
        until(opened, lambda message: message["name"] == "removed")
        until(wall, lambda message: eve.id in [row["id"] for row in message["participants"]])
        workshop.form(f"{workshop.path}/participants/{eve.id}/remove")
        assert until_closed(opened)[1] == NOT_FOUND
        until(wall, lambda message: eve.id in message.get("removed", []))


def test_one_participant_holds_so_many_connections_and_nobody_else_waits(workshop: Workshop) -> None:
    eve, ada = workshop.joined("opens many"), workshop.joined("opens one")
    path = f"/ws/participants/{eve.token}"
    with ExitStack() as stack:
        many = [stack.enter_context(socket(eve.person, path)) for _ in range(SOCKETS_PER_PARTICIPANT_MAX)]
        for one in many:
            until(one, lambda message: message["name"] == "opens many")
        with socket(eve.person, path) as refused:
            assert until_closed(refused) == ([], TRY_AGAIN)
        with socket(ada.person, f"/ws/participants/{ada.token}") as opened:
            until(opened, lambda message: message["name"] == "opens one")
        many[0].close()
        time.sleep(1)
        with socket(eve.person, path) as again:
            until(again, lambda message: message["name"] == "opens many")


class Key:
    """What a participant's page has: the key with which it runs tests and reads them."""

    def __init__(self, somebody: Participant) -> None:
        page = somebody.person.http.get(f"/w/{somebody.token}").text
        found = re.search(r'"visitor": "([^"]+)"', page)
        assert found, page
        self.person = somebody.person
        self.key = found[1]
        self.headers = {"X-Playground-Visitor": self.key, "Origin": self.person.url}

    def get(self, path: str) -> httpx.Response:
        return self.person.http.get(path, headers=self.headers)

    def submit(self, source: str) -> httpx.Response:
        body = {"files": {"index.mjs": source}, "timeout": 60}
        headers = {**self.headers, "X-CSRFToken": self.person.http.cookies["csrftoken"]}
        return self.person.http.post("/api/invocations", json=body, headers=headers)

    @contextmanager
    def follow(self, invocation: str) -> Iterator[ClientConnection]:
        with self.person.page_socket() as opened:
            opened.send(json.dumps({"follow": invocation, "visitor": self.key}))
            yield opened


def removed(workshop: Workshop, somebody: Participant) -> None:
    workshop.form(f"{workshop.path}/participants/{somebody.id}/remove")


def deleted(workshop: Workshop, _: Participant) -> None:
    workshop.form(f"{workshop.path}/delete", sure="yes")


@pytest.mark.parametrize("goes", [removed, deleted])
def test_whoever_is_no_longer_in_reads_nothing_any_more_with_anything_they_have(
    playground: str, goes: Any
) -> None:
    workshop = led(Person(playground))
    eve = workshop.joined("goes")
    key = Key(eve)
    before = key.submit("export const handler = async () => 'mine';").json()["id"]
    give_up = time.monotonic() + PATIENCE_S
    while key.get(f"/api/invocations/{before}").json()["state"] != "finished":
        assert time.monotonic() < give_up
        time.sleep(0.1)
    slow = key.submit("export const handler = () => new Promise((done) => setTimeout(done, 45000));").json()[
        "id"
    ]
    eve.ask("PUT", f"/exercises/{EXERCISE}/work", {"files": {"index.mjs": "// mine"}, "revision": 0})
    attempt = eve.ask("POST", f"/exercises/{EXERCISE}/attempts", {}, 202)["id"]
    with (
        key.follow(slow) as run,
        socket(eve.person, f"/ws/participants/{eve.token}") as room,
    ):
        until(run, lambda frame: any(message.get("state") == "running" for message in frame["messages"]))
        until(room, lambda message: message["name"] == "goes")
        goes(workshop, eve)
        assert until_closed(room)[1] == NOT_FOUND
        until(run, lambda frame: frame["messages"][-1]["type"] in {"finished", "unknown"})

    for path in (
        f"/api/invocations/{before}",
        f"/api/invocations/{slow}",
        f"/api/invocations/{before}/events",
    ):
        assert key.get(path).status_code == 404, path
    assert before not in key.get("/api/invocations").text
    for invocation in (before, slow):
        with key.follow(invocation) as opened:
            assert json.loads(opened.recv(PATIENCE_S))["messages"] == [{"type": "unknown"}]
    assert key.submit("export const handler = async () => 1;").status_code == 429
    for path in ("", f"/exercises/{EXERCISE}", f"/attempts/{attempt}", "/showing"):
        eve.ask("GET", path, status=404)
    eve.ask("PUT", f"/exercises/{EXERCISE}/work", {"files": {}, "revision": 1}, 404)
    assert eve.person.http.get(f"/w/{eve.token}").status_code == 404
    # The cookies of the same browser reach nothing of it either.
    assert eve.person.http.get(f"/api/invocations/{before}").status_code == 404
