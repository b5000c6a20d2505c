"""Panes that can be sized, keys that are listed, and a page that fits narrow and magnified windows."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.axe import violations
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


def edge(editor: EditorPage, label: str) -> Locator:
    return editor.page.get_by_role("separator", name=label, exact=True)


def width(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["width"]


def test_the_edge_between_panes_is_moved_by_keyboard_and_remembered(editor: EditorPage) -> None:
    before = width(editor.response)
    between = edge(editor, "Width of the output")
    between.focus()
    for _ in range(5):
        editor.page.keyboard.press("ArrowLeft")
    expect(between).to_have_attribute("aria-valuenow", "54")
    wide = width(editor.response)
    assert wide > before + 100
    editor.page.reload()
    expect(between).to_have_attribute("aria-valuenow", "54")
    assert abs(width(editor.response) - wide) < 2
    between.focus()
    editor.page.keyboard.press("Enter")
    expect(between).to_have_attribute("aria-valuenow", "44")


def test_the_edge_between_panes_is_dragged(editor: EditorPage) -> None:
    between = edge(editor, "Height of the event")
    before = between.bounding_box()
    assert before
    x, y = before["x"] + before["width"] / 2, before["y"]
    editor.page.mouse.move(x, y)
    editor.page.mouse.down()
    editor.page.mouse.move(x, y + 60, steps=4)
    editor.page.mouse.up()
    after = between.bounding_box()
    assert after
    assert abs(after["y"] - before["y"] - 60) < 2
    # It is a line without a height of its own; what is around it takes the mouse.
    editor.page.mouse.dblclick(x, after["y"])
    restored = between.bounding_box()
    assert restored
    assert abs(restored["y"] - before["y"]) < 2


def test_every_edge_has_a_name_and_a_range(editor: EditorPage) -> None:
    editor.page.get_by_role("button", name="File tree").click()
    edges = editor.page.get_by_role("separator").all()
    assert len(edges) == 5
    for one in edges:
        assert one.get_attribute("aria-label")
        least, now, most = (
            int(one.get_attribute(f"aria-value{part}") or -1) for part in ("min", "now", "max")
        )
        assert least <= now <= most


def test_a_question_mark_lists_the_keys_but_not_while_one_types(editor: EditorPage) -> None:
    editor.test.focus()
    editor.page.keyboard.press("?")
    keys = editor.page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Format the file")
    assert violations(editor) == []
    editor.page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    expect(editor.test).to_be_focused()
    editor.code.fill("")
    editor.code.press("?")
    editor.handler.fill("?")
    expect(keys).to_have_count(0)
    expect(editor.code).to_have_text("?")


def test_the_text_of_the_editors_has_the_size_that_was_chosen(editor: EditorPage) -> None:
    def size() -> str:
        return str(editor.code.evaluate("(code) => getComputedStyle(code).fontSize"))

    assert size() == "13px"
    larger = editor.page.get_by_role("button", name="Larger text")
    larger.click()
    larger.click()
    assert size() == "15px"
    editor.page.reload()
    expect(editor.code).to_be_visible()
    assert size() == "15px"
    editor.page.get_by_role("button", name="Smaller text").click()
    assert size() == "14px"


@pytest.mark.parametrize("pixels", [pytest.param(360, id="360 px"), pytest.param(720, id="1440 px at 200 %")])
def test_nothing_needs_sideways_scrolling(chromium: Browser, playground: str, pixels: int) -> None:
    with visitor(chromium, width=pixels, height=450) as (context, watch):
        editor = EditorPage(context.new_page(), watch)
        editor.page.goto(playground)
        editor.page.get_by_role("button", name="File tree").click()
        for path in ("a-file-with-a-rather-long-name.mjs", "lib/one.mjs", "lib/two.ts"):
            editor.page.get_by_role("button", name="Add file").click()
            editor.page.get_by_role("textbox", name="File path").fill(path)
            editor.page.keyboard.press("Enter")
            expect(editor.page.get_by_role("tab", name=path)).to_be_visible()
        assert editor.page.evaluate("document.documentElement.scrollWidth") <= pixels
        assert violations(editor) == []


def test_axe_finds_no_violation_with_tree_completion_and_search_open(editor: EditorPage) -> None:
    editor.page.get_by_role("button", name="File tree").click()
    editor.page.get_by_role("button", name="Add file").click()
    for colours in ("light", "dark"):
        editor.page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
        assert violations(editor) == [], colours
    editor.page.keyboard.press("Escape")
    editor.write("export const handler = async () => cons\n// cons")
    editor.code.press("Control+f")
    expect(editor.page.get_by_role("textbox", name="Find")).to_be_visible()
    editor.code.press("Control+Home")
    editor.code.press("End")
    editor.code.press("Control+Space")
    expect(editor.page.get_by_role("option", name="console", exact=True)).to_be_visible(timeout=60_000)
    for colours in ("light", "dark"):
        editor.page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
        assert violations(editor) == [], colours
