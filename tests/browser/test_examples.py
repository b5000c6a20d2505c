"""Examples open in the editor and run at once; what was there before is never lost. Each runs in tests/examples."""

import re

import pytest
from playwright.sync_api import Dialog, Locator, expect

from tests.browser import functions
from tests.browser.axe import check_every_look
from tests.browser.chromium import wait_for
from tests.browser.editor_page import EditorPage
from tests.examples.examples import read_all

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


def dialog(editor: EditorPage) -> Locator:
    return editor.page.get_by_role("dialog", name="Examples")


def choose(editor: EditorPage, name: str | re.Pattern[str]) -> None:
    editor.page.get_by_role("button", name="Examples", exact=True).click()
    dialog(editor).get_by_role("radio", name=name).check()


def open_(editor: EditorPage, name: str | re.Pattern[str]) -> None:
    choose(editor, name)
    dialog(editor).get_by_role("button", name="Open").click()
    expect(dialog(editor)).to_have_count(0)


def own_work(editor: EditorPage) -> Locator:
    return dialog(editor).get_by_role("radio", name=re.compile("^Your code"))


def test_the_examples_are_no_part_of_the_first_load(editor: EditorPage) -> None:
    editor.page.wait_for_load_state("networkidle")
    assert not [url for url in editor.watch.requests if "Examples" in url]
    editor.page.get_by_role("button", name="Examples", exact=True).click()
    titles = [example.told["title"] for example in read_all()]
    for title in titles:
        expect(dialog(editor).get_by_role("radio", name=title, exact=True)).to_have_count(1)
    assert len(titles) >= 12


def test_an_example_brings_files_events_and_configuration_and_runs_at_once(editor: EditorPage) -> None:
    choose(editor, "Timeout")
    shown = dialog(editor).get_by_role("region", name="Example")
    expect(shown).to_contain_text("Timed out. The log ends after 2 seconds")
    expect(shown).to_contain_text("128 MB \N{MIDDLE DOT} 2 s")
    dialog(editor).get_by_role("button", name="Open").click()
    expect(editor.timeout).to_have_value("2")
    events = editor.page.get_by_role("tablist", name="Test events").get_by_role("tab")
    expect(events).to_have_text(["in-time", "too-slow", "careful"])
    assert editor.run() == "Succeeded"
    assert editor.response_text() == '{"done":2,"left":0}'
    events.get_by_text("too-slow").click()
    assert editor.run() == "Timed out"


def test_an_example_of_several_files_shows_its_handler_first(editor: EditorPage) -> None:
    open_(editor, "Worker threads")
    expect(editor.page.get_by_role("tab", name="index.mjs", selected=True)).to_be_visible()
    expect(editor.page.get_by_role("tab", name="primes.mjs")).to_be_visible()
    expect(editor.memory).to_have_value("3008")


def test_a_template_of_an_example_can_be_filled_in_again(editor: EditorPage) -> None:
    open_(editor, "HTTP result")
    editor.page.get_by_role("button", name="Template fields").click()
    editor.page.get_by_role("dialog").get_by_label("Query string").fill("name=Grace")
    editor.page.get_by_role("dialog").get_by_role("button", name="Fill in").click()
    assert editor.run() == "Succeeded"
    assert "Hello, Grace!" in editor.response_text()


def test_work_is_kept_when_an_example_opens_and_comes_back(editor: EditorPage) -> None:
    editor.write(functions.COUNTER, '{"mine": true}')
    editor.memory.fill("256")
    editor.add_variable("MINE", "yes")
    open_(editor, "Hello")
    expect(editor.code).to_contain_text("Hello, ")
    expect(editor.memory).to_have_value("128")

    editor.page.get_by_role("button", name="Back to your code").click()
    expect(editor.code).to_have_text(re.compile("let calls = 0"))
    expect(editor.event).to_have_text('{"mine": true}')
    expect(editor.memory).to_have_value("256")
    expect(editor.variables.get_by_role("textbox", name="Key 2")).to_have_value("MINE")
    expect(editor.page.get_by_role("button", name="Back to your code")).to_have_count(0)


def test_work_is_still_kept_after_a_reload_and_after_work_on_an_example(editor: EditorPage) -> None:
    editor.code.fill("// the first\n" + functions.ECHO)
    open_(editor, "Hello")
    editor.code.fill("// the second\n" + functions.ECHO)
    open_(editor, "Callback")
    editor.page.reload()
    expect(editor.code).to_contain_text("randomInt")

    editor.page.get_by_role("button", name="Examples", exact=True).click()
    expect(own_work(editor)).to_have_count(2)
    own_work(editor).nth(1).check()
    expect(dialog(editor).get_by_role("region", name="Example")).to_contain_text("// the first")
    dialog(editor).get_by_role("button", name="Open").click()
    expect(editor.code).to_contain_text("// the first")

    open_(editor, "Callback")
    editor.page.get_by_role("button", name="Examples", exact=True).click()
    expect(own_work(editor)).to_have_count(2)


