"""Versions are listed, looked at, compared and restored."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage
from tests.browser.snippets import save_again, save_first, state_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
ONE = "export const handler = async () => 'one';"
TWO = "export const handler = async () => 'two';"
THREE = "export const handler = async () => 'three';"


def versions_of(editor: EditorPage) -> Locator:
    editor.page.get_by_role("button", name="Versions", exact=True).click()
    return editor.page.get_by_role("dialog", name="Versions of")


def two_versions(editor: EditorPage, name: str) -> None:
    editor.write(ONE)
    editor.add_variable("PASSWORD", "the first secret")
    save_first(editor, name, "the beginning")
    editor.code.fill(TWO)
    editor.memory.fill("512")
    editor.variables.get_by_label("Value").last.fill("the second secret")
    save_again(editor, "more memory", 2)


def test_versions_are_listed_with_their_notes_and_opened_read_only(editor: EditorPage) -> None:
    two_versions(editor, "listed")
    dialog = versions_of(editor)
    expect(dialog.get_by_role("radio")).to_have_count(2)
    expect(dialog).to_contain_text("more memory")
    shown = dialog.get_by_role("region", name="Version shown")
    expect(shown).to_contain_text("'two'")
    dialog.get_by_role("radio", name="Version 1").check()
    expect(shown).to_contain_text("'one'")
    expect(shown).to_contain_text("PASSWORD")
    expect(shown).not_to_contain_text("secret")
    check_every_look(editor)
    editor.page.keyboard.press("Escape")
    expect(editor.code).to_have_text(TWO)


def test_two_versions_are_compared_side_by_side_without_a_value_of_a_variable(editor: EditorPage) -> None:
    two_versions(editor, "compared")
    dialog = versions_of(editor)
    dialog.get_by_role("combobox", name="Compare with").select_option("version 1")
    expect(dialog.get_by_role("textbox", name="index.mjs, version 1")).to_contain_text("'one'")
    expect(dialog.get_by_role("textbox", name="index.mjs, version 2")).to_contain_text("'two'")
    expect(dialog.get_by_role("row", name="Memory 128 MB 512 MB")).to_be_visible()
    expect(dialog.get_by_text("has another value")).to_be_visible()
    expect(dialog).not_to_contain_text("secret")
    check_every_look(editor)


def test_a_version_is_compared_with_what_is_in_the_editor(editor: EditorPage) -> None:
    two_versions(editor, "edited")
    editor.code.fill(THREE)
    dialog = versions_of(editor)
    dialog.get_by_role("combobox", name="Compare with").select_option("the editor")
    expect(dialog.get_by_role("textbox", name="index.mjs, version 2")).to_contain_text("'two'")
    expect(dialog.get_by_role("textbox", name="index.mjs, the editor")).to_contain_text("'three'")


def test_a_version_is_restored_and_what_was_there_becomes_one(editor: EditorPage) -> None:
    two_versions(editor, "restored")
    editor.code.fill(THREE)
    dialog = versions_of(editor)
    dialog.get_by_role("radio", name="Version 1").check()
    dialog.get_by_role("button", name="Restore version 1").click()
    expect(dialog).to_have_count(0)
    expect(editor.code).to_have_text(ONE)
    expect(editor.memory).to_have_value("128")
    expect(state_of(editor)).to_have_text("Changes since version 3")
    dialog = versions_of(editor)
    expect(dialog).to_contain_text("Before version 1 was restored")
    expect(dialog.get_by_role("region", name="Version shown")).to_contain_text("'three'")
