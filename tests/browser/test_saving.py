"""Work is saved as a snippet with versions; what is typed after that is saved by itself, and nothing is lost."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.axe import check_every_look
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage
from tests.browser.snippets import ADDRESS, from_menu, save_first, state_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
CODE = "export const handler = async (event) => ({ told: event });"
CHANGED = "export const handler = async () => 'changed';"
THEIRS = "export const handler = async () => 'theirs';"


def stored(page: Page) -> dict[str, Any]:
    """What the service holds of the snippet that the address names."""
    address = page.url.replace("/snippets/", "/api/snippets/")
    told: dict[str, Any] = page.request.get(address).json()
    return told


def change_elsewhere(page: Page) -> None:
    """Another program of the same person saves other code."""
    address = page.url.replace("/snippets/", "/api/snippets/")
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    body = json.dumps({"files": {"index.mjs": THEIRS}})
    headers = {"X-CSRFToken": token, "Content-Type": "application/json"}
    assert page.request.put(address, data=body, headers=headers).ok


def test_the_first_save_makes_a_snippet_with_an_address_and_version_1(editor: EditorPage) -> None:
    editor.write(CODE, '{"a": 1}')
    editor.add_variable("COLOUR", "blue")
    expect(state_of(editor)).to_have_text("Not saved")
    save_first(editor, "colours", "the beginning")
    expect(editor.page).to_have_url(ADDRESS)
    expect(editor.page.get_by_text("colours", exact=True)).to_be_visible()
    told = stored(editor.page)
    assert told["files"] == {"index.mjs": CODE}
    assert (told["function_name"], told["last_version"]) == ("colours", 1)
    assert told["environment"]["COLOUR"] == "blue"
    editor.page.reload()
    expect(editor.code).to_have_text(CODE)
    expect(editor.event).to_have_text('{"a": 1}')
    expect(state_of(editor)).to_have_text("Saved as version 1")


def test_a_name_is_suggested_and_its_faults_stand_at_the_field(editor: EditorPage) -> None:
    editor.write(CODE)
    editor.page.get_by_role("button", name="Save", exact=True).click()
    dialog = editor.page.get_by_role("dialog", name="Save snippet")
    name = dialog.get_by_role("textbox", name="Name")
    expect(name).to_have_value("my-function")
    check_every_look(editor)
    name.fill("no good")
    expect(dialog.get_by_role("status")).to_have_text("A name has letters, digits, hyphens and underscores.")
    expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
    name.fill("taken")
    dialog.get_by_role("button", name="Save").click()
    expect(state_of(editor)).to_have_text("Saved as version 1")
    from_menu(editor, "New snippet")
    expect(state_of(editor)).to_have_text("Not saved")
    save = editor.page.get_by_role("button", name="Save", exact=True)
    save.click()
    name.fill("taken")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("status")).to_contain_text("another snippet with the name taken")
    editor.page.keyboard.press("Escape")
    expect(save).to_be_focused()
    expect(state_of(editor)).to_have_text("Not saved")


def test_what_is_typed_is_saved_by_itself_and_a_version_when_asked(editor: EditorPage) -> None:
    editor.write(CODE)
    save_first(editor, "typing")
    with editor.page.expect_response(lambda answer: answer.request.method == "PUT") as answer:
        editor.code.fill(CHANGED)
        expect(state_of(editor)).to_have_text("Changes since version 1")
    assert answer.value.ok
    assert stored(editor.page)["files"] == {"index.mjs": CHANGED}
    editor.code.press("Control+s")
    expect(state_of(editor)).to_have_text("Saved as version 2")
    editor.code.press("Control+s")
    expect(state_of(editor)).to_have_text("Nothing has changed since version 2")
    editor.code.fill(CODE)
    expect(state_of(editor)).to_have_text("Changes since version 2")


def test_a_run_of_a_saved_snippet_belongs_to_it(editor: EditorPage) -> None:
    editor.write(CODE, '{"a": 1}')
    save_first(editor, "runs")
    assert editor.run() == "Succeeded"
    editor.page.goto(editor.page.url.split("/snippets/")[0] + "/snippets")
    expect(editor.page.get_by_role("listitem").filter(has_text="runs")).to_contain_text("Succeeded")


def test_a_lost_connection_is_told_and_the_work_is_sent_when_it_is_back(editor: EditorPage) -> None:
    editor.write(CODE)
    save_first(editor, "offline")
    editor.page.context.set_offline(True)
    editor.code.fill(CHANGED)
    expect(state_of(editor)).to_have_text("Offline, kept in this browser")
    editor.page.context.set_offline(False)
    expect(state_of(editor)).to_have_text("Changes since version 1")
    assert stored(editor.page)["files"] == {"index.mjs": CHANGED}


def test_a_reload_before_it_was_sent_keeps_what_was_typed(editor: EditorPage) -> None:
    editor.write(CODE)
    save_first(editor, "reloaded")

    def refuse(route: Route) -> None:
        if route.request.method == "PUT":
            route.abort()
        else:
            route.continue_()

    editor.page.route("**/api/snippets/*", refuse)
    editor.code.fill(CHANGED)
    expect(state_of(editor)).to_have_text("Offline, kept in this browser")
    editor.page.reload()
    expect(editor.code).to_have_text(CHANGED)
    editor.page.unroute("**/api/snippets/*")
    expect(state_of(editor)).to_have_text("Changes since version 1")
    assert stored(editor.page)["files"] == {"index.mjs": CHANGED}


def conflict(editor: EditorPage, name: str) -> None:
    editor.write(CODE)
    save_first(editor, name)
    change_elsewhere(editor.page)
    editor.code.fill(CHANGED)
    expect(state_of(editor)).to_have_text("Changed elsewhere")


def test_what_changed_elsewhere_is_compared_and_mine_is_kept_with_theirs_as_a_version(
    editor: EditorPage,
) -> None:
    conflict(editor, "mine")
    editor.page.reload()
    expect(state_of(editor)).to_have_text("Changed elsewhere")
    expect(editor.code).to_have_text(CHANGED)
    check_every_look(editor)
    editor.page.get_by_role("button", name="Look at the differences").click()
    dialog = editor.page.get_by_role("dialog", name="Theirs and yours")
    expect(dialog).to_contain_text("'theirs'")
    expect(dialog).to_contain_text("'changed'")
    editor.page.keyboard.press("Escape")
    editor.page.get_by_role("button", name="Keep mine").click()
    expect(state_of(editor)).to_have_text("Changes since version 2")
    told = stored(editor.page)
    assert told["files"] == {"index.mjs": CHANGED}
    version = editor.page.request.get(
        editor.page.url.replace("/snippets/", "/api/snippets/") + "/versions/2"
    ).json()
    assert version["files"] == {"index.mjs": THEIRS}


def test_theirs_is_taken_and_mine_stays_in_this_browser(editor: EditorPage) -> None:
    conflict(editor, "theirs")
    editor.page.get_by_role("button", name="Take theirs").click()
    expect(editor.code).to_have_text(THEIRS)
    expect(state_of(editor)).to_have_text("Changes since version 1")
    editor.page.get_by_role("button", name="Examples", exact=True).click()
    dialog = editor.page.get_by_role("dialog", name="Examples")
    dialog.get_by_text("Your code of").first.click()
    expect(dialog).to_contain_text("'changed'")


def test_two_tabs_of_one_snippet_do_not_write_over_each_other(chromium: Browser, playground: str) -> None:
    with visitor(chromium) as (context, watch):
        first = EditorPage(context.new_page(), watch)
        first.page.goto(playground)
        first.write(CODE)
        save_first(first, "two-tabs")
        second = EditorPage(context.new_page(), watch)
        second.page.goto(first.page.url)
        expect(second.code).to_have_text(CODE)
        expect(state_of(second)).to_have_text("Saved as version 1")
        with first.page.expect_response(lambda answer: answer.request.method == "PUT"):
            first.code.fill(CHANGED)
        second.code.fill(THEIRS)
        expect(state_of(second)).to_have_text("Changed elsewhere")
        assert stored(first.page)["files"] == {"index.mjs": CHANGED}


def test_opening_an_example_leaves_the_snippet_as_it_is(editor: EditorPage) -> None:
    editor.write(CODE)
    save_first(editor, "left")
    address = editor.page.url
    from_menu(editor, "New snippet")
    expect(editor.code).not_to_have_text(CODE)
    expect(editor.page).not_to_have_url(ADDRESS)
    editor.page.go_back()
    expect(editor.page).to_have_url(address)
    expect(editor.code).to_have_text(CODE)
    expect(state_of(editor)).to_have_text("Saved as version 1")


def test_the_menu_works_by_keyboard_and_fits_a_telephone(editor: EditorPage) -> None:
    editor.page.set_viewport_size({"width": 360, "height": 800})
    button = editor.page.get_by_role("button", name="Menu", exact=True)
    button.focus()
    editor.page.keyboard.press("Enter")
    menu = editor.page.get_by_role("navigation", name="Menu")
    for entry in ("New snippet", "Share", "Run all events", "My snippets"):
        expect(menu.get_by_text(entry, exact=True)).to_be_in_viewport()
    check_every_look(editor)
    editor.page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(button).to_be_focused()
