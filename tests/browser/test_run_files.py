"""The code of a run that is over: looked at as it was when the run was made, and brought back."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import functions
from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

THEN = """\
import { total } from './lib/order';
export const handler = async () => ({ total: total(2) });
"""


def dialog(editor: EditorPage) -> Locator:
    return editor.page.get_by_role("dialog", name=re.compile("^Files of the run of "))


def shown(editor: EditorPage) -> Locator:
    return dialog(editor).get_by_role("region", name="File")


def show(editor: EditorPage) -> None:
    editor.metrics.get_by_role("button", name="Files of this run").click()
    expect(dialog(editor)).to_be_visible()


def add_file(editor: EditorPage, path: str, text: str) -> None:
    editor.page.get_by_role("button", name="Add file").click()
    editor.page.get_by_role("textbox", name="File path").fill(path)
    editor.page.keyboard.press("Enter")
    expect(editor.page.get_by_role("tab", name=path, exact=True)).to_have_attribute("aria-selected", "true")
    editor.code.fill(text)


def test_the_files_of_a_run_are_shown_as_they_were_and_brought_back(editor: EditorPage) -> None:
    add_file(editor, "lib/order.ts", "export const total = (count: number) => count * 3;\n")
    add_file(editor, "app.ts", THEN)
    editor.handler.fill("app.handler")
    assert editor.run() == "Succeeded"
    editor.code.fill(functions.ECHO)
    editor.handler.fill("index.handler")
    editor.write(functions.COUNTER, '{"now": true}')
    editor.run()
    expect(editor.last_runs.get_by_role("button")).to_have_count(2)

    editor.last_runs.get_by_role("button").first.click()
    expect(editor.metrics).to_contain_text("read-only")
    show(editor)
    expect(shown(editor)).to_have_text(THEN)
    dialog(editor).get_by_role("radio", name="lib/order.ts").check()
    expect(shown(editor)).to_contain_text("count: number")
    dialog(editor).get_by_role("button", name="Bring back").click()
    expect(dialog(editor)).to_have_count(0)
    expect(editor.code).to_contain_text("total(2)")
    expect(editor.handler).to_have_value("app.handler")
    expect(editor.event).to_have_text('{"now": true}')
    assert editor.run() == "Succeeded"
    assert editor.response_text() == '{"total":6}'

    editor.page.get_by_role("button", name="Back to your code").click()
    expect(editor.code).to_contain_text("calls += 1")


def test_what_is_in_the_editor_already_need_not_be_brought_back(editor: EditorPage) -> None:
    editor.write(functions.ECHO)
    editor.run()
    show(editor)
    expect(dialog(editor)).to_contain_text("This is the code in the editor.")
    expect(dialog(editor).get_by_role("button", name="Bring back")).to_be_disabled()
    editor.page.keyboard.press("Escape")
    expect(editor.metrics.get_by_role("button", name="Files of this run")).to_be_focused()
    editor.page.reload()
    editor.wait_until_ended()
    editor.code.fill(functions.COUNTER)
    show(editor)
    expect(shown(editor)).to_have_text(functions.ECHO)
    expect(dialog(editor).get_by_role("button", name="Bring back")).to_be_enabled()


def test_axe_finds_no_violation_in_the_files_of_a_run(editor: EditorPage) -> None:
    editor.write(functions.ECHO)
    editor.run()
    editor.code.fill(functions.COUNTER)
    show(editor)
    check_every_look(editor)
