"""A page of its own for each test, at the playground that the tests share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import chromium, visitor
from tests.browser.editor_page import EditorPage

__all__ = ["chromium"]


@pytest.fixture
def editor(chromium: Browser, playground: str) -> Iterator[EditorPage]:
    """The page as a new visitor finds it."""
    with visitor(chromium) as (context, watch):
        editor = EditorPage(context.new_page(), watch)
        editor.page.goto(playground)
        yield editor
