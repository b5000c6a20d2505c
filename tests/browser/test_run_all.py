"""All test events are run one after the other and held to what is expected of them."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage
from tests.browser.snippets import from_menu, save_first

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
CODE = (
    "export const handler = async (event) => { if (event.wait) for (;;); return { doubled: event.n * 2 }; };"
)


def add_event(editor: EditorPage, name: str, event: str) -> None:
    editor.page.get_by_role("button", name="New event").click()
    field = editor.page.get_by_role("textbox", name="Event name")
    field.fill(name)
    field.press("Enter")
    expect(editor.page.get_by_role("tab", name=name, exact=True)).to_have_attribute("aria-selected", "true")
    editor.event.fill(event)


def expect_response(editor: EditorPage, text: str) -> None:
    toggle = editor.page.get_by_role("button", name="Expected response")
    toggle.click()
    editor.page.get_by_role("textbox", name="Expected response").fill(text)
    toggle.click()
    expect(editor.event).to_be_visible()


def test_every_event_is_held_to_its_expected_response(editor: EditorPage) -> None:
    editor.write(CODE, '{"n": 1}')
    expect_response(editor, '{ "doubled": 2 }')
    add_event(editor, "wrong", '{"n": 2}')
    expect_response(editor, '{"doubled": 5}')
    add_event(editor, "free", '{"n": 3}')
    from_menu(editor, "Run all events")
    dialog = editor.page.get_by_role("dialog", name="Run all events")
    expect(dialog.get_by_role("status", name="Summary")).to_have_text("2 passed, 1 failed", timeout=60_000)
    wrong = dialog.get_by_role("row").filter(has_text="wrong")
    expect(wrong).to_contain_text("the response.doubled is 4, expected 5")
    expect(wrong.get_by_role("link")).to_have_attribute("href", "/runs/" + run_of(editor, 1))
    expect(dialog.get_by_role("row").filter(has_text="free")).to_contain_text("Succeeded")
    check_every_look(editor)


def run_of(editor: EditorPage, before: int) -> str:
    """The id of a run: the last one where `before` is 0."""
    told = editor.page.request.get(editor.page.url.rstrip("/") + "/api/invocations?limit=10").json()
    return str(told["invocations"][before]["id"])


def test_the_rest_is_cancelled(editor: EditorPage) -> None:
    editor.write(CODE, '{"wait": true}')
    editor.timeout.fill("300")
    add_event(editor, "second", '{"n": 2}')
    from_menu(editor, "Run all events")
    dialog = editor.page.get_by_role("dialog", name="Run all events")
    expect(dialog.get_by_role("link")).to_have_count(1)
    dialog.get_by_role("button", name="Cancel the rest").click()
    expect(dialog.get_by_role("status", name="Summary")).to_have_text("0 passed, 0 failed, 2 cancelled")


def test_the_expected_response_belongs_to_the_snippet_and_its_faults_are_shown(editor: EditorPage) -> None:
    editor.write(CODE, '{"n": 1}')
    toggle = editor.page.get_by_role("button", name="Expected response")
    toggle.click()
    field = editor.page.get_by_role("textbox", name="Expected response")
    field.fill('{"doubled": }')
    expect(editor.page.get_by_text("Line 1, column 13")).to_be_visible()
    check_every_look(editor)
    field.fill('{"doubled": 2}')
    save_first(editor, "expecting")
    editor.page.reload()
    expect(toggle).to_contain_text("✓")
    toggle.click()
    expect(field).to_have_text('{"doubled": 2}')
