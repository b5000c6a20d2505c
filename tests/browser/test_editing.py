"""Editing as in VS Code: formatting, search and replace, several cursors, comments, and the size of the text."""

import pytest
from playwright.sync_api import expect

from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


def text(editor: EditorPage) -> str:
    return "\n".join(editor.code.locator(".cm-line").all_inner_texts()).replace("\u200b", "").rstrip("\n")


def test_a_file_is_formatted(editor: EditorPage) -> None:
    editor.write("export const handler=async(event)=>{return  event}")
    editor.code.press("Shift+Alt+F")
    expect(editor.code.locator(".cm-line")).to_have_count(4)
    assert text(editor) == "export const handler = async (event) => {\n  return event;\n};"
    editor.code.press("Control+z")
    expect(editor.code.locator(".cm-line")).to_have_count(1)


def test_what_cannot_be_formatted_is_told_and_stays(editor: EditorPage) -> None:
    editor.write("export const = 1")
    editor.code.press("Shift+Alt+F")
    expect(editor.message).to_contain_text("This file cannot be formatted")
    assert text(editor) == "export const = 1"


def test_search_and_replace(editor: EditorPage) -> None:
    editor.write("one two one two one")
    editor.code.press("Control+h")
    replace = editor.page.get_by_role("textbox", name="Replace")
    expect(replace).to_be_focused()
    editor.page.get_by_role("textbox", name="Find").fill("one")
    replace.fill("1")
    editor.page.get_by_role("button", name="replace all").click()
    assert text(editor) == "1 two 1 two 1"
    editor.page.get_by_role("textbox", name="Find").press("Escape")
    expect(replace).to_have_count(0)


def test_the_same_word_is_edited_in_several_places(editor: EditorPage) -> None:
    editor.write("aa bb aa bb aa")
    editor.code.press("Control+Home")
    for _ in range(3):
        editor.code.press("Control+d")
    editor.page.keyboard.type("x")
    assert text(editor) == "x bb x bb x"


def test_cursors_are_added_above_and_below(editor: EditorPage) -> None:
    editor.write("a\nb\nc")
    editor.code.press("Control+Home")
    editor.code.press("Control+Alt+ArrowDown")
    editor.code.press("Control+Alt+ArrowDown")
    editor.page.keyboard.type("- ")
    assert text(editor) == "- a\n- b\n- c"


def test_comments_lines_and_moves_have_the_keys_of_vs_code(editor: EditorPage) -> None:
    editor.write("one();\ntwo();")
    editor.code.press("Control+Home")
    editor.code.press("Control+/")
    assert text(editor) == "// one();\ntwo();"
    editor.code.press("Control+/")
    editor.code.press("Alt+ArrowDown")
    assert text(editor) == "two();\none();"
    editor.code.press("Shift+Alt+ArrowDown")
    assert text(editor) == "two();\none();\none();"
    editor.code.press("Control+Shift+K")
    assert text(editor) == "two();\none();"
