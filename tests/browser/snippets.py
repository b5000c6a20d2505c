"""Saving in the editor, as the tests of snippets do it."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.editor_page import EditorPage

ADDRESS = re.compile(r"/snippets/[0-9a-f-]{36}$")


def state_of(editor: EditorPage) -> Locator:
    """Where the work stands, in words."""
    return editor.page.get_by_role("status", name="Save state")


def save_first(editor: EditorPage, name: str, note: str = "") -> None:
    """The first save, by the key; it is over when this returns."""
    editor.page.keyboard.press("Control+s")
    dialog = editor.page.get_by_role("dialog", name="Save snippet")
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("textbox", name="Note").fill(note)
    dialog.get_by_role("button", name="Save").click()
    expect(state_of(editor)).to_have_text("Saved as version 1")
    expect(dialog).to_have_count(0)


def save_again(editor: EditorPage, note: str, number: int) -> None:
    """A later version with a note, by the button."""
    editor.page.get_by_role("button", name="Save", exact=True).click()
    dialog = editor.page.get_by_role("dialog", name=re.compile("^Save "))
    dialog.get_by_role("textbox", name="Note").fill(note)
    dialog.get_by_role("button", name="Save").click()
    expect(state_of(editor)).to_have_text(f"Saved as version {number}")
    expect(dialog).to_have_count(0)


def from_menu(editor: EditorPage, entry: str) -> None:
    """Press an entry of the menu."""
    editor.page.get_by_role("button", name="Menu", exact=True).click()
    editor.page.get_by_role("navigation", name="Menu").get_by_text(entry, exact=True).click()
