"""Test events with names: kept in the browser, each with its own text, and the chosen one is what a test sends."""

import json
import re

import pytest
from playwright.sync_api import Browser, Dialog, Locator, expect

from tests.browser import functions
from tests.browser.axe import check_every_look
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


def events(editor: EditorPage) -> Locator:
    return editor.page.get_by_role("tablist", name="Test events").get_by_role("tab")


def press(editor: EditorPage, button: str) -> None:
    editor.page.get_by_role("button", name=button, exact=True).click()


def name_it(editor: EditorPage, name: str) -> None:
    field = editor.page.get_by_role("textbox", name="Event name")
    field.fill(name)
    field.press("Enter")
    expect(field).to_have_count(0)


def test_the_chosen_event_is_sent_and_all_survive_a_reload(editor: EditorPage) -> None:
    expect(events(editor)).to_have_text(["order"])
    editor.write(functions.ECHO, '{"is": "an order"}')
    press(editor, "New event")
    name_it(editor, "empty")
    expect(editor.event).to_have_text("{}")
    assert editor.run() == "Succeeded"
    assert editor.response_text() == '{"given":{}}'

    events(editor).get_by_text("order").click()
    expect(editor.event).to_have_text('{"is": "an order"}')
    assert editor.run() == "Succeeded"
    assert editor.response_text() == '{"given":{"is":"an order"}}'

    editor.page.reload()
    expect(events(editor)).to_have_text(["order", "empty"])
    expect(editor.page.get_by_role("tab", name="order", selected=True)).to_be_visible()
    expect(editor.event).to_have_text('{"is": "an order"}')


def test_an_event_is_renamed_duplicated_and_deleted(editor: EditorPage) -> None:
    press(editor, "Rename event")
    name_it(editor, "first")
    editor.event.fill('{"n": 1}')
    press(editor, "Duplicate event")
    name_it(editor, "second")
    editor.event.fill('{"n": 2}')
    expect(events(editor)).to_have_text(["first", "second"])

    asked = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    editor.page.once("dialog", accept)
    press(editor, "Delete event")
    expect(events(editor)).to_have_text(["first"])
    assert asked == ["Delete the event second?"]
    expect(editor.event).to_have_text('{"n": 1}')
    expect(editor.page.get_by_role("button", name="Delete event")).to_be_disabled()


def test_each_event_has_its_own_undo(editor: EditorPage) -> None:
    editor.event.fill("[1]")
    press(editor, "New event")
    name_it(editor, "other")
    editor.event.fill("[2]")
    editor.event.press("Control+z")
    expect(editor.event).to_have_text("{}")
    editor.event.press("Control+z")
    expect(editor.event).to_have_text("{}")
    events(editor).get_by_text("order").click()
    expect(editor.event).to_have_text("[1]")
    editor.event.press("Control+z")
    expect(editor.event).to_contain_text("Wireless Headphones")


def test_a_name_that_cannot_be_is_told_as_it_is_typed(editor: EditorPage) -> None:
    press(editor, "New event")
    field = editor.page.get_by_role("textbox", name="Event name")
    for name, sentence in (
        ("order", "already"),
        ("two words", "letters, digits"),
        ("", "Give the event a name"),
    ):
        field.fill(name)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(sentence))
    field.press("Escape")
    expect(events(editor)).to_have_text(["order", "event"])


def test_the_events_are_used_by_keyboard_alone(editor: EditorPage) -> None:
    press(editor, "New event")
    name_it(editor, "second")
    expect(editor.page.get_by_role("tab", name="second")).to_be_focused()
    keyboard = editor.page.keyboard
    keyboard.press("ArrowLeft")
    expect(editor.page.get_by_role("tab", name="order", selected=True)).to_be_focused()
    keyboard.press("End")
    keyboard.press("F2")
    expect(editor.page.get_by_role("textbox", name="Event name")).to_be_focused()
    keyboard.type("last")
    keyboard.press("Enter")
    expect(editor.page.get_by_role("tab", name="last", selected=True)).to_be_focused()
    keyboard.press("Delete")
    expect(editor.page.get_by_role("tab", name="order", selected=True)).to_be_focused()
    expect(events(editor)).to_have_text(["order"])


