"""Redis is killed, and comes back empty, while a workshop is under way: with its wall, its sockets and its checks."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from tests.client import Person
from tests.faults.service import LATEST_S, heals, kill
from tests.serving import Served
from tests.worker_process import until
from tests.workshop import Participant, Workshop
from tests.workshop_plan import EXERCISE, PLAN, SOLVED
from tests.workshop_sockets import Following, Wall

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(300)]
CLASS = 5
BACK_WITHIN_S = 15.0
"""After Redis is up again: the pages' sockets come back by themselves, and the wall is right."""
AWAY_S = 3.0
OTHER = "globals"
SLOW = {
    "index.mjs": """export const handler = async (event) => {
  await new Promise((resolve) => setTimeout(resolve, 2500));
  return `Hello, ${event.name}!`;
};"""
}


@pytest.fixture
def workshop(healing: Served) -> Workshop:
    return Workshop(Person(healing.url), {**PLAN, "title": "Under way"})


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def save(somebody: Participant, files: dict[str, str], exercise: str = EXERCISE) -> int:
    revision = somebody.ask("GET", f"/exercises/{exercise}")["work"]["revision"]
    body = {"files": files, "timeout": 10, "revision": revision}
    return int(somebody.ask("PUT", f"/exercises/{exercise}/work", body)["revision"])


def begin(somebody: Participant, exercise: str = EXERCISE) -> str:
    return str(somebody.ask("POST", f"/exercises/{exercise}/attempts", {}, 202)["id"])


def ended(somebody: Participant, attempt: str) -> Any:
    until(lambda: somebody.ask("GET", f"/attempts/{attempt}")["state"] == "finished", timeout_s=LATEST_S)
    return somebody.ask("GET", f"/attempts/{attempt}")


def knock(workshop: Workshop, name: str) -> httpx.Response:
    """Somebody tries to join; gives the last answer."""
    browser = Person(workshop.leads.url)
    page = browser.http.get(f"/join/{workshop.code}")
    found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.text)
    if page.status_code != 200 or not found:
        return page
    data = {"csrfmiddlewaretoken": found[1], "name": name}
    return browser.http.post(f"/join/{workshop.code}", data=data, headers={"Origin": browser.url})


def redis_is_away(served: Served, for_s: float) -> None:
    """Kill Redis, and each that the supervisor starts in its place, for so long."""
    give_up = time.monotonic() + for_s
    killed = kill(served, "redis")
    while time.monotonic() < give_up:
        if served.parts().get("redis", killed) != killed:
            killed = kill(served, "redis")
        time.sleep(0.02)


def test_a_workshop_goes_on_without_losing_anything(
    healing: Served, workshop: Workshop, opened: ExitStack
) -> None:
    people = [workshop.joined(f"laptop-{number}") for number in range(CLASS)]
    wall = Wall(workshop.leads, f"/ws/workshops/{workshop.id}/wall")
    sockets = [Following(one.person, f"/ws/participants/{one.token}") for one in people]
    for socket in (wall, *sockets):
        opened.callback(socket.close)
    wall.until_rows(lambda rows: sum(row["is_here"] for row in rows.values()) == CLASS, LATEST_S)

    # What there is before: work, a passed attempt, a hand, a note, an announcement.
    save(people[0], SOLVED, OTHER)
    before = begin(people[0], OTHER)
    assert ended(people[0], before)["passed"] == 2
    people[1].ask("POST", "/hand", {"raised": True})
    workshop.note(people[2], "Look at the event.")
    workshop.steer(announcement="Ten minutes left")
    for somebody in people:
        save(somebody, SLOW)
    under_way = [begin(somebody) for somebody in people]

    redis_is_away(healing, AWAY_S)
    # What needs no Redis goes on meanwhile; nobody who joins is told of an error of ours.
    mark = {"index.mjs": "// typed meanwhile"}
    save(people[3], mark, OTHER)
    people[4].ask("POST", "/hand", {"raised": True})
    answer = knock(workshop, "latecomer")
    assert answer.status_code in {302, 503}, answer.text
    if answer.status_code == 503:
        assert "Try again soon" in answer.text
    later = begin(people[3], OTHER)

    heals(healing.url)
    healed = time.monotonic()
    assert len(wall.codes) >= 1, "Redis was away, and the wall has noticed"
    if answer.status_code == 503:
        assert knock(workshop, "latecomer").status_code == 302
    people_and_latecomer = CLASS + 1

    def is_right(rows: dict[str, Any]) -> bool:
        here = [row for row in rows.values() if row["is_here"]]
        hands = {row["name"] for row in rows.values() if row["hand_raised_at"]}
        return (
            len(here) == CLASS
            and len(rows) == people_and_latecomer
            and hands == {"laptop-1", "laptop-4"}
            and rows[people[3].id]["cells"][OTHER]["revision"] == 1
            and rows[people[0].id]["cells"][OTHER]["is_done"]
        )

    # Whoever has just joined has no page open yet; the wall is told of them all the same.
    wall.until_rows(is_right, BACK_WITHIN_S)
    for socket in sockets:
        socket.until(lambda socket=socket: "Ten minutes left" in str(socket.messages[-1]), BACK_WITHIN_S)  # type: ignore[misc]
    assert "Look at the event." in str(sockets[2].messages[-1]["notes"])
    assert time.monotonic() - healed < BACK_WITHIN_S

    # Each attempt has one end: its checks have passed, or say why nothing is known of them.
    for somebody, attempt in (*zip(people, under_way, strict=True), (people[3], later), (people[0], before)):
        told = ended(somebody, attempt)
        assert len(told["results"]) == 2, told
        for result in told["results"]:
            assert result["passed"] or result["interrupted"] or attempt == later, told
        assert told["passed"] + told["failed"] + told["interrupted"] == 2
        exercise = EXERCISE if attempt in under_way else OTHER
        kept = somebody.ask("GET", f"/exercises/{exercise}")
        assert [one["id"] for one in kept["attempts"]] == [attempt]
    wall.until_rows(
        lambda rows: all(cell["running"] is None for row in rows.values() for cell in row["cells"].values()),
        BACK_WITHIN_S,
    )
    assert people[3].ask("GET", f"/exercises/{OTHER}")["work"]["files"] == mark

    # New checks work, and the wall and the participants hear of it as they do otherwise.
    new = begin(people[1], EXERCISE)
    told = ended(people[1], new)
    assert told["passed"] == 2
    wall.until_rows(lambda rows: rows[people[1].id]["cells"][EXERCISE]["is_done"], 5)
    sockets[1].until(lambda: sockets[1].messages[-1]["exercises"][0]["is_done"], 5)
