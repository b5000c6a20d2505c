"""A picture of a wall: the shipped workshop on cold starts, with a small class that is under way."""

from dataclasses import asdict
from pathlib import Path

from playwright.sync_api import Browser, expect

from playground.snippets.function_reader import FunctionFields
from playground.workshops.plan_document import plan_document
from playground.workshops.shipped_workshops import shipped_workshop
from tests.browser.chromium import visitor
from tests.client import Person
from tests.serving import Served
from tests.worker_process import until
from tests.workshop import Participant, Workshop

DONE = {
    "blue-heron": 2,
    "table-4": 1,
    "red-fox": 3,
    "quiet-otter": 4,
    "laptop-17": 2,
    "green-kite": 5,
    "back-row": 1,
}
"""How many exercises each has solved."""
HELPLESS = ("blue-heron", "table-4")
"""Who tries the starter of the next one, again and again, and raises a hand."""
TRIES = 3


def take(served: Served, browser: Browser, path: Path) -> None:
    """Have everybody do their part, and write the picture of the wall."""
    plan = shipped_workshop("cold-starts")
    leads = Person(served.url)
    workshop = Workshop(leads, plan_document(plan))
    for name, count in DONE.items():
        somebody = workshop.joined(name)
        for exercise in plan.exercises[:count]:
            _attempt(somebody, exercise.id, exercise.solved())
        if name in HELPLESS:
            following = plan.exercises[count]
            for _ in range(TRIES):
                _attempt(somebody, following.id, following.starter)
            somebody.ask("POST", "/hand", {"raised": True})
    with visitor(browser, width=1440, height=760) as (context, _):
        context.add_cookies(
            [
                {"name": cookie.name, "value": cookie.value or "", "url": served.url}
                for cookie in leads.http.cookies.jar
            ]
        )
        page = context.new_page()
        page.goto(f"{served.url}{workshop.path}/wall")
        expect(page.get_by_role("row")).to_have_count(len(DONE) + 1)
        page.screenshot(path=path)


def _attempt(somebody: Participant, exercise: str, function: FunctionFields) -> None:
    revision = somebody.ask("GET", f"/exercises/{exercise}")["work"]["revision"]
    work = {**asdict(function), "revision": revision}
    somebody.ask("PUT", f"/exercises/{exercise}/work", work)
    attempt = somebody.ask("POST", f"/exercises/{exercise}/attempts", status=202)["id"]
    until(lambda: somebody.ask("GET", f"/attempts/{attempt}")["state"] == "finished")
