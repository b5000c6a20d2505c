"""TypeScript on the page: it runs, its traces lead to its lines, and what does not compile is marked."""

import pytest
from playwright.sync_api import expect

from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
THROWS = """\
interface Order { id: string; amount?: number }
enum Size { Small = 'small' }

export const handler = async (order: Order): Promise<string> => {
  if (order.amount === undefined) {
    throw new TypeError(`no amount: ${order.id}`);
  }
  return Size.Small;
};
"""


def rename_to(editor: EditorPage, path: str) -> None:
    editor.page.get_by_role("button", name="Rename file").click()
    editor.page.get_by_role("textbox", name="File path").fill(path)
    editor.page.keyboard.press("Enter")
    expect(editor.page.get_by_role("tab", name=path, exact=True)).to_be_visible()


def test_a_ts_file_runs_and_its_trace_is_a_link_to_its_line(editor: EditorPage) -> None:
    rename_to(editor, "index.ts")
    editor.write(THROWS, '{"id": "7", "amount": 1}')
    assert editor.run() == "Succeeded"
    assert editor.response_text() == '"small"'
    editor.event.fill('{"id": "7"}')
    assert editor.run() == "Function error"
    editor.response.get_by_role("button", name="/var/task/index.ts:6:11").click()
    expect(editor.code.locator(".cm-activeLine")).to_contain_text("throw new TypeError")


def test_what_does_not_compile_is_marked_at_its_line(editor: EditorPage) -> None:
    rename_to(editor, "index.ts")
    editor.write("export const handler = async () => {\n  const x: = 1;\n};\n", "{}")
    editor.test.click()
    expect(editor.message).to_contain_text("Nothing was started")
    expect(editor.page.get_by_text('Line 2: Unexpected "=".')).to_be_visible()
    expect(editor.code.locator(".cm-fault")).to_have_text("  const x: = 1;")
    expect(editor.state).to_have_text("Not run yet")
    editor.write("export const handler = async (): Promise<number> => 7;\n")
    assert editor.run() == "Succeeded"
