"""An account in two browsers: what is made without one comes along, and goes with it."""

import re
import sqlite3
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import check_every_look
from tests.browser.chromium import visitor
from tests.browser.editor_page import EditorPage
from tests.browser.snippets import from_menu, save_first
from tests.serving import Served
from tests.worker_process import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
CODE = "export const handler = async () => 'of a test of accounts';"
PASSWORD = "correct horse battery"


@pytest.fixture
def name() -> str:
    """A name that no other test has, on the playground that all of them share."""
    return f"ada-{uuid.uuid4().hex[:10]}"


def sign_in(page: Page, home: str, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{home}/account/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def sign_up(page: Page, name: str, email: str = "") -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail (may be left empty)").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()


def rows_with(state: Path, *marks: str) -> list[str]:
    """Every row of any table of the playground in which one of the texts stands."""
    found = []
    with sqlite3.connect(state / "db.sqlite3", timeout=20) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                if any(mark in str(value) for mark in marks for value in row):
                    found.append(f"{table}: {row}")
    database.close()
    return found


def account_key(state: Path, name: str) -> str:
    with sqlite3.connect(state / "db.sqlite3", timeout=20) as database:
        ((key,),) = database.execute("SELECT id FROM auth_user WHERE username = ?", [name])
    database.close()
    return f"user:{key}"


def test_what_was_made_without_an_account_is_in_it_and_goes_with_it(
    served: Served, chromium: Browser, name: str
) -> None:
    home = served.url
    with visitor(chromium) as (mine, my_watch), visitor(chromium) as (elsewhere, _):
        me = EditorPage(mine.new_page(), my_watch)
        me.page.goto(home)
        me.write(CODE)
        save_first(me, f"of-{name}")
        snippet = me.page.url
        assert me.run() == "Succeeded"
        run = me.metrics.get_by_role("link", name="Run page").get_attribute("href")
        assert run
        from_menu(me, "Account")
        expect(me.page.get_by_role("heading", name="Sign in")).to_be_visible()
        me.page.get_by_role("link", name="Make an account").click()
        sign_up(me.page, name, f"{name}@example.org")
        expect(me.page.get_by_role("status")).to_contain_text(
            "1 snippet and 1 run of this browser came along"
        )
        expect(me.page.get_by_role("link", name=f"of-{name}", exact=True)).to_be_visible()
        owner = account_key(served.state, name)
        me.page.goto(snippet)
        expect(me.code).to_contain_text("of a test of accounts")
        assert me.run() == "Succeeded"

        page = elsewhere.new_page()
        assert page.goto(snippet).status == 404  # type: ignore[union-attr]
        sign_in(page, home, name)
        page.get_by_role("link", name=f"of-{name}", exact=True).click()
        you = EditorPage(page, my_watch)
        expect(you.code).to_contain_text("of a test of accounts")
        page.goto(home + run)
        expect(page.get_by_role("main")).to_contain_text("of a test of accounts")

        me.write("// not saved")
        me.page.goto(f"{home}/account")
        me.page.get_by_role("button", name="Sign out").click()
        expect(me.page.get_by_role("heading", name="Sign in")).to_be_visible()
        for address in (snippet, home + run):
            assert me.page.goto(address).status == 404  # type: ignore[union-attr]
        me.page.goto(home)
        expect(me.code).not_to_contain_text("not saved")
        expect(me.code).not_to_contain_text("of a test of accounts")
        me.page.goto(f"{home}/snippets")
        expect(me.page.get_by_text("Nothing is saved yet")).to_be_visible()

        page.goto(f"{home}/account")
        page.get_by_role("link", name="Delete account").click()
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Delete everything").click()
        expect(page.get_by_role("status")).to_contain_text("was deleted with everything in it")
        assert page.goto(snippet).status == 404  # type: ignore[union-attr]
        key = snippet.rsplit("/", 1)[-1]
        marks = (name, key.replace("-", ""), run.rsplit("/", 1)[-1].replace("-", ""))
        assert rows_with(served.state, *marks) == []
        assert [row for row in rows_with(served.state, owner) if re.search(rf"'{owner}'", row)] == []


def test_its_pages_look_like_the_rest_and_say_faults_at_their_fields(
    editor: EditorPage, served: Served, name: str
) -> None:
    page, home = editor.page, served.url
    for path, heading in (
        ("sign-in", "Sign in"),
        ("sign-up", "Make an account"),
        ("reset", "Password forgotten?"),
    ):
        page.goto(f"{home}/account/{path}")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        check_every_look(editor)
    sign_in(page, home, name, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("There is no account of this name with this password.")
    check_every_look(editor)
    page.goto(f"{home}/account/sign-up")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("The same password again").fill("short")
    page.get_by_role("button", name="Make the account").click()
    again = page.get_by_label("The same password again")
    expect(again).to_have_attribute("aria-invalid", "true")
    expect(again).to_have_accessible_description(re.compile("too short"))
    check_every_look(editor)
    sign_up(page, name, f"{name}@example.org")
    expect(page.get_by_role("heading", name="My snippets")).to_be_visible()
    page.get_by_role("link", name="Account").click()
    expect(page.get_by_role("heading", name=f"Account {name}")).to_be_visible()
    check_every_look(editor)
    for link in ("Change e-mail", "Change password", "Delete account"):
        page.get_by_role("link", name=link).click()
        expect(page.get_by_label("Your password")).to_be_visible()
        check_every_look(editor)
        page.get_by_role("link", name="Cancel").click()


def test_a_forgotten_password_is_chosen_anew_by_the_link_of_an_e_mail(
    editor: EditorPage, served: Served, chromium: Browser, name: str
) -> None:
    page, home = editor.page, served.url
    page.goto(f"{home}/account/sign-up")
    sign_up(page, name, f"{name}@example.org")
    expect(page.get_by_role("heading", name="My snippets")).to_be_visible()
    with visitor(chromium) as (context, _):
        other = context.new_page()
        other.goto(f"{home}/account/sign-in")
        other.get_by_role("link", name="Password forgotten?").click()
        other.get_by_label("E-mail of your account").fill(f"{name}@example.org")
        other.get_by_role("button", name="Send the link").click()
        expect(other.get_by_role("heading", name="Look at your e-mail")).to_be_visible()

        def links() -> list[str]:
            texts = [file.read_text() for file in (served.state / "mails").glob("*.log")]
            return [found[0] for text in texts if name in text and (found := re.search(r"http\S+", text))]

        until(lambda: bool(links()), lambda: "no e-mail was written")
        (link,) = links()
        assert link.startswith(f"{home}/account/reset/")
        other.goto(link)
        other.get_by_label("New password", exact=True).fill("quite another 7")
        other.get_by_label("The same new password again").fill("quite another 7")
        other.get_by_role("button", name="Save").click()
        expect(other.get_by_role("heading", name="Your new password is kept")).to_be_visible()
        sign_in(other, home, name, "quite another 7")
        expect(other.get_by_role("heading", name="My snippets")).to_be_visible()
        other.goto(link)
        expect(other.get_by_role("heading", name="This link leads nowhere any more")).to_be_visible()
    page.goto(f"{home}/account")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_everything_works_without_a_script(served: Served, chromium: Browser, name: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/account/sign-up")
    sign_up(page, name)
    page.get_by_role("link", name="Account").click()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, served.url, name)
    expect(page.get_by_role("heading", name="My snippets")).to_be_visible()
    context.close()