def test_kept_work_of_this_and_of_other_tabs_is_brought_back_or_deleted(editor: EditorPage) -> None:
    editor.code.fill("// of the first tab\n" + functions.ECHO)
    open_(editor, "Hello")
    editor.code.fill("// of the first tab, later\n" + functions.ECHO)
    page = editor.page.context.new_page()
    other = EditorPage(page, editor.watch)
    page.goto(editor.page.url)
    other.code.fill("// of another tab\n" + functions.ECHO)
    wait_for(page, "Object.values(localStorage).some((kept) => kept.includes('of another tab'))")
    page.close()

    editor.page.get_by_role("button", name="Examples", exact=True).click()
    shown = dialog(editor).get_by_role("region", name="Example")
    expect(own_work(editor)).to_have_count(2)
    own_work(editor).first.check()
    expect(shown).to_contain_text("// of another tab")
    expect(shown).to_contain_text("It was left in another tab")
    own_work(editor).last.check()
    expect(shown).to_contain_text("// of the first tab")
    editor.page.once("dialog", lambda question: question.dismiss())
    dialog(editor).get_by_role("button", name="Delete").click()
    expect(own_work(editor)).to_have_count(2)
    editor.page.once("dialog", lambda question: question.accept())
    dialog(editor).get_by_role("button", name="Delete").click()
    expect(own_work(editor)).to_have_count(1)
    expect(own_work(editor)).to_be_focused()
    check_every_look(editor)
    dialog(editor).get_by_role("button", name="Open").click()
    expect(editor.code).to_contain_text("// of another tab")

    editor.page.get_by_role("button", name="Examples", exact=True).click()
    own_work(editor).first.check()
    expect(shown).to_contain_text("of the first tab, later")
    editor.page.once("dialog", lambda question: question.accept())
    dialog(editor).get_by_role("button", name="Delete").click()
    expect(own_work(editor)).to_have_count(0)
    expect(dialog(editor).get_by_role("radio", name="Hello")).to_be_focused()
    expect(dialog(editor).get_by_role("button", name="Delete")).to_have_count(0)
    editor.page.reload()
    editor.page.get_by_role("button", name="Examples", exact=True).click()
    expect(dialog(editor).get_by_role("radio", name="Hello")).to_be_checked()
    assert "of the first tab" not in editor.page.evaluate("JSON.stringify(localStorage)")


def test_an_untouched_example_is_not_kept(editor: EditorPage) -> None:
    open_(editor, "Hello")
    open_(editor, "Callback")
    editor.page.get_by_role("button", name="Examples", exact=True).click()
    expect(own_work(editor)).to_have_count(0)


def test_where_the_browser_keeps_nothing_it_is_asked_first(editor: EditorPage) -> None:
    editor.code.fill(functions.COUNTER)
    editor.page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    asked = []

    def dismiss(question: Dialog) -> None:
        asked.append(question.message)
        question.dismiss()

    editor.page.once("dialog", dismiss)
    choose(editor, "Hello")
    dialog(editor).get_by_role("button", name="Open").click()
    expect(dialog(editor)).to_be_visible()
    editor.page.keyboard.press("Escape")
    expect(editor.code).to_contain_text("let calls = 0")
    assert "for good?" in asked[0]


def test_an_example_is_opened_by_keyboard_alone(editor: EditorPage) -> None:
    editor.page.get_by_role("button", name="Examples", exact=True).focus()
    keyboard = editor.page.keyboard
    keyboard.press("Enter")
    expect(dialog(editor).get_by_role("radio", name="Hello")).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(dialog(editor)).to_have_count(0)
    expect(editor.code).to_contain_text("randomInt")
    expect(editor.page.get_by_role("button", name="Examples", exact=True)).to_be_focused()


def test_axe_finds_no_violation_among_the_examples(editor: EditorPage) -> None:
    editor.code.fill(functions.COUNTER)
    open_(editor, "Cold start and globals")
    check_every_look(editor)
    choose(editor, "TypeScript")
    check_every_look(editor)
    editor.page.set_viewport_size({"width": 360, "height": 740})
    assert editor.page.evaluate("document.documentElement.scrollWidth") <= 360
    box = dialog(editor).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] < 361