def test_json_is_checked_as_it_is_typed_in_the_event_that_is_shown(editor: EditorPage) -> None:
    state = editor.page.locator("#event-state")
    editor.event.fill('{\n  "a": 1\n  "b": 2\n}')
    expect(state).to_have_text("Line 3, column 3: a comma or } is expected here")
    expect(editor.page.locator(".cm-fault")).to_have_text('  "b": 2')
    press(editor, "New event")
    name_it(editor, "good")
    expect(state).to_have_text("JSON · 2 bytes")
    expect(editor.page.locator(".cm-fault")).to_have_count(0)
    events(editor).get_by_text("order").click()
    expect(state).to_contain_text("Line 3, column 3")
    expect(editor.page.locator(".cm-fault")).to_have_text('  "b": 2')
    editor.event.fill('{"a": 1}')
    expect(state).to_have_text("JSON · 8 bytes")


def test_the_event_of_an_earlier_page_is_kept(editor: EditorPage) -> None:
    earlier = {
        "files": [{"path": "index.mjs", "text": "export {}"}],
        "open": 0,
        "handler": "index.handler",
        "environment": [],
        "memory": "128",
        "timeout": "3",
        "event": '{"kept": true}',
    }
    editor.page.evaluate(
        """(draft) => addEventListener('pagehide', () => localStorage.setItem('playground.draft.1', draft))""",
        json.dumps(earlier),
    )
    editor.page.reload()
    expect(events(editor)).to_have_text(["event"])
    expect(editor.event).to_have_text('{"kept": true}')


def test_many_events_fit_into_a_narrow_window(chromium: Browser, playground: str) -> None:
    with visitor(chromium, width=360) as (context, watch):
        editor = EditorPage(context.new_page(), watch)
        editor.page.goto(playground)
        for number in range(5):
            press(editor, "New event")
            name_it(editor, f"event-{number}")
        expect(events(editor)).to_have_count(6)
        expect(editor.page.get_by_role("tab", name="event-4", selected=True)).to_be_in_viewport(ratio=0.9)
        assert editor.page.evaluate("document.documentElement.scrollWidth") <= 360
        for part in (editor.event, editor.page.get_by_role("button", name="Delete event")):
            box = part.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] < 361


def test_each_event_says_what_came_of_it_last(editor: EditorPage) -> None:
    editor.write(
        "export const handler = async ({ fail, wait }) => {\n"
        "  if (fail) throw new Error('as asked');\n"
        "  if (wait) await new Promise((resume) => setTimeout(resume, 60_000));\n"
        "};\n",
        "{}",
    )
    editor.timeout.fill("90")
    first = events(editor).nth(0)
    expect(first.get_by_role("img")).to_have_count(0)
    editor.run()
    expect(first.get_by_role("img", name="passed")).to_be_visible()

    press(editor, "New event")
    name_it(editor, "second")
    editor.event.fill('{"fail": true}')
    second = events(editor).nth(1)
    expect(second.get_by_role("img")).to_have_count(0)
    editor.run()
    expect(second.get_by_role("img", name="failed: Function error")).to_be_visible()
    expect(first.get_by_role("img", name="passed")).to_be_visible()
    check_every_look(editor)

    editor.event.fill('{"wait": true}')
    editor.test.click()
    expect(editor.state).to_have_text("Running")
    expect(second.get_by_role("img", name="running")).to_be_visible()
    first.click()
    expect(second.get_by_role("img", name="running")).to_be_visible()
    editor.cancel.click()
    assert editor.wait_until_ended() == "Cancelled"
    expect(second.get_by_role("img", name="cancelled")).to_be_visible()
    expect(first.get_by_role("img", name="passed")).to_be_visible()


def test_a_test_that_is_refused_leaves_the_mark_as_it_was(editor: EditorPage) -> None:
    editor.write(functions.ECHO, "{}")
    editor.run()
    mark = events(editor).get_by_role("img")
    expect(mark).to_have_accessible_name("passed")
    editor.event.fill("{oops")
    editor.test.click()
    expect(editor.page.get_by_role("status").filter(has_text="Line 1")).to_be_visible()
    expect(mark).to_have_accessible_name("passed")
