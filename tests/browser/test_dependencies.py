"""A package.json that asks for more than ranges of versions is marked at its line, and kept as it was typed."""

import pytest
from playwright.sync_api import expect

from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
MANIFEST = '{\n  "type": "module",\n  "dependencies": {\n    "is-odd": "%s"\n  }\n}\n'


def test_a_dependency_that_is_no_range_is_marked_at_its_line(editor: EditorPage) -> None:
    editor.page.get_by_role("button", name="Add file").click()
    editor.page.get_by_role("textbox", name="File path").fill("package.json")
    editor.page.keyboard.press("Enter")
    expect(editor.page.get_by_role("tab", name="package.json", exact=True)).to_be_visible()
    editor.write(MANIFEST % "github:user/repo")
    editor.test.click()
    expect(editor.message).to_contain_text("Nothing was started")
    told = editor.page.get_by_text('Line 4: "is-odd" in dependencies is "github:user/repo".')
    expect(told).to_be_visible()
    expect(told).to_contain_text("Nothing is installed here.")
    expect(editor.code.locator(".cm-fault")).to_have_text('    "is-odd": "github:user/repo"')
    editor.write(MANIFEST % "^3.0.1")
    assert editor.run() == "Succeeded"
