"""The kind and the end of a link, changed in the list of links while somebody else has it open."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import check_every_look
from tests.browser.chromium import Watch, visitor
from tests.browser.editor_page import EditorPage
from tests.browser.links import CODE, SECRET, expire
from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
DAY = r"\d+ \w{3} \d{4}, \d\d:\d\d"
DAYS_FAULT = "A link expires after 1 to 365 days, or never."


class Sharing:
    """Somebody in the Share dialog of a snippet of theirs, with one link."""

    def __init__(self, page: Page, watch: Watch) -> None:
        self.editor = EditorPage(page, watch)
        self.page = page
        self.dialog = page.get_by_role("dialog", name="Share")
        self.links = self.dialog.get_by_role("list", name="Links").get_by_role("listitem")
        self.form = self.dialog.get_by_role("form", name="Change the link")
        self.status = self.dialog.get_by_role("status")

    def open(self) -> None:
        self.page.get_by_role("button", name="Share", exact=True).click()

    def link(self) -> str:
        address = self.links.first.get_by_role("link").get_attribute("href")
        assert address
        return address

    def change(self, **chosen: str) -> None:
        """Choose by the keyboard alone: the button is reached, and the form goes on from there."""
        self.links.first.get_by_role("button", name="Change").focus()
        self.page.keyboard.press("Enter")
        expect(self.form.get_by_label("Version")).to_be_focused()
        for label, value in chosen.items():
            self.form.get_by_label(label.replace("_", " ")).select_option(value)
        self.form.get_by_role("button", name="Save change").focus()
        self.page.keyboard.press("Enter")


@pytest.fixture
def sharing(chromium: Browser, playground: str) -> Iterator[Sharing]:
    with visitor(chromium) as (context, watch):
        sharing = Sharing(context.new_page(), watch)
        sharing.page.goto(playground)
        sharing.editor.write(CODE, '{"who": "Ada"}')
        sharing.editor.add_variable("API_KEY", SECRET)
        assert sharing.editor.run() == "Succeeded"
        sharing.open()
        sharing.dialog.get_by_label("Name, as which it is saved").fill("greeter")
        sharing.dialog.get_by_role("group", name="Recorded runs").get_by_role("checkbox").first.check()
        sharing.dialog.get_by_role("button", name="Create link").click()
        expect(sharing.status).to_have_text("The link is made.")
        yield sharing


@pytest.fixture
def reader(chromium: Browser, playground: str, sharing: Sharing) -> Iterator[EditorPage]:
    """Somebody else, who has the link open."""
    with visitor(chromium) as (context, watch):
        editor = EditorPage(context.new_page(), watch)
        editor.page.goto(playground + sharing.link())
        expect(editor.code).to_contain_text("greeted: event.who")
        yield editor


def is_listed(reader: EditorPage, playground: str, address: str) -> bool:
    return f'href="{address}"' in reader.page.request.get(f"{playground}/explore").text()


def test_kind_and_end_change_under_the_same_address_by_keyboard(
    sharing: Sharing, reader: EditorPage, playground: str
) -> None:
    address = sharing.link()
    about = sharing.links.first.get_by_role("paragraph")
    expect(about).to_have_text("newest version, unlisted, never expires, with 1 run")
    assert not is_listed(reader, playground, address)
    sharing.change(Who_finds_it="public")
    expect(sharing.status).to_have_text(
        "The link was changed: newest version, public, never expires, with 1 run."
    )
    expect(sharing.form).to_have_count(0)
    expect(sharing.links.first.get_by_role("button", name="Change")).to_be_focused()
    assert is_listed(reader, playground, address)

    sharing.change(Expires="7", Version="1")
    expect(about).to_have_text(re.compile(f"^version 1, public, until {DAY}, with 1 run$"))
    told = str(about.text_content())
    # What is not chosen stays, the end above all.
    sharing.change(Who_finds_it="unlisted")
    expect(about).to_have_text(told.replace("public", "unlisted"))
    assert not is_listed(reader, playground, address)
    assert sharing.link() == address

    # Whoever has it open goes on, and finds it again.
    line = reader.page.get_by_role("region", name="Shared version")
    line.get_by_role("button", name="Run of").click()
    expect(reader.response).to_contain_text("Ada")
    reader.page.reload()
    expect(line).to_contain_text("greeter, version 1, shared")


def test_a_fault_stands_at_its_field_and_every_look_is_clean(sharing: Sharing) -> None:
    sharing.links.first.get_by_role("button", name="Change").click()
    expect(sharing.form.get_by_role("button", name="Cancel")).to_be_in_viewport(ratio=1)
    expires = sharing.form.get_by_label("Expires")
    expires.select_option("days")
    days = sharing.form.get_by_label("Days from now")
    for wrong in ("", "0", "366", "a week"):
        days.fill(wrong)
        days.press("Enter")
        expect(days).to_be_focused()
        expect(days).to_have_attribute("aria-invalid", "true")
        expect(days).to_have_accessible_description(DAYS_FAULT)
    check_every_look(sharing.editor)
    about = sharing.links.first.get_by_role("paragraph").first
    expect(about).to_contain_text("never expires")
    days.fill("90")
    days.press("Enter")
    expect(about).to_have_text(re.compile(f"until {DAY}"))
    check_every_look(sharing.editor)
    # Nothing chosen, nothing asked for
    sharing.links.first.get_by_role("button", name="Change").click()
    sharing.form.get_by_role("button", name="Cancel").click()
    expect(sharing.links.first.get_by_role("button", name="Change")).to_be_focused()


def test_what_the_service_refuses_is_said_in_the_form(sharing: Sharing) -> None:
    def refuse(field: list[str], message: str) -> None:
        faults = {"errors": [{"field": field, "message": message, "line": None, "column": None}]}
        sharing.page.route("**/api/shares/*", lambda route: route.fulfill(status=422, json=faults))

    refuse(["version"], "There is no version 1 of this snippet.")
    sharing.change(Version="1")
    version = sharing.form.get_by_label("Version")
    expect(version).to_be_focused()
    expect(version).to_have_accessible_description("There is no version 1 of this snippet.")
    refuse(["variables", "API_KEY"], "The file index.mjs shows the value of API_KEY.")
    sharing.form.get_by_role("button", name="Save change").click()
    expect(sharing.form.get_by_role("alert")).to_have_text("The file index.mjs shows the value of API_KEY.")
    sharing.page.route("**/api/shares/*", lambda route: route.abort())
    sharing.form.get_by_role("button", name="Save change").click()
    expect(sharing.form.get_by_role("alert")).to_contain_text("cannot be reached")


def test_a_new_link_with_a_fault_saves_nothing(editor: EditorPage) -> None:
    editor.page.get_by_role("button", name="Share", exact=True).click()
    dialog = editor.page.get_by_role("dialog", name="Share")
    expect(dialog.get_by_label("Name, as which it is saved")).to_be_focused()
    dialog.get_by_label("Expires").select_option("days")
    dialog.get_by_label("Days from now").fill("400")
    dialog.get_by_role("button", name="Create link").click()
    expect(dialog.get_by_label("Days from now")).to_have_accessible_description(DAYS_FAULT)
    dialog.get_by_label("Days from now").fill("4")
    name = dialog.get_by_label("Name, as which it is saved")
    name.fill("no name!")
    dialog.get_by_role("button", name="Create link").click()
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description(re.compile("letters"))
    assert editor.page.evaluate("fetch('/api/snippets').then((answer) => answer.json())")["snippets"] == []


def test_a_link_expires_and_opens_again_while_the_other_looks(
    served: Served, sharing: Sharing, reader: EditorPage
) -> None:
    address = sharing.link()
    reader.write("// mine\n" + CODE)
    expire(served, address.rpartition("/")[2])
    line = reader.page.get_by_role("region", name="Shared version")
    line.get_by_role("button", name="Run of").click()
    expect(reader.page.get_by_text("This run is gone, or is not shared any more.")).to_be_visible()
    reader.page.reload()
    expect(reader.page.get_by_role("heading")).to_have_text("This link has expired")
    expect(reader.page.get_by_text("what you changed in your copy is still in the editor")).to_be_visible()
    reader.page.get_by_role("link", name="Open the playground").click()
    expect(reader.code).to_contain_text("// mine")

    sharing.page.keyboard.press("Escape")
    sharing.open()
    expired: Locator = sharing.links.first.get_by_role("paragraph")
    expect(expired).to_contain_text(re.compile("expired 1 Jan 2020.*With another end it opens again"))
    expect(sharing.links.first.get_by_role("button")).to_have_text(["Change", "Take back"])
    check_every_look(sharing.editor)
    sharing.change(Expires="1")
    expect(expired).to_have_text(re.compile(f"until {DAY}"))
    reader.page.goto(reader.page.url.rstrip("/") + address)
    expect(line).to_contain_text("greeter, version 1, shared")

    sharing.links.first.get_by_role("button", name="Take back").click()
    expect(sharing.status).to_contain_text("The link was taken back")
    expect(sharing.links).to_have_count(0)
    expect(sharing.dialog.get_by_label("Version")).to_be_focused()
