"""How the page tells that a function failed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import functions
from tests.browser.editor_page import NO_FIGURE, EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


def test_an_error_is_told_with_type_message_and_a_trace_that_leads_to_its_line(editor: EditorPage) -> None:
    editor.write(functions.THROWS, "{}")
    assert editor.run() == "Function error"
    expect(editor.response.get_by_text("TypeError", exact=True)).to_be_visible()
    expect(editor.response.get_by_text("order is missing", exact=True)).to_be_visible()
    place = editor.response.get_by_role("button", name="index.mjs:2:").first
    place.click()
    expect(editor.code).to_be_focused()
    editor.page.keyboard.insert_text("/* the cursor */")
    assert "throw /* the cursor */new TypeError" in editor.code.inner_text()


def test_the_line_that_failed_is_marked_until_its_file_is_changed(editor: EditorPage) -> None:
    editor.write(functions.THROWS, "{}")
    editor.run()
    marked = editor.code.locator(".cm-fault")
    expect(marked).to_have_text('  if (!order) throw new TypeError("order is missing");')
    editor.page.reload()
    expect(marked).to_have_count(1)
    editor.code.press("Control+End")
    editor.page.keyboard.insert_text("// edited")
    expect(marked).to_have_count(0)

    editor.write(functions.THROWS, '{"order": 1}')
    assert editor.run() == "Succeeded"
    expect(marked).to_have_count(0)


def test_a_timeout_is_told(editor: EditorPage) -> None:
    editor.timeout.fill("1")
    editor.write(functions.NEVER_ENDS)
    assert editor.run() == "Timed out"
    expect(editor.response).to_contain_text("Sandbox.Timedout")
    expect(editor.response).to_contain_text("Task timed out after 1.00 seconds")
    assert editor.report().rstrip().endswith("Status: timeout")
    assert editor.printed() == ["it began"]


def test_running_out_of_memory_is_told_in_a_plain_sentence(editor: EditorPage) -> None:
    editor.timeout.fill("20")
    editor.write(functions.TAKES_ALL_MEMORY)
    assert editor.run() == "Out of memory"
    expect(editor.response).to_contain_text("Runtime.ExitError")
    expect(editor.response).to_contain_text("signal: killed")
    expect(editor.response).to_contain_text("128 MB")
    assert editor.figure("Memory") == "128 MB"


def test_a_file_that_is_no_javascript_fails_in_init(editor: EditorPage) -> None:
    editor.write("export const handler = async () => {")
    assert editor.run() == "Initialisation failed"
    expect(editor.response).to_contain_text("Runtime.UserCodeSyntaxError")
    (report,) = (line for line in editor.platform_lines() if line.startswith("INIT_REPORT "))
    assert report.endswith("Phase: init\tStatus: error\tError Type: Runtime.UserCodeSyntaxError")
    assert editor.figure("Init") == NO_FIGURE
    expect(editor.time_line).to_have_accessible_name(re.compile(rf"init \d+ ms, invoke {NO_FIGURE}$"))
