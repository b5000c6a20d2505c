"""A page that loses its connection, or is loaded again, shows every line once and in order."""

import json
import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import functions
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage
from tests.second_web import SecondWeb
from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

TICKS = [f"tick {number}" for number in range(1, 26)]


def start_ticking(editor: EditorPage) -> None:
    editor.timeout.fill("30")
    editor.write(functions.TICKS, json.dumps({"ticks": len(TICKS), "pause": 150}))
    editor.test.click()
    expect(editor.logs).to_contain_text("tick 5")


def check_everything_is_there(editor: EditorPage) -> None:
    assert editor.wait_until_ended() == "Succeeded"
    assert editor.printed() == TICKS
    lines = [line.text.split()[0] for line in editor.lines()]
    assert lines == ["START", *["tick"] * len(TICKS), "END", "REPORT"]
    assert editor.response_text() == str(len(TICKS))


def test_a_restart_of_the_web_process_loses_nothing(chromium: Browser, served: Served) -> None:
    with SecondWeb(served) as web, visitor(chromium) as (context, watch):
        editor = EditorPage(context.new_page(), watch)
        editor.page.goto(web.url)
        start_ticking(editor)
        web.kill()
        expect(editor.page.get_by_text("reconnecting")).to_be_visible()
        expect(editor.logs).not_to_contain_text("tick 25")
        web.start()
        check_everything_is_there(editor)
        expect(editor.page.get_by_text("reconnecting")).to_be_hidden()


def test_a_reload_finds_the_invocation_again(editor: EditorPage) -> None:
    start_ticking(editor)
    editor.page.reload()
    expect(editor.cancel).to_be_visible()
    check_everything_is_there(editor)

    editor.page.reload()
    check_everything_is_there(editor)


def test_a_reload_keeps_the_time_since_the_click(editor: EditorPage) -> None:
    # The page is loaded again while it runs, on a busy machine too.
    editor.write(functions.TWO_LINES_TWO_SECONDS_APART.replace("2000", "12000"), "{}")
    editor.timeout.fill("30")
    editor.test.click()
    expect(editor.logs).to_contain_text("first line")
    editor.page.reload()
    expect(editor.logs).to_contain_text("first line")
    expect(editor.time_line).to_have_accessible_name(re.compile(r"invoke \d{3,} ms$"))
    assert editor.wait_until_ended() == "Succeeded"
    told = editor.metrics.get_by_text("from click to answer").inner_text()
    assert float(told.split()[0]) > 2

    editor.page.reload()
    editor.wait_until_ended()
    expect(editor.metrics.get_by_text("from click to answer")).to_have_text(told)


def test_a_test_without_the_service_says_so_and_keeps_the_work(editor: EditorPage) -> None:
    editor.write(functions.ECHO, '{"kept": 1}')
    editor.page.context.set_offline(True)
    editor.test.click()
    expect(editor.message).to_contain_text("cannot be reached")
    expect(editor.test).to_be_enabled()
    editor.page.context.set_offline(False)
    assert editor.run() == "Succeeded"
    assert editor.response_text() == '{"given":{"kept":1}}'
    expect(editor.message).to_be_empty()
