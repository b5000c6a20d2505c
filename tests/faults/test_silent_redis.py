"""Redis is stopped by SIGSTOP, and neither killed nor restarted: what needs no Redis goes on at its pace."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.client import Person
from tests.faults.service import LATEST_S, TICKING, heals, submission, works
from tests.serving import Served
from tests.workshop import Participant, Workshop
from tests.workshop_plan import EXERCISE
from tests.workshop_sockets import Wall

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(240)]
SAVED_WITHIN_S = 2.5
"""A loaded machine included: a save itself waits half a second at most, or for those before it in the line."""
MOMENT_S = 1.0
MANY = 12
"""More than the threads that the database has."""
TOLD_WITHIN_S = 10.0
Save = Callable[[], httpx.Response]


@pytest.fixture
def workshop(healing: Served) -> Workshop:
    return Workshop(Person(healing.url), None)


@contextmanager
def silent(served: Served) -> Iterator[None]:
    redis = served.parts()["redis"]
    os.kill(redis, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(redis, signal.SIGCONT)


def put(person: Person, path: str, body: object) -> httpx.Response:
    headers = {"X-CSRFToken": person.http.cookies["csrftoken"], "Origin": person.url}
    return person.http.put(path, json=body, headers=headers)


def saves_of(person: Person, leads: Workshop, somebody: Participant) -> dict[str, Save]:
    """Everything that somebody keeps for good, once each."""
    function = {"files": {"index.mjs": TICKING}, "function_name": "kept"}
    snippet = f"/api/snippets/{person.post('/api/snippets', function).json()['id']}"
    plan = leads.leads.http.get(f"/api{leads.path}/plan").json()
    own = f"/api/participants/{somebody.token}"
    exercise = f"{own}/exercises/{EXERCISE}"
    work: dict[str, Any] = {"files": {"index.mjs": "// kept"}, "timeout": 3, "revision": 0}
    return {
        "snippet": lambda: put(person, snippet, function),
        "version": lambda: person.post(f"{snippet}/versions", {}),
        "link": lambda: person.post(f"{snippet}/shares", {}),
        "work": lambda: put(somebody.person, f"{exercise}/work", work),
        "hint": lambda: somebody.person.post(f"{exercise}/hints"),
        "hand": lambda: somebody.person.post(f"{own}/hand", {"raised": True}),
        "plan": lambda: put(leads.leads, f"/api{leads.path}/plan", plan),
        "steer": lambda: leads.leads.post(f"/api{leads.path}/steer", {"announcement": "Still here"}),
    }


def timed(save: Save) -> float:
    begun = time.monotonic()
    answer = save()
    assert answer.status_code in {200, 201}, answer.text
    return time.monotonic() - begun


def test_nobody_who_saves_waits_for_it_and_the_wall_is_told_afterwards(
    healing: Served, alice: Person, workshop: Workshop
) -> None:
    somebody = workshop.joined("ada")
    wall = Wall(workshop.leads, f"/ws/workshops/{workshop.id}/wall")
    wall.until_rows(lambda rows: somebody.id in rows, TOLD_WITHIN_S)
    saves = saves_of(alice, workshop, somebody)
    with silent(healing):
        took = {name: timed(save) for name, save in saves.items()}
        assert max(took.values()) < SAVED_WITHIN_S, took
        assert sum(took.values()) < 2 * SAVED_WITHIN_S, took
    wall.until_rows(
        lambda rows: rows[somebody.id]["hand_raised_at"] and rows[somebody.id]["cells"][EXERCISE]["revision"],
        TOLD_WITHIN_S,
    )
    wall.close()
    heals(healing.url)


def test_whoever_saves_does_not_wait_behind_those_who_submit(
    healing: Served, alice: Person, bob: Person, workshop: Workshop
) -> None:
    saves = saves_of(alice, workshop, workshop.joined("bob"))
    bob.http.timeout = httpx.Timeout(LATEST_S)
    # What is known of the workers is believed for a second; from then on a submission asks Redis.
    time.sleep(MOMENT_S)
    with silent(healing), ThreadPoolExecutor(MANY) as others:
        submitted = [others.submit(submission, bob) for _ in range(MANY)]
        time.sleep(0.1)
        took = timed(saves["snippet"])
        assert took < SAVED_WITHIN_S
        assert {one.result().status_code for one in submitted} <= {429, 503}
    heals(healing.url)
    works(bob)


def test_one_that_is_silent_for_a_moment_fails_nobody(
    healing: Served, alice: Person, bob: Person, workshop: Workshop
) -> None:
    saves = saves_of(alice, workshop, workshop.joined("carol"))
    with ThreadPoolExecutor(len(saves) + 2) as people:
        with silent(healing):
            saved = [people.submit(timed, save) for save in saves.values()]
            submitted = people.submit(submission, bob)
            page = people.submit(bob.http.get, "/")
            time.sleep(MOMENT_S)
        assert submitted.result().status_code == 202
        assert page.result().status_code == 200
        assert max(one.result() for one in saved) < SAVED_WITHIN_S
    works(bob)
