"""The list of one's own snippets in a browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage
from tests.browser.snippets import from_menu, save_first, state_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
CODE = "export const handler = async () => 1;"


def test_snippets_are_found_opened_edited_deleted_and_brought_back(editor: EditorPage) -> None:
    page = editor.page
    for name in ("orders", "a-function-with-a-rather-long-name-of-no-use-to-anybody"):
        editor.write(f"{CODE} // {name}")
        save_first(editor, name)
        from_menu(editor, "New snippet")
        expect(state_of(editor)).to_have_text("Not saved")
    from_menu(editor, "My snippets")
    expect(page.get_by_role("heading", name="My snippets")).to_be_visible()
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(rows).to_have_count(2)
    page.get_by_role("link", name="Edit orders").click()
    page.get_by_role("textbox", name="Name").fill("no good")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#function_name-fault")).not_to_be_empty()
    check_every_look(editor)
    page.get_by_role("textbox", name="Name").fill("receipts")
    page.get_by_role("textbox", name="Tags").fill("shop")
    page.get_by_role("button", name="Save").click()
    check_every_look(editor)
    page.get_by_role("searchbox", name="Search").fill("receipts")
    page.get_by_role("searchbox", name="Search").press("Enter")
    expect(page.get_by_role("link", name="receipts", exact=True)).to_be_visible()
    page.get_by_role("button", name="Delete receipts").click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    check_every_look(editor)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="receipts", exact=True).click()
    expect(editor.code).to_have_text(f"{CODE} // orders")
    expect(state_of(editor)).to_have_text("Saved as version 1")


def test_the_bin_the_empty_list_and_a_page_that_is_not_there_look_like_the_rest(editor: EditorPage) -> None:
    page = editor.page
    home = page.url.rstrip("/")
    page.goto(f"{home}/snippets")
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    check_every_look(editor)
    page.get_by_role("link", name="Bin").click()
    expect(page.get_by_text("The bin is empty.")).to_be_visible()
    page.goto(f"{home}/snippets/00000000-0000-4000-8000-000000000000")
    expect(page.get_by_role("heading", name="There is nothing at this address")).to_be_visible()
    check_every_look(editor)
