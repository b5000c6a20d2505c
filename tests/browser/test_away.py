"""A page whose browser is away for a whole minute of an invocation, as with a closed laptop."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import functions
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage
from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground"), pytest.mark.timeout(300)]
AWAY_MS = 60_000
TICKS = [f"tick {number}" for number in range(1, 76)]


def test_a_page_that_was_away_for_a_minute_has_every_line_once_and_in_order(
    chromium: Browser, served: Served
) -> None:
    with visitor(chromium) as (context, watch):
        editor = EditorPage(context.new_page(), watch)
        editor.page.goto(served.url)
        editor.timeout.fill("200")
        editor.write(functions.TICKS, json.dumps({"ticks": len(TICKS), "pause": 1_000}))
        editor.test.click()
        expect(editor.logs).to_contain_text("tick 3")
        context.set_offline(True)
        # The open socket falls silent without a word; what the page asks anew fails.
        expect(editor.page.get_by_text("not connected")).to_be_visible()
        seen = editor.printed()
        editor.page.wait_for_timeout(AWAY_MS)
        assert editor.printed() == seen == TICKS[: len(seen)]
        context.set_offline(False)
        assert editor.wait_until_ended() == "Succeeded"
        assert editor.printed() == TICKS
        lines = [line.text.split()[0] for line in editor.lines()]
        assert lines == ["START", *["tick"] * len(TICKS), "END", "REPORT"]
        assert editor.response_text() == str(len(TICKS))
        expect(editor.page.get_by_text("not connected")).to_be_hidden()
