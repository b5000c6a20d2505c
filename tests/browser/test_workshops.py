"""A teacher and three participants: joined by the code, each in a browser, all of it live on the wall."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage
from tests.client import Person
from tests.workshop import Workshop
from tests.workshop_plan import HIDDEN, SOLVED

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground"), pytest.mark.timeout(300)]
WRONG = "export const handler = async () => { throw new RangeError('too far'); };"


def led(page: Page, url: str) -> Workshop:
    """A workshop that is led in this page's browser."""
    leads = Person(url)
    page.context.add_cookies(
        [{"name": cookie.name, "value": cookie.value or "", "url": url} for cookie in leads.http.cookies.jar]
    )
    return Workshop(leads)


def join(page: Page, workshop: Workshop, name: str) -> EditorPage:
    """Somebody joins by hand, and gets to the editor."""
    page.goto(f"{workshop.leads.url}/join")
    page.get_by_label("Code").fill(workshop.code.lower())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("deleted on")).to_be_visible()
    page.get_by_label(re.compile("Your name")).fill(name)
    page.get_by_role("button", name="Join").click()
    editor = EditorPage(page, None)  # type: ignore[arg-type]
    expect(panel(page).get_by_role("heading", name="Hello", exact=True)).to_be_visible()
    return editor


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Workshop")


def check(page: Page, words: str) -> None:
    """Run the checks; in the end they say this."""
    page.get_by_role("button", name="Run checks").click()
    expect(page.get_by_role("status", name="Result of the checks")).to_have_text(words)


def check_axe(page: Page) -> None:
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        assert violations(EditorPage(page, None)) == [], colours  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")


def test_a_teacher_and_three_participants(chromium: Browser, playground: str) -> None:
    with (
        visitor(chromium) as (leading, _),
        visitor(chromium) as (first, _),
        visitor(chromium) as (second, _),
        visitor(chromium) as (third, _),
    ):
        wall = leading.new_page()
        workshop = led(wall, playground)
        wall.goto(f"{playground}/workshops/{workshop.id}")
        check_axe(wall)
        wall.goto(f"{playground}/workshops/{workshop.id}/wall")
        expect(wall.get_by_text("Nobody has joined yet.")).to_be_visible()
        expect(wall.get_by_text(workshop.code)).to_be_visible()

        ada, bob, eve = (context.new_page() for context in (first, second, third))
        editors = [join(page, workshop, name) for page, name in ((ada, "ada"), (bob, "bob"), (eve, "eve"))]
        expect(wall.get_by_text("here of 3")).to_be_visible()
        expect(wall.locator("dl.figures dd").first).to_have_text("3")

        # One passes, and sees what was otherwise before that; nothing of the hidden check is told.
        check(ada, "0 of 2 passed")
        expect(ada.get_by_role("region", name="Checks")).to_contain_text("Hello, Ada!")
        assert HIDDEN not in ada.content()
        editors[0].code.fill(SOLVED["index.mjs"])
        check(ada, "2 of 2 passed")
        expect(wall.get_by_role("button", name="ada, Hello: done after 2 tries")).to_be_visible()

        # One fails three times, asks for help, and is stuck.
        editors[1].code.fill(WRONG)
        for attempt in range(3):
            check(bob, "0 of 2 passed")
            tries = "1 try" if attempt == 0 else f"{attempt + 1} tries"
            expect(wall.get_by_role("button", name=f"bob, Hello: failed, {tries}")).to_be_visible()
        bob.get_by_role("button", name="I need help").click()
        expect(wall.get_by_role("button", name="bob has raised a hand")).to_be_visible()
        expect(wall.get_by_role("row").nth(1)).to_contain_text("bob")
        expect(wall.get_by_role("region", name="Most frequent errors")).to_contain_text("RangeError: too far")
        wall.get_by_label("Only those who are stuck").check()
        expect(wall.get_by_role("row")).to_have_count(2)
        wall.get_by_label("Only those who are stuck").uncheck()

        # The code is followed as it is typed, and a note appears beside it.
        wall.get_by_role("button", name=re.compile("^bob, Hello")).click()
        code = wall.get_by_role("region", name="Code of bob")
        expect(code).to_contain_text("too far")
        editors[1].code.fill("// what now?")
        expect(code).to_contain_text("// what now?")
        code.get_by_label(re.compile("A note")).fill("Look at the event.")
        code.get_by_role("button", name="Leave a note").click()
        expect(bob.get_by_text("Look at the event.")).to_be_visible()
        expect(ada.get_by_text("Look at the event.")).to_have_count(0)
        wall.get_by_role("button", name="bob has raised a hand").click()
        expect(bob.get_by_role("button", name="I need help")).to_be_visible()
        check_axe(wall)
        check_axe(bob)

        # What was typed survives a reload and opens in another browser by the personal link.
        editors[2].code.fill("// of eve")
        expect(eve.get_by_role("status", name="Save state")).to_have_text("Saved")
        eve.reload()
        expect(editors[2].code).to_contain_text("// of eve")
        elsewhere = first.new_page()
        elsewhere.goto(eve.url)
        expect(elsewhere.get_by_role("textbox", name="Code", exact=True)).to_contain_text("// of eve")
        elsewhere.close()

        # The starter comes back, and one's own work with it.
        eve.get_by_role("button", name="Bring the starter back").click()
        eve.get_by_role("button", name="Bring it back").click()
        expect(editors[2].code).not_to_contain_text("// of eve")
        eve.get_by_role("button", name=re.compile("^Your work of")).click()
        expect(editors[2].code).to_contain_text("// of eve")
        eve.get_by_role("button", name="Show a hint (1 of 2)").click()
        expect(eve.get_by_role("heading", name="Hint 1")).to_be_visible()

        # A test of one's own is a run of this participant, with the exercise's event.
        editors[0].run()
        assert "Hello, Ada!" in editors[0].response_text()

        # All at once.
        wall.get_by_label("Announcement").fill("Five minutes left")
        wall.get_by_role("button", name="Announce").click()
        for page in (ada, bob, eve):
            expect(page.get_by_text("Five minutes left")).to_be_visible()
        ada.get_by_role("button", name=re.compile("Globals")).click()
        expect(panel(ada).get_by_role("heading", name="Globals")).to_be_visible()
        wall.get_by_role("button", name="Lock submissions").click()
        expect(eve.get_by_text("Submissions are locked")).to_be_visible()
        wall.set_viewport_size({"width": 1920, "height": 1080})
        assert wall.evaluate("document.documentElement.scrollWidth") <= 1920


