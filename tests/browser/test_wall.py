"""The wall with forty people on it: what stays, what comes first, what fits on a projector."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Page, expect

from tests.browser.axe import violations
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage
from tests.client import Person
from tests.worker_process import until
from tests.workshop import Participant, Workshop
from tests.workshop_plan import EXERCISE, PLAN

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground"), pytest.mark.timeout(300)]
CLASS = 40
ODD_NAMES = ("W" * 40, "🦊" * 40, "محمد عبد الله الأنصاري", "שלום כהן", "ﷺ" * 20, "Z̷͉̈a̶l̵g̴o̵̼̊", "x")
FIRST = PLAN["exercises"][0]
SEVEN = {
    **PLAN,
    "exercises": [
        FIRST,
        *(
            {**FIRST, "id": f"e{number}", "title": f"An exercise with a long title, number {number}"}
            for number in range(2, 8)
        ),
    ],
}
FAILURES = 3


@pytest.fixture(scope="module")
def workshop(playground: str) -> Workshop:
    workshop = Workshop(Person(playground), SEVEN)
    names = [*ODD_NAMES, *(f"laptop-{number:02}" for number in range(CLASS - len(ODD_NAMES)))]
    people = {name: workshop.joined(name) for name in names}
    for _ in range(FAILURES):
        failed(people["laptop-20"])
    failed(people["laptop-21"])
    for name in ("laptop-31", "laptop-30"):
        people[name].ask("POST", "/hand", {"raised": True})
    return workshop


def failed(somebody: Participant) -> None:
    attempt = somebody.ask("POST", f"/exercises/{EXERCISE}/attempts", {}, 202)["id"]
    until(lambda: somebody.ask("GET", f"/attempts/{attempt}")["state"] == "finished")


@pytest.fixture
def wall(chromium: Browser, workshop: Workshop) -> Iterator[Page]:
    url = workshop.leads.url
    with visitor(chromium) as (context, _):
        cookies = workshop.leads.http.cookies.jar
        context.add_cookies([{"name": one.name, "value": one.value or "", "url": url} for one in cookies])
        page = context.new_page()
        page.goto(f"{url}{workshop.path}/wall")
        expect(page.get_by_role("row")).to_have_count(CLASS + 1)
        yield page


def names(page: Page) -> list[str]:
    return page.locator("tbody bdi").all_inner_texts()


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found
    return found


def test_raised_hands_come_first_then_who_is_stuck(wall: Page) -> None:
    assert names(wall)[:3] == ["laptop-31", "laptop-30", "laptop-20"]
    stuck = wall.get_by_role("row").nth(3)
    expect(stuck).to_contain_text("stuck:")
    wall.get_by_label(re.compile("Only those who are stuck")).check()
    assert names(wall) == ["laptop-20"]
    wall.get_by_label(re.compile("Only those who are stuck")).uncheck()


def test_the_titles_and_the_names_stay_while_the_rows_scroll(wall: Page) -> None:
    for width, height in ((1440, 900), (1024, 768), (800, 600)):
        wall.set_viewport_size({"width": width, "height": height})
        wall.locator("tbody tr").last.scroll_into_view_if_needed()
        # A page that scrolls itself is where all of the grid is in sight.
        wall.locator(".grid").evaluate("(grid) => grid.scrollIntoView()")
        head, last = box(wall, "thead th >> nth=1"), box(wall, "tbody tr >> nth=-1")
        grid = box(wall, ".grid")
        assert grid["y"] <= head["y"] <= grid["y"] + 50, (width, head, grid)
        assert head["y"] > -1, "the titles are in sight"
        assert last["y"] + last["height"] <= height + 1
        assert wall.evaluate("document.documentElement.scrollWidth") <= width
        wall.locator("tbody tr:last-child td:last-child").scroll_into_view_if_needed()
        assert box(wall, "tbody tr:last-child th")["x"] >= grid["x"] - 1, "the name is in sight"


def test_names_of_any_length_and_script_keep_the_columns_and_the_rows(wall: Page) -> None:
    rows = [row.bounding_box() for row in wall.locator("tbody tr").all()]
    heights = {round(row["height"]) for row in rows if row}
    assert max(heights) - min(heights) <= 2, heights
    lefts = {
        round((cell.bounding_box() or {"x": -1})["x"]) for cell in wall.locator("tbody td:nth-child(2)").all()
    }
    assert len(lefts) == 1, lefts


def test_forty_fit_on_a_projector(wall: Page) -> None:
    wall.set_viewport_size({"width": 1920, "height": 1080})
    wall.get_by_role("button", name="Projector").click()
    expect(wall.get_by_role("region", name="For all")).to_have_count(0)
    last = box(wall, "tbody tr >> nth=-1")
    assert last["y"] + last["height"] <= 1080, last
    for colours in ("light", "dark"):
        wall.emulate_media(color_scheme=colours)
        assert violations(EditorPage(wall, None)) == [], colours  # type: ignore[arg-type]
    wall.get_by_role("button", name="Projector").click()
    expect(wall.get_by_role("region", name="For all")).to_be_visible()


def test_no_row_moves_away_under_the_pointer(wall: Page, workshop: Workshop) -> None:
    wall.locator("tbody tr").nth(10).hover()
    before = names(wall)
    new = workshop.joined("has just come")
    new.ask("POST", "/hand", {"raised": True})
    expect(wall.get_by_role("row")).to_have_count(CLASS + 2)
    expect(wall.get_by_role("button", name="has just come has raised a hand")).to_be_attached()
    assert names(wall) == [*before, "has just come"]
    wall.get_by_role("heading", level=1).hover()
    expect(wall.locator("tbody bdi").nth(2)).to_have_text("has just come")
    workshop.form(f"{workshop.path}/participants/{new.id}/remove")
    expect(wall.get_by_role("row")).to_have_count(CLASS + 1)
