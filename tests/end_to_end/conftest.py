"""The page beside the other ways in, all to the playground that the tests share."""

from tests.browser.conftest import chromium, editor, shared_tab

__all__ = ["chromium", "editor", "shared_tab"]
