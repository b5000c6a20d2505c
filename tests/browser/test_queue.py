"""A test that has to wait says how many are before it, and goes on by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import functions
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage
from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


@pytest.fixture
def one_at_a_time() -> Iterator[str]:
    """The address of a playground that runs one invocation of each owner at once."""
    served = Served(INVOCATIONS_PER_OWNER_MAX="1")
    try:
        yield served.wait_until_ready().url
    finally:
        served.stop()


def test_a_queued_test_says_its_place_in_the_line_until_it_runs(
    chromium: Browser, one_at_a_time: str
) -> None:
    with visitor(chromium) as (context, watch):
        tabs = [EditorPage(context.new_page(), watch) for _ in range(3)]
        for tab in tabs:
            tab.page.goto(one_at_a_time)
            tab.timeout.fill("60")
            tab.write(functions.NEVER_ENDS)
        running, following, last = tabs
        for tab, words in zip(tabs, ("Running", "Queued, next in line", "Queued, 2nd in line"), strict=True):
            tab.test.click()
            expect(tab.state).to_have_text(words)

        running.cancel.click()
        expect(following.state).to_have_text("Running")
        expect(last.state).to_have_text("Queued, next in line")

        last.page.reload()
        expect(last.state).to_have_text("Queued, next in line")
        last.cancel.click()
        assert last.wait_until_ended() == "Cancelled"
        following.cancel.click()
        assert following.wait_until_ended() == "Cancelled"
        assert following.printed() == ["it began"]
