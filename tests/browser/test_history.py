"""The history in the admin: staff see every invocation as it was, change nothing, and nobody else sees any."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Watch
from tests.client import Person
from tests.serving import CHECKOUT, Served, serve_environment

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

PASSWORD = "correct-horse-7-battery"
MARKUP = "<script>window.__xss = 1</script>"
ORDERS = (
    """export const handler = async ({ order }) => {
  console.log("order", order);
  if (order > 1) throw new RangeError("too many orders: """
    + MARKUP
    + """");
  return { accepted: order };
};
"""
)


@dataclass(frozen=True)
class Cast:
    """Two of Alice's invocations, with a mark that no other invocation has."""

    mark: str
    accepted: str
    failed: str


def manage(served: Served, *arguments: str) -> None:
    environment = serve_environment(served.state, served.port) | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def cast(served: Served) -> Cast:
    """What has happened, a superuser named host and an account without staff rights named guest."""
    manage(served, "createsuperuser", "--noinput", "--username=host", "--email=host@example.org")
    code = f"User.objects.create_user('guest', password='{PASSWORD}')"
    manage(served, "shell", "--command", f"from django.contrib.auth.models import User; {code}")
    alice, mark = Person(served.url), f"mark-{uuid.uuid4().hex}"
    ids = [
        alice.run(ORDERS, event=f'{{"order": {order}}}', memory_size=192, environment={"MARK": mark})["id"]
        for order in (1, 2)
    ]
    return Cast(mark, *ids)


@pytest.fixture
def tab(shared_tab: tuple[Page, Watch]) -> Iterator[Page]:
    """A tab of somebody who is logged in nowhere."""
    page, watch = shared_tab
    page.context.clear_cookies()
    watch.forget()
    yield page
    watch.check()


def log_in(tab: Page, url: str, name: str) -> None:
    tab.goto(f"{url}/admin/invocations/invocation/")
    tab.get_by_label("Username").fill(name)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Log in").click()


def rows(tab: Page) -> dict[str, str]:
    """The listed invocations by request id."""
    expect(tab.get_by_role("button", name="Search")).to_be_visible()
    texts = tab.locator("#result_list tbody tr").all_inner_texts()
    return {text.split()[-1]: text for text in texts}


def search(tab: Page, text: str) -> dict[str, str]:
    box = tab.get_by_role("textbox", name="Search")
    box.fill(text)
    with tab.expect_navigation():
        box.press("Enter")
    return rows(tab)


def test_staff_find_an_invocation_by_outcome_request_id_and_error_text(
    cast: Cast, tab: Page, playground: str
) -> None:
    log_in(tab, playground, "host")
    listed = rows(tab)
    assert {cast.accepted, cast.failed} <= listed.keys()
    assert "Function error" in listed[cast.failed] or "FUNCTION ERROR" in listed[cast.failed]
    assert " ms" in listed[cast.accepted]
    assert "of 192 MB" in listed[cast.accepted]

    with tab.expect_navigation():
        tab.get_by_role("link", name="Function error").click()
    listed = rows(tab)
    assert cast.failed in listed
    assert cast.accepted not in listed

    tab.goto(f"{playground}/admin/invocations/invocation/")
    assert list(search(tab, cast.accepted)) == [cast.accepted]
    listed = search(tab, "too many orders")
    assert cast.failed in listed
    assert cast.accepted not in listed
    assert search(tab, "no error says this") == {}


def test_the_page_of_an_invocation_has_everything_and_nothing_to_change(
    cast: Cast, tab: Page, playground: str
) -> None:
    log_in(tab, playground, "host")
    tab.get_by_role("link", name=cast.failed).click()
    page = tab.locator("#content, main").first
    for text in (
        cast.failed,
        "RangeError: too many orders",
        "export const handler = async ({ order }) => {",
        '{"order": 2}',
        "index.handler",
        "MARK=••••••••",
        "order 2",
        f"START RequestId: {cast.failed}",
        f"REPORT RequestId: {cast.failed}",
        '"errorType":"RangeError"',
        "of 192 MB",
        "Billed duration",
        MARKUP,
    ):
        expect(page).to_contain_text(text)
    assert cast.mark not in tab.content()
    assert tab.evaluate("typeof window.__xss") == "undefined"
    expect(page.locator("input:not([type=hidden]), textarea, select")).to_have_count(0)
    for action in ("Save", "Delete", "Add"):
        expect(tab.get_by_role("button", name=action)).to_have_count(0)
        expect(page.get_by_role("link", name=action)).to_have_count(0)
    for address in ("add/", f"{cast.failed}/delete/"):
        answer = tab.request.get(f"{playground}/admin/invocations/invocation/{address}")
        assert answer.status == 403


@pytest.mark.parametrize("name", ["guest", "nobody"])
def test_who_is_not_staff_sees_nothing(cast: Cast, tab: Page, playground: str, name: str) -> None:
    log_in(tab, playground, name)
    expect(tab.get_by_text("for a staff account")).to_be_visible()
    for address in ("", f"{cast.failed}/change/"):
        tab.goto(f"{playground}/admin/invocations/invocation/{address}")
        expect(tab.get_by_role("button", name="Log in")).to_be_visible()
        assert cast.failed not in tab.locator("body").inner_text()
