"""A teacher prepares a workshop in the browser, without ever seeing its JSON."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.axe import check_every_look
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground"), pytest.mark.timeout(300)]
STARTER = "export const handler = async ({ price }) => {\n};\n"
SOLUTION = (
    "export const handler = async ({ price }) => { console.log('sold'); return { total: price * 2 }; };\n"
)


class PlanPage:
    """The plan editor in one tab, by its accessible names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.state = page.get_by_role("status", name="Save state")
        self.parts = page.get_by_role("navigation", name="Parts of the workshop")
        self.faults = page.get_by_role("alert", name="Faults")
        self.conflict = page.get_by_role("alert", name="Changed in another tab")
        self.proof = page.get_by_role("status", name="Result of the solution")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True).and_(self.page.locator(":not([type=checkbox])"))

    def show(self, exercise: str) -> None:
        """Choose an exercise by its title."""
        self.parts.get_by_role("button", name=re.compile(rf"^\d+ ?{exercise}")).click()

    def unfold(self, title: str) -> None:
        self.page.locator("summary", has_text=re.compile(f"^{title}")).click()

    def save(self) -> None:
        self.button("Save").click()
        expect(self.state).to_have_text("Saved")

    def plan(self) -> Any:
        """What is stored."""
        address = self.page.url.replace("/workshops/", "/api/workshops/").partition("#")[0]
        return self.page.context.request.get(address).json()


def new_workshop(context: BrowserContext, url: str) -> PlanPage:
    page = context.new_page()
    # A page with unsaved work asks before it is left.
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{url}/workshops")
    page.get_by_role("button", name="New workshop").click()
    plan = PlanPage(page)
    expect(plan.state).to_have_text("Saved")
    return plan


def same_workshop(plan: PlanPage) -> PlanPage:
    """The same in another tab."""
    other = PlanPage(plan.page.context.new_page())
    other.page.goto(plan.page.url)
    expect(other.state).to_have_text("Saved")
    return other


@contextmanager
def prepared(chromium: Browser, url: str) -> Iterator[PlanPage]:
    with visitor(chromium) as (context, _):
        yield new_workshop(context, url)


def test_an_exercise_is_made_by_form_alone_tried_published_and_solved(
    chromium: Browser, playground: str
) -> None:
    with visitor(chromium) as (context, _), visitor(chromium) as (joining, _):
        plan = new_workshop(context, playground)
        plan.field("Title").fill("Prices")
        plan.button("Add an exercise").click()
        plan.field("Title").fill("Twice the price")
        expect(plan.field("Id")).to_have_value("twice-the-price")
        plan.field("Minutes").fill("7")
        plan.field("Instructions").fill("Answer with **twice** the `price`.")
        plan.button("Preview of Instructions").click()
        drawn = plan.page.get_by_role("region", name="Instructions as participants see it")
        expect(drawn.locator("strong")).to_have_text("twice")
        plan.page.get_by_role("textbox", name="Starter: index.mjs").fill(STARTER)
        plan.unfold("Test events")
        plan.button("Add a test event").click()
        plan.field("Name").fill("seven")
        plan.field("Event (JSON)").first.fill('{"price": 7}')
        plan.unfold("Hints")
        plan.button("Add a hint").click()
        plan.field("Text of hint 1").fill("Two times.")
        plan.page.get_by_role("textbox", name="Solution: index.mjs").fill(SOLUTION)
        plan.button("Add a check").click()
        plan.field("Title").last.fill("Doubles")
        plan.field("Check 1: take the event of").select_option("seven")
        plan.field("Check 1, expectation 1").select_option("The response contains")
        plan.field("Part of the response (JSON)").fill('{"total": 14}')
        plan.button("Add an expectation").click()
        plan.field("Check 1, expectation 2").select_option("The log contains")
        plan.field("Text").fill("Sold")

        plan.button("Try the solution").click()
        expect(plan.proof).to_have_text("0 of 1 passed")
        proof = plan.page.get_by_role("region", name="The solution at the checks")
        expect(proof).to_contain_text('"Sold" is not in the log.')
        plan.field("Text").fill("sold")
        plan.button("Try the solution").click()
        expect(plan.proof).to_have_text("1 of 1 passed")
        made = plan.plan()["plan"]["exercises"][1]
        assert (made["id"], made["minutes"], made["hints"]) == ("twice-the-price", 7, ["Two times."])
        plan.show("Hello")
        plan.button("Try the solution").click()
        expect(plan.proof).to_have_text("1 of 1 passed")
        check_every_look(EditorPage(plan.page, None))  # type: ignore[arg-type]

        page = plan.page
        page.get_by_role("link", name=re.compile("The workshop.s page")).click()
        page.get_by_role("button", name="Publish").click()
        page.get_by_role("button", name="Open all").click()
        code = page.locator("p.code").inner_text()
        ada = joining.new_page()
        ada.goto(f"{playground}/join/{code}")
        ada.get_by_label(re.compile("Your name")).fill("Ada")
        ada.get_by_role("button", name="Join").click()
        panel = ada.get_by_role("complementary", name="Workshop")
        ada.get_by_role("button", name=re.compile("Twice the price")).click()
        expect(panel.locator("strong", has_text="twice")).to_be_visible()
        ada.get_by_role("textbox", name="Code", exact=True).fill(SOLUTION)
        ada.get_by_role("button", name="Run checks").click()
        expect(ada.get_by_role("status", name="Result of the checks")).to_have_text("1 of 1 passed")


