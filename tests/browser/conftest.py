"""The page as a new visitor finds it, at the playground that the tests share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import Watch, chromium, visitor
from tests.browser.editor_page import EditorPage
from tests.browser.links import Owner
from tests.browser.log_feed import feed

__all__ = ["chromium", "feed"]


@pytest.fixture
def owner(playground: str) -> Owner:
    """Somebody who shares, by the JSON API."""
    return Owner(playground)


@pytest.fixture(scope="package")
def shared_tab(chromium: Browser) -> Iterator[tuple[Page, Watch]]:
    """A tab that has loaded the page's scripts and fonts already, which takes most of a first visit's time."""
    with visitor(chromium) as (context, watch):
        yield context.new_page(), watch


@pytest.fixture
def editor(shared_tab: tuple[Page, Watch], playground: str) -> Iterator[EditorPage]:
    """The page without a cookie or a draft of whoever was here before."""
    page, watch = shared_tab
    page.goto(f"{playground}/static/favicon.svg")
    page.context.clear_cookies()
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    watch.forget()
    page.goto(playground)
    yield EditorPage(page, watch)
    page.context.set_offline(False)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")
    watch.check()
