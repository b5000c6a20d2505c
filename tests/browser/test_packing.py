"""What packs and unpacks comes late: where it does not come, that is said at its place, and is tried again."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage
from tests.browser.snippets import from_menu
from tests.browser.test_opening import DROP, PROJECT, TEMPLATE, archive, dialog
from tests.serving import CHECKOUT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
WORDS = "What packs and unpacks files could not be loaded. Try again."


@contextmanager
def without_packing(page: Page) -> Iterator[None]:
    """While the part that packs and unpacks cannot be loaded."""
    manifest = json.loads((CHECKOUT / "frontend" / "dist" / "manifest.json").read_text())
    address = f"**/static/{manifest['node_modules/fflate/esm/browser.js']['file']}"
    page.route(address, lambda route: route.abort())
    yield
    page.unroute(address)


def drop(editor: EditorPage, name: str, content: bytes) -> None:
    editor.page.evaluate(DROP, {"name": name, "content": base64.b64encode(content).decode()})


def test_a_dropped_template_is_opened_once_it_could_be_loaded(editor: EditorPage) -> None:
    said = dialog(editor).get_by_role("status")
    again = dialog(editor).get_by_role("button", name="Try again")
    with without_packing(editor.page):
        drop(editor, "template.yaml", TEMPLATE.encode())
        expect(said).to_have_text(WORDS)
        check_every_look(editor)
        again.click()
        expect(said).to_have_text(WORDS)
    again.click()
    expect(dialog(editor).get_by_role("radio", name="HelloFunction")).to_be_checked()
    expect(again).to_have_count(0)


def test_a_chosen_folder_is_opened_once_it_could_be_loaded(editor: EditorPage, tmp_path: Path) -> None:
    for path, text in PROJECT.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    from_menu(editor, "Open a project")
    with without_packing(editor.page):
        dialog(editor).get_by_label("Choose a folder").set_input_files(tmp_path)
        expect(dialog(editor).get_by_role("status")).to_have_text(WORDS)
    dialog(editor).get_by_role("button", name="Try again").click()
    expect(dialog(editor).get_by_role("radio", name="HelloFunction")).to_be_checked()


def test_a_dropped_archive_is_opened_when_it_is_dropped_again(editor: EditorPage, tmp_path: Path) -> None:
    content = archive(tmp_path, PROJECT).read_bytes()
    with without_packing(editor.page):
        drop(editor, "project.zip", content)
        expect(editor.message).to_have_text(WORDS)
    drop(editor, "project.zip", content)
    expect(dialog(editor).get_by_role("radio", name="HelloFunction")).to_be_checked()


def test_files_are_taken_away_when_it_is_tried_again(editor: EditorPage) -> None:
    editor.page.get_by_role("button", name="File tree").click()
    download = editor.page.get_by_role("button", name="Download files")
    with without_packing(editor.page):
        download.click()
        expect(editor.message).to_have_text(WORDS)
    with editor.page.expect_download():
        download.click()


def test_a_link_with_the_work_in_it_is_made_when_it_is_tried_again(editor: EditorPage) -> None:
    from_menu(editor, "Export")
    export = editor.page.get_by_role("dialog", name="Export")
    with without_packing(editor.page):
        export.get_by_role("radio", name="Link with the work in it").check()
        expect(export.get_by_role("alert")).to_contain_text(WORDS)
    export.get_by_role("button", name="Try again").click()
    expect(export.locator("pre")).to_contain_text("#work=")