def test_every_fault_is_shown_at_its_place_and_gone_to(chromium: Browser, playground: str) -> None:
    with prepared(chromium, playground) as plan:
        plan.show("Hello")
        plan.field("Minutes").fill("soon")
        plan.field("Response (JSON)").fill("Hello")
        plan.unfold("Configuration")
        plan.field("Memory").fill("1")
        plan.unfold("Configuration")
        plan.unfold("Hints")
        plan.field("Text of hint 1").fill(" ")
        plan.unfold("Hints")
        plan.unfold("Checks")
        plan.parts.get_by_role("button", name="About the workshop").click()
        plan.field("Title").fill("")
        plan.page.keyboard.press("Control+s")
        expect(plan.faults).to_contain_text("Not saved: 5 faults")
        check_every_look(EditorPage(plan.page, None))  # type: ignore[arg-type]
        ways = (
            ("Title", "Title", "one line"),
            ("minutes", "Minutes", "whole number"),
            ("memory", "Memory", "128"),
            ("hint 1", "Text of hint 1", "A hint is a text"),
            ("expectation 1, value", "Response (JSON)", "This is not JSON"),
        )
        for way, label, words in ways:
            plan.faults.get_by_role("button", name=re.compile(f"{way}$")).click()
            field = plan.field(label)
            expect(field).to_be_focused()
            expect(field).to_have_attribute("aria-invalid", "true")
            told = (field.get_attribute("aria-describedby") or "").split()[-1]
            expect(plan.page.locator(f'[id="{told}"]')).to_contain_text(words)
        plan.field("Response (JSON)").fill('"Hello, Ada!"')
        expect(plan.faults.get_by_role("listitem")).to_have_count(4)
        assert plan.plan()["revision"] == 1


def test_of_two_tabs_neither_loses_what_was_typed(chromium: Browser, playground: str) -> None:
    with prepared(chromium, playground) as mine:
        other = same_workshop(mine)
        other.field("Title").fill("Of the other tab")
        other.save()
        mine.field("Title").fill("Mine")
        mine.button("Save").click()
        expect(mine.conflict).to_contain_text("Another tab has changed the workshop since.")
        expect(mine.field("Title")).to_have_value("Mine")
        expect(mine.button("Save mine over it")).to_have_count(0)
        mine.button("See what differs").click()
        expect(mine.conflict).to_contain_text("Of the other tab")
        check_every_look(EditorPage(mine.page, None))  # type: ignore[arg-type]

        mine.button("Load the other version").click()
        expect(mine.field("Title")).to_have_value("Of the other tab")
        mine.button("Undo").click()
        expect(mine.field("Title")).to_have_value("Mine")
        mine.save()
        assert mine.plan()["plan"]["title"] == "Mine"

        other.field("Description").fill("And this.")
        other.button("Save").click()
        other.button("See what differs").click()
        other.button("Save mine over it").click()
        expect(other.state).to_have_text("Saved")
        stored = other.plan()["plan"]
        assert (stored["title"], stored["description"]) == ("Of the other tab", "And this.")


