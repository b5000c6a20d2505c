"""A test that has to wait says how many are before it, and goes on by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import functions
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage
from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


@pytest.fixture(scope="module")
def one_at_a_time() -> Iterator[str]:
    """The address of a playground that runs one invocation of each owner at once, and lets two wait."""
    served = Served(INVOCATIONS_PER_OWNER_MAX="1", QUEUED_PER_OWNER_MAX="2")
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


def test_over_a_limit_the_page_says_which_it_is_and_when_to_try_again(
    chromium: Browser, one_at_a_time: str
) -> None:
    with visitor(chromium) as (context, watch):
        tabs = [EditorPage(context.new_page(), watch) for _ in range(4)]
        for tab, words in zip(tabs, ("Running", "Queued", "Queued", None), strict=True):
            tab.page.goto(one_at_a_time)
            tab.timeout.fill("60")
            tab.write(functions.NEVER_ENDS)
            tab.test.click()
            if words:
                expect(tab.state).to_contain_text(words)
        expect(tabs[-1].message).to_contain_text(
            "2 of your invocations are waiting already, and 2 may. Try again in 1 s. "
            "Nothing was started and your work is kept."
        )
        expect(tabs[-1].test).to_be_enabled()
        for tab in reversed(tabs[:-1]):
            tab.cancel.click()
            assert tab.wait_until_ended() == "Cancelled"
