"""Help while typing: completion, descriptions, problems and definitions, from a service that is loaded late."""

import re
import time

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
PATIENCE_MS = 60_000
"""The first answer waits for the compiler's own code and the types of Node.js."""

ANNOTATED = """\
/** @type {import('aws-lambda').APIGatewayProxyHandlerV2} */
export const handler = async (event, context) => {
  const path = event
  return { statusCode: 200 };
};
"""
TYPED = """\
import type { SQSHandler } from 'aws-lambda';

export const handler: SQSHandler = async (event) => {
  const count: string = event.Records.length;
};
"""


WHERE = """
(code, word) => {
  const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const at = node.data.indexOf(word);
    if (at < 0) continue;
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + word.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  }
}
"""


def language(editor: EditorPage) -> Locator:
    return editor.page.locator("footer .language")


def add_file(editor: EditorPage, path: str, text: str) -> None:
    editor.page.get_by_role("button", name="Add file").click()
    editor.page.get_by_role("textbox", name="File path").fill(path)
    editor.page.keyboard.press("Enter")
    expect(editor.page.get_by_role("tab", name=path, exact=True)).to_have_attribute("aria-selected", "true")
    editor.code.fill(text)


def option(editor: EditorPage, name: str) -> Locator:
    return editor.page.get_by_role("option", name=name, exact=True)


def type_after(editor: EditorPage, word: str, typed: str) -> None:
    """Type at the end of the line that ends with a word."""
    editor.page.locator(".cm-line", has_text=re.compile(f"{re.escape(word)}$")).click()
    editor.page.keyboard.press("End")
    editor.page.keyboard.type(typed)


def test_the_event_of_an_annotated_handler_completes(editor: EditorPage) -> None:
    editor.write(ANNOTATED)
    expect(language(editor)).to_have_text("TypeScript: no problems", timeout=PATIENCE_MS)
    type_after(editor, "path = event", ".")
    for name in ("rawPath", "headers", "requestContext"):
        expect(option(editor, name)).to_be_visible()
    editor.page.keyboard.type("rawP")
    expect(option(editor, "rawPath")).to_have_attribute("aria-selected", "true")
    # A moment before the list takes keys keeps Enter from choosing what nobody has seen.
    expect(editor.page.locator(".cm-completionInfo")).to_contain_text("string")
    time.sleep(0.1)
    editor.page.keyboard.press("Enter")
    expect(editor.code).to_contain_text("const path = event.rawPath")


def test_typescript_is_typed_and_its_problems_are_told(editor: EditorPage) -> None:
    add_file(editor, "queue.ts", TYPED)
    expect(language(editor)).to_have_text("TypeScript: 1 problem", timeout=PATIENCE_MS)
    mark = editor.page.locator(".cm-lintRange-error")
    expect(mark).to_have_text("count")
    mark.hover()
    tooltip = editor.page.get_by_role("tooltip").or_(editor.page.locator(".cm-tooltip-hover"))
    expect(tooltip.first).to_contain_text("'number' is not assignable to type 'string'")


def test_a_word_is_described_where_the_mouse_rests(editor: EditorPage) -> None:
    editor.write("/** Adds tax.\n * @param {number} net */\nexport const handler = async (net) => net;\n")
    expect(language(editor)).to_have_text("TypeScript: no problems", timeout=PATIENCE_MS)
    left, top = editor.code.evaluate(WHERE, "handler")
    editor.page.mouse.move(left - 20, top)
    editor.page.mouse.move(left, top, steps=4)
    expect(editor.page.locator(".cm-tooltip-hover")).to_contain_text(
        "const handler: (net: number) => Promise<number>"
    )


def test_a_definition_is_found_in_another_file(editor: EditorPage) -> None:
    add_file(editor, "tax.mjs", "// cents\nexport const tax = (net) => net * 1.2;\n")
    editor.page.get_by_role("tab", name="index.mjs").click()
    editor.write("import { tax } from './tax.mjs';\nexport const handler = async () => tax(1);\n")
    expect(language(editor)).to_have_text("TypeScript: no problems", timeout=PATIENCE_MS)
    editor.page.locator(".cm-line", has_text="import { tax }").click()
    editor.page.keyboard.press("Home")
    for _ in "import { t":
        editor.page.keyboard.press("ArrowRight")
    editor.page.keyboard.press("F12")
    expect(editor.page.get_by_role("tab", name="tax.mjs")).to_have_attribute("aria-selected", "true")
    expect(editor.code.locator(".cm-activeLine")).to_contain_text("export const tax")


def test_nothing_of_it_is_fetched_before_the_page_is_there(editor: EditorPage) -> None:
    # What was asked for until the page could be used.
    expect(editor.code).to_be_visible()
    assert not [url for url in editor.watch.requests if "prettier" in url or "/typescript-" in url]
    editor.code.click()
    expect(language(editor)).to_contain_text("TypeScript: ", timeout=PATIENCE_MS)
    assert any("/worker-" in url for url in editor.watch.requests)


def test_the_parameters_of_a_call_are_told_while_it_is_typed(editor: EditorPage) -> None:
    editor.write(
        "/** @param {number} price in dollars\n * @param {string} [code] of a voucher */\n"
        "const pay = (price, code) => [price, code];\n"
        "export const handler = async () => {\n  return pay\n};\n"
    )
    expect(language(editor)).to_have_text("TypeScript: no problems", timeout=PATIENCE_MS)
    hint = editor.page.get_by_role("status", name="Parameters")
    at_hand = hint.locator("b")
    type_after(editor, "return pay", "(")
    expect(at_hand).to_have_text("price: number")
    expect(hint).to_contain_text("in dollars")
    editor.page.keyboard.type("1, ")
    expect(at_hand).to_have_text(re.compile(r"^code\?: string"))
    assert violations(editor) == []
    editor.page.keyboard.press("Escape")
    expect(hint).to_have_count(0)
    expect(editor.code).to_be_focused()
    editor.page.keyboard.press("Control+Shift+Space")
    expect(at_hand).to_have_text(re.compile(r"^code\?: string"))
    editor.page.keyboard.press("End")
    expect(hint).to_have_count(0)
    expect(editor.code).to_contain_text("return pay(1, )")