def test_unsaved_work_is_there_after_a_reload_and_taken_up_by_another_tab(
    chromium: Browser, playground: str
) -> None:
    with prepared(chromium, playground) as plan:
        plan.show("Hello")
        # What is no number or JSON yet is kept as it was typed.
        plan.field("Minutes").fill("half an")
        plan.field("Response (JSON)").fill("Hello, ")
        plan.page.reload()
        expect(plan.page.get_by_text("Your unsaved work is back.")).to_be_visible()
        expect(plan.state).to_have_text("Unsaved changes")
        plan.show("Hello")
        expect(plan.field("Minutes")).to_have_value("half an")
        expect(plan.field("Response (JSON)")).to_have_value("Hello, ")

        other = PlanPage(plan.page.context.new_page())
        other.page.goto(plan.page.url)
        expect(other.state).to_have_text("Saved")
        other.button("Take it up").click()
        other.show("Hello")
        expect(other.field("Minutes")).to_have_value("half an")
        other.field("Minutes").fill("30")
        other.field("Response (JSON)").fill('"Hello, Ada!"')
        other.save()
        other.page.reload()
        expect(other.state).to_have_text("Saved")
        expect(other.page.get_by_text("unsaved work")).to_have_count(0)
        assert other.plan()["plan"]["exercises"][0]["minutes"] == 30


def test_parts_are_moved_duplicated_and_deleted_and_come_back(chromium: Browser, playground: str) -> None:
    with prepared(chromium, playground) as plan:
        plan.show("Hello")
        plan.button("Duplicate").click()
        expect(plan.field("Id").first).to_have_value("hello-copy")
        second = plan.parts.get_by_role("listitem").nth(1).get_by_role("button")
        second.press("Alt+ArrowUp")
        expect(plan.parts.get_by_role("listitem").first).to_contain_text("Hello (copy)")
        expect(plan.parts.get_by_role("listitem").first.get_by_role("button")).to_be_focused()
        plan.button("Delete").click()
        expect(plan.parts.get_by_role("listitem")).to_have_count(1)
        expect(plan.button("Undo")).to_be_focused()
        plan.page.keyboard.press("Enter")
        expect(plan.parts.get_by_role("listitem").first).to_contain_text("Hello (copy)")

        plan.show("Hello \\(copy")
        plan.button("Duplicate Check 1").click()
        plan.button("Move Check 2 up").click()
        expect(plan.button("Move Check 1 down")).to_be_focused()
        plan.button("Add a starter file").click()
        plan.field("File name").fill("index.mjs")
        expect(plan.page.get_by_text("index.mjs exists already.")).to_be_visible()
        plan.field("File name").fill("lib/prices.mjs")
        plan.button("Name it").click()
        plan.page.get_by_role("textbox", name="Starter: lib/prices.mjs").fill("export const price = 1;")
        plan.button("Delete lib/prices.mjs").click()
        plan.button("Undo").click()
        plan.save()
        first = plan.plan()["plan"]["exercises"][0]
        assert [check["title"] for check in first["checks"]] == ["Greets Ada (copy)", "Greets Ada"]
        assert first["starter"]["files"]["lib/prices.mjs"] == "export const price = 1;"


def test_files_are_gone_through_and_named_by_the_keys_of_the_editor(
    chromium: Browser, playground: str
) -> None:
    with prepared(chromium, playground) as plan:
        plan.show("Hello")
        plan.button("Add a starter file").click()
        plan.field("File name").fill("lib/prices.mjs")
        plan.button("Name it").click()
        tabs = plan.page.get_by_role("tablist", name="Starter files").get_by_role("tab")
        tabs.last.focus()
        for key, opened in (("ArrowRight", 0), ("ArrowLeft", 1), ("Home", 0), ("End", 1)):
            plan.page.keyboard.press(key)
            expect(tabs.nth(opened)).to_be_focused()
            expect(tabs.nth(opened)).to_have_attribute("aria-selected", "true")
        # The file itself would be gone, not its tab alone.
        plan.page.keyboard.press("Delete")
        expect(tabs).to_have_count(2)
        plan.page.keyboard.press("F2")
        expect(plan.field("File name")).to_be_focused()
        plan.page.keyboard.type("prices.mjs")
        plan.page.keyboard.press("Enter")
        expect(tabs.last).to_have_text("prices.mjs")
        expect(tabs.last).to_be_focused()
