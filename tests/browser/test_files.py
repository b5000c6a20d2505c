"""Files and folders: in tabs and a tree, named, moved, brought in, taken away, and never lost."""

import contextlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Error, Locator, Page, expect

from tests.browser.chromium import visitor, wait_for
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
DROP = """
({ files }) => {
  const transfer = new DataTransfer();
  for (const [name, text] of Object.entries(files)) transfer.items.add(new File([text], name));
  const target = document.querySelector('.code-pane');
  for (const type of ['dragover', 'drop']) {
    target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }
}
"""


def tab(page: Page, path: str) -> Locator:
    return page.get_by_role("tab", name=path, exact=True)


def row(page: Page, path: str) -> Locator:
    return page.get_by_role("tree", name="File tree").locator(f'[role=treeitem][title="{path}"]')


def rows(page: Page) -> list[str]:
    return [
        str(item.get_attribute("title"))
        for item in page.get_by_role("tree", name="File tree").get_by_role("treeitem").all()
    ]


def open_tree(page: Page) -> None:
    page.get_by_role("button", name="File tree").click()
    expect(page.get_by_role("tree", name="File tree")).to_be_visible()


def add(editor: EditorPage, path: str, text: str = "") -> None:
    editor.page.get_by_role("button", name="Add file").click()
    editor.page.get_by_role("textbox", name="File path").fill(path)
    editor.page.keyboard.press("Enter")
    expect(tab(editor.page, path)).to_have_attribute("aria-selected", "true")
    editor.code.fill(text)


def name(editor: EditorPage, path: str) -> None:
    field = editor.page.get_by_role("textbox", name="File path")
    field.fill(path)
    field.press("Enter")
    expect(field).to_have_count(0)


def test_files_in_folders_run_together(editor: EditorPage) -> None:
    add(editor, "lib/tax.mjs", "export const tax = (net) => net * 2;\n")
    tab(editor.page, "index.mjs").click()
    editor.write("import { tax } from './lib/tax.mjs';\nexport const handler = async () => tax(21);\n", "{}")
    assert editor.run() == "Succeeded"
    assert editor.response_text() == "42"


def test_a_tree_shows_folders_and_is_worked_by_keyboard(editor: EditorPage) -> None:
    add(editor, "lib/deep/one.mjs")
    add(editor, "lib/two.mjs")
    open_tree(editor.page)
    assert rows(editor.page) == ["lib", "lib/deep", "lib/deep/one.mjs", "lib/two.mjs", "index.mjs"]
    row(editor.page, "lib/two.mjs").focus()
    editor.page.keyboard.press("Home")
    expect(row(editor.page, "lib")).to_be_focused()
    editor.page.keyboard.press("ArrowLeft")
    expect(row(editor.page, "lib")).to_have_attribute("aria-expanded", "false")
    assert rows(editor.page) == ["lib", "index.mjs"]
    editor.page.keyboard.press("ArrowDown")
    editor.page.keyboard.press("Enter")
    expect(tab(editor.page, "index.mjs")).to_have_attribute("aria-selected", "true")
    row(editor.page, "lib").focus()
    editor.page.keyboard.press("ArrowRight")
    expect(row(editor.page, "lib/deep")).to_be_visible()


def test_a_folder_is_renamed_with_what_lies_in_it(editor: EditorPage) -> None:
    add(editor, "lib/one.mjs", "1")
    add(editor, "lib/two.mjs", "2")
    open_tree(editor.page)
    row(editor.page, "lib").focus()
    editor.page.keyboard.press("F2")
    name(editor, "source/parts")
    assert rows(editor.page) == [
        "source",
        "source/parts",
        "source/parts/one.mjs",
        "source/parts/two.mjs",
        "index.mjs",
    ]
    expect(tab(editor.page, "source/parts/two.mjs")).to_be_visible()


def test_a_name_that_cannot_be_is_refused_in_words(editor: EditorPage) -> None:
    editor.page.get_by_role("button", name="Add file").click()
    field = editor.page.get_by_role("textbox", name="File path")
    field.fill("index.mjs")
    expect(field).to_have_accessible_description("index.mjs exists already.")
    expect(editor.page.get_by_role("button", name="Add", exact=True)).to_be_disabled()
    field.press("Escape")
    expect(field).to_have_count(0)


def test_what_holds_text_is_removed_after_a_question(editor: EditorPage) -> None:
    add(editor, "lib/one.mjs", "1")
    open_tree(editor.page)
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    editor.page.once("dialog", refuse)
    row(editor.page, "lib").focus()
    editor.page.keyboard.press("Delete")
    assert asked == ["Remove lib/one.mjs?"]
    assert "lib/one.mjs" in rows(editor.page)
    editor.page.once("dialog", lambda dialog: dialog.accept())
    editor.page.keyboard.press("Delete")
    expect(row(editor.page, "lib/one.mjs")).to_have_count(0)
    row(editor.page, "index.mjs").focus()
    editor.page.keyboard.press("Delete")
    expect(editor.message).to_contain_text("one file at least")
    assert rows(editor.page) == ["index.mjs"]


