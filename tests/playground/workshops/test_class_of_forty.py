"""Forty people in one workshop at once: joined within 20 s, all checks run at once, connections lost and found."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.client import Person
from tests.workshop import Participant, Workshop, led
from tests.workshop_plan import EXERCISE, HIDDEN, SOLVED
from tests.workshop_sockets import Following, Wall

pytestmark = [pytest.mark.xdist_group("playground"), pytest.mark.timeout(300)]
CLASS = 40
JOINED_WITHIN_S = 20.0
CHECKED_WITHIN_S = 120.0
RIGHT_WITHIN_S = 1.0
LOOK_EACH_S = 0.05


def everybody(work: Any, people: Any) -> list[Any]:
    """Do something for all at once."""
    with ThreadPoolExecutor(CLASS) as threads:
        return list(threads.map(work, people))


def state_of(somebody: Participant) -> Any:
    return next(one for one in somebody.ask("GET")["exercises"] if one["id"] == EXERCISE)


def test_forty_join_edit_check_and_come_back_and_nobody_sees_anothers(playground: str) -> None:
    workshop: Workshop = led(Person(playground))
    wall = Wall(workshop.leads, f"/ws/workshops/{workshop.id}/wall")
    browsers = [Person(playground) for _ in range(CLASS)]

    begun = time.monotonic()
    people = everybody(
        lambda pair: workshop.joined(pair[0], pair[1]),
        [(f"laptop-{number:02}", browser) for number, browser in enumerate(browsers)],
    )
    sockets = everybody(lambda one: Following(one.person, f"/ws/participants/{one.token}"), people)
    wall.until_rows(lambda rows: sum(row["is_here"] for row in rows.values()) == CLASS, JOINED_WITHIN_S)
    assert time.monotonic() - begun < JOINED_WITHIN_S

    # Each writes code with a mark of their own, half of it wrong.
    def edit(pair: tuple[int, Participant]) -> None:
        number, somebody = pair
        mark = f"// mark-{number:02}\n"
        source = mark + (SOLVED["index.mjs"] if number % 2 else "export const handler = async () => 0;")
        work = {"files": {"index.mjs": source}, "revision": 0}
        somebody.ask("PUT", f"/exercises/{EXERCISE}/work", work)

    everybody(edit, enumerate(people))
    wall.until_rows(
        lambda rows: all(row["cells"].get(EXERCISE, {}).get("revision") == 1 for row in rows.values()),
        JOINED_WITHIN_S,
    )

    # All check at once, and half of them lose their connection meanwhile.
    def check(somebody: Participant) -> set[str]:
        path = f"/exercises/{EXERCISE}/attempts"
        return {somebody.ask("POST", path, {}, 202)["id"]}

    attempts = everybody(check, people)
    for socket in sockets[::2]:
        socket.close()
    again = everybody(lambda one: Following(one.person, f"/ws/participants/{one.token}"), people[::2])

    give_up = time.monotonic() + CHECKED_WITHIN_S
    while any(state_of(one)["running"] for one in people):
        assert time.monotonic() < give_up
        time.sleep(LOOK_EACH_S)
    took = wall.until_rows(
        lambda rows: all(
            row["cells"][EXERCISE]["attempts"] == 1 and not row["cells"][EXERCISE]["running"]
            for row in rows.values()
        ),
        JOINED_WITHIN_S,
    )
    assert took < RIGHT_WITHIN_S
    rows = wall.rows()
    for number, somebody in enumerate(people):
        cell = rows[somebody.id]["cells"][EXERCISE]
        assert (cell["last"]["passed"], cell["is_done"]) == ((2, True) if number % 2 else (0, False)), number

    # Every attempt is there once, with each of its runs.
    taken = workshop.leads.http.get(f"{workshop.path}/attempts.json").json()["checks"]
    assert len(taken) == CLASS * 2
    assert len({(row["participant_id"], row["check"]) for row in taken}) == CLASS * 2
    for somebody, ids in zip(people, attempts, strict=True):
        shown = somebody.ask("GET", f"/exercises/{EXERCISE}")
        assert {one["id"] for one in shown["attempts"]} == ids

    # Whoever came back has been told of the end, and nobody of anybody else, nor of what is hidden.
    for number, somebody in enumerate(people):
        seen = json.dumps([somebody.ask("GET"), somebody.ask("GET", f"/exercises/{EXERCISE}")])
        socket = again[number // 2] if number % 2 == 0 else sockets[number]
        seen += json.dumps(socket.messages)
        assert socket.messages[-1]["exercises"][0]["attempts"] == 1
        assert HIDDEN not in seen
        others = [
            f"{kind}-{other:02}" for other in range(CLASS) if other != number for kind in ("laptop", "mark")
        ]
        assert not [one for one in others if one in seen]
    for socket in (*sockets, *again, wall):
        socket.close()
