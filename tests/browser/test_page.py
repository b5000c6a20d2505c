"""What the page is made of: its accessible names, its requests, and how it looks in every state."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import functions
from tests.browser.axe import check_every_look
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


def test_the_accessible_names_are_kept(editor: EditorPage) -> None:
    shown = (
        editor.test,
        editor.start_cold,
        editor.code,
        editor.event,
        editor.logs,
        editor.response,
        editor.metrics,
        editor.variables,
    )
    for part in shown:
        expect(part).to_have_count(1)
        expect(part).to_be_visible()
    editor.write(functions.NEVER_ENDS)
    editor.test.click()
    expect(editor.cancel).to_have_count(1)
    editor.cancel.click()
    editor.wait_until_ended()


def test_nothing_is_asked_of_another_host_and_nothing_is_complained_of(editor: EditorPage) -> None:
    assert editor.run() == "Succeeded"
    editor.write(functions.THROWS, "{}")
    assert editor.run() == "Function error"
    editor.page.reload()
    expect(editor.state).to_have_text("Function error")
    assert editor.watch.hosts == {"127.0.0.1"}
    assert any(url.startswith("ws://") for url in editor.watch.requests)
    assert editor.watch.console_errors == []
    assert editor.watch.exceptions == []


def test_axe_finds_no_violation_in_any_state_light_or_dark_wide_or_narrow(editor: EditorPage) -> None:
    check_every_look(editor)

    editor.run()
    check_every_look(editor)

    editor.write(functions.THROWS, "{}")
    editor.run()
    editor.add_variable("AWS_REGION", "x")
    editor.memory.fill("1")
    editor.handler.fill("")
    editor.event.fill("nope")
    editor.test.click()
    expect(editor.message).to_contain_text("Nothing was started")
    check_every_look(editor)


def test_a_narrow_window_needs_no_sideways_scrolling(chromium: Browser, playground: str) -> None:
    with visitor(chromium, width=360) as (context, watch):
        editor = EditorPage(context.new_page(), watch)
        editor.page.goto(playground)
        editor.timeout.fill("30")
        editor.write(functions.TICKS, '{"ticks": 2, "pause": 2000}')
        editor.test.click()
        expect(editor.cancel).to_be_visible()
        expect(editor.start_cold).to_be_visible()
        assert editor.page.evaluate("document.documentElement.scrollWidth") <= 360
        editor.wait_until_ended()
        expect(editor.start_cold).to_be_visible()
        assert editor.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_nothing_jumps_when_a_test_runs(editor: EditorPage) -> None:
    parts = (
        editor.test,
        editor.start_cold,
        editor.code,
        editor.event,
        editor.metrics,
        editor.logs,
        editor.response,
    )
    editor.write(functions.TICKS, '{"ticks": 2, "pause": 100}')
    before = [part.bounding_box() for part in parts]
    editor.test.click()
    expect(editor.logs).to_contain_text("tick 1")
    assert [part.bounding_box() for part in parts] == before
    editor.wait_until_ended()
    assert [part.bounding_box() for part in parts] == before