def test_a_result_is_shown_to_all_if_its_maker_agrees(chromium: Browser, playground: str) -> None:
    with (
        visitor(chromium) as (leading, _),
        visitor(chromium) as (first, _),
        visitor(chromium) as (second, _),
    ):
        wall, ada, bob = (context.new_page() for context in (leading, first, second))
        workshop = led(wall, playground)
        wall.goto(f"{playground}/workshops/{workshop.id}/wall")
        join(bob, workshop, "bob")
        join(ada, workshop, "adelaide").code.fill(SOLVED["index.mjs"])
        check(ada, "2 of 2 passed")

        wall.get_by_role("button", name=re.compile("^adelaide, Hello: done")).click()
        code = wall.get_by_role("region", name="Code of adelaide")
        code.get_by_role("button", name=re.compile("^Show to all")).click()
        shown = wall.get_by_role("region", name="Shown to all")
        expect(shown).to_contain_text("adelaide is asked whether Hello may be shown to all.")
        asked = panel(ada).get_by_role("alert")
        expect(asked).to_contain_text("May your work on “Hello” be shown to all?")
        asked.get_by_role("button", name="Show it").click()

        expect(shown).to_contain_text("Shown to all: Hello")
        expect(shown.get_by_role("region", name="Shown text of index.mjs")).to_contain_text(
            "Hello, ${event.name}!"
        )
        theirs = panel(bob).get_by_role("region", name="Shown to all")
        theirs.get_by_role("button", name="Look at it").click()
        expect(theirs.get_by_role("region", name="Shown text of index.mjs")).to_contain_text(
            "Hello, ${event.name}!"
        )
        expect(theirs.get_by_role("listitem")).to_have_count(2)
        assert "adelaide" not in bob.content()
        assert HIDDEN not in bob.content()
        check_axe(wall)
        check_axe(bob)

        panel(ada).get_by_role("button", name="Show it no longer").click()
        expect(theirs).to_have_count(0)
        expect(shown).to_contain_text("adelaide would rather not show Hello.")
        shown.get_by_role("button", name="Close").click()
        expect(shown).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 360])
def test_every_page_that_the_service_draws_holds_in_any_look(
    chromium: Browser, playground: str, width: int
) -> None:
    with visitor(chromium, width=width) as (context, _):
        page = context.new_page()
        workshop = led(page, playground)
        workshop.joined("Ada")
        own = f"/workshops/{workshop.id}"
        joining = ("/join", "/join?code=nothing", f"/join/{workshop.code}", "/w/nothing")
        for path in (
            *joining,
            "/workshops",
            own,
            f"{own}/plan",
            f"{own}/plan/text",
            f"{own}/settings",
            f"{own}/summary",
        ):
            page.goto(playground + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            check_axe(page)
        page.goto(f"{playground}{own}/wall")
        expect(page.get_by_role("row")).to_have_count(2)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        check_axe(page)
        ada = workshop.joined("Bob")
        page.goto(f"{playground}/w/{ada.token}")
        expect(page.get_by_role("button", name="Run checks")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        check_axe(page)