def test_a_file_is_dragged_into_a_folder(editor: EditorPage) -> None:
    add(editor, "lib/one.mjs")
    add(editor, "two.mjs")
    open_tree(editor.page)
    row(editor.page, "two.mjs").drag_to(row(editor.page, "lib"))
    expect(row(editor.page, "lib/two.mjs")).to_be_visible()
    row(editor.page, "lib/one.mjs").drag_to(row(editor.page, "index.mjs"))
    expect(row(editor.page, "one.mjs")).to_be_visible()
    assert rows(editor.page) == ["lib", "lib/two.mjs", "index.mjs", "one.mjs"]


def test_a_closed_tab_keeps_its_file(editor: EditorPage) -> None:
    add(editor, "one.mjs", "export const one = 1;\n")
    tab(editor.page, "one.mjs").focus()
    editor.page.keyboard.press("Delete")
    expect(tab(editor.page, "one.mjs")).to_have_count(0)
    open_tree(editor.page)
    row(editor.page, "one.mjs").click()
    expect(tab(editor.page, "one.mjs")).to_have_attribute("aria-selected", "true")
    expect(editor.code).to_contain_text("export const one = 1;")


def test_files_from_the_desktop_are_dropped_onto_the_code(editor: EditorPage) -> None:
    editor.page.evaluate(DROP, {"files": {"dropped.mjs": "export const dropped = 1;\n", "more.json": "{}"}})
    expect(tab(editor.page, "dropped.mjs")).to_have_attribute("aria-selected", "true")
    expect(editor.code).to_contain_text("export const dropped = 1;")
    expect(editor.page.get_by_role("tree", name="File tree")).to_be_visible()
    assert set(rows(editor.page)) == {"index.mjs", "dropped.mjs", "more.json"}


def test_an_archive_comes_in_and_goes_out_again(editor: EditorPage, tmp_path: Path) -> None:
    archive = tmp_path / "function.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("index.mjs", "export const handler = async () => 'from the archive';\n")
        packed.writestr("lib/part.mjs", "export const part = 1;\n")
        packed.writestr("logo.png", b"\x89PNG\xff")
    open_tree(editor.page)
    editor.page.once("dialog", lambda dialog: dialog.accept())
    editor.page.locator("input[type=file]").first.set_input_files(archive)
    expect(row(editor.page, "lib/part.mjs")).to_be_visible()
    expect(editor.message).to_contain_text("logo.png cannot be edited as text")
    expect(editor.code).to_contain_text("from the archive")
    editor.event.fill("{}")
    assert editor.run() == "Succeeded"
    assert json.loads(editor.response_text()) == "from the archive"
    with editor.page.expect_download() as download:
        editor.page.get_by_role("button", name="Download files").click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as packed:
        assert sorted(packed.namelist()) == ["index.mjs", "lib/part.mjs"]
        assert packed.read("lib/part.mjs") == b"export const part = 1;\n"


def wait_until_kept(page: Page, text: str) -> None:
    wait_for(page, "(text) => Object.values(localStorage).some((kept) => kept.includes(text))", text)


def test_unsaved_work_survives_a_reload_and_a_crash_of_the_tab(chromium: Browser, playground: str) -> None:
    with visitor(chromium) as (context, watch):
        editor = EditorPage(context.new_page(), watch)
        editor.page.goto(playground)
        add(editor, "lib/kept.mjs", "export const kept = 'by the browser';\n")
        wait_until_kept(editor.page, "by the browser")
        editor.page.reload()
        expect(tab(editor.page, "lib/kept.mjs")).to_have_attribute("aria-selected", "true")
        expect(editor.code).to_contain_text("by the browser")
        editor.code.fill("export const kept = 'through a crash';\n")
        wait_until_kept(editor.page, "through a crash")
        crashed = editor.page
        # Nobody answers for a page that has crashed.
        with crashed.expect_event("crash"), contextlib.suppress(Error):
            crashed.goto("chrome://crash", timeout=2_000)
        after = EditorPage(context.new_page(), watch)
        after.page.goto(playground)
        expect(after.code).to_contain_text("through a crash")


def test_two_tabs_keep_their_own_work(chromium: Browser, playground: str) -> None:
    with visitor(chromium) as (context, watch):
        first = EditorPage(context.new_page(), watch)
        first.page.goto(playground)
        first.code.fill("export const mine = 'the first';\n")
        wait_until_kept(first.page, "the first")
        second = EditorPage(context.new_page(), watch)
        second.page.goto(playground)
        expect(second.code).to_contain_text("the first")
        expect(second.page.get_by_text("a copy of the work in another tab")).to_be_visible()
        second.code.fill("export const mine = 'the second';\n")
        wait_until_kept(second.page, "the second")
        first.page.reload()
        expect(first.code).to_contain_text("the first")
        second.page.reload()
        expect(second.code).to_contain_text("the second")
