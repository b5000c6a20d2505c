"""Headless Chromium for tests, and what a page did in it beside what was asked."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.worker_process import until

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 20_000
VIOLATIONS = """
addEventListener('securitypolicyviolation', (violation) =>
  console.error(`CSP: ${violation.violatedDirective} forbids ${violation.blockedURI}`));
"""


def program() -> Path:
    """Where Chromium is. The test that asks is skipped outside CI when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    reason = "Chromium is missing: apt-get install chromium"
    assert not os.environ.get("CI"), reason
    pytest.skip(reason)


@contextmanager
def started() -> Iterator[Browser]:
    """A browser with a profile of its own."""
    expect.set_options(timeout=PATIENCE_MS)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=[*FLAGS, *root])
        yield browser
        browser.close()


# As long as a package's tests and no longer: while it lives, its event loop counts as the thread's own, and
# neither Django's ORM nor an asyncio test can be used beside it.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser that a package's tests share."""
    with started() as browser:
        yield browser


@dataclass
class Watch:
    """What went on in a visitor's pages."""

    requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)

    def see(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on(
            "console",
            lambda message: self.console_errors.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: self.exceptions.append(str(error)))

    @property
    def hosts(self) -> set[str]:
        """Every host that something was asked of."""
        addresses = (urlsplit(url) for url in self.requests)
        return {address.hostname or "" for address in addresses if address.scheme not in {"data", "blob"}}

    def forget(self) -> None:
        """Forget what went on so far."""
        for told in (self.requests, self.console_errors, self.exceptions):
            told.clear()

    def check(self) -> None:
        """What holds for every page at any time."""
        assert self.hosts <= {"127.0.0.1"}
        assert self.exceptions == []
        refusals = ("CSP:", "Refused to", "Content Security Policy")
        assert [error for error in self.console_errors if any(word in error for word in refusals)] == []


@contextmanager
def visitor(
    browser: Browser,
    colours: Literal["light", "dark"] = "light",
    width: int = 1440,
    height: int = 900,
) -> Iterator[tuple[BrowserContext, Watch]]:
    """Somebody who was never here: no cookie, no draft. The pages are checked when they go."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=colours, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(VIOLATIONS)
    watch = Watch()
    context.on("page", watch.see)
    try:
        yield context, watch
        watch.check()
    finally:
        context.close()


def wait_for(page: Page, expression: str, argument: object = None) -> None:
    """Wait until an expression, or a function of the argument, is true in the page.

    Playwright's own `wait_for_function` evaluates again from within the page, where our policy forbids that.
    """
    until(lambda: bool(page.evaluate(expression, argument)), lambda: f"never true: {expression}")
