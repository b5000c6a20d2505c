"""The page of access keys in a browser: made, copied, used, edited, revoked, deleted."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


def test_a_key_is_made_used_edited_revoked_and_deleted(editor: EditorPage, playground: str) -> None:
    page = editor.page
    page.goto(f"{playground}/snippets")
    page.get_by_role("link", name="Access keys").click()
    expect(page.get_by_role("heading", name="Access keys")).to_be_visible()
    check_every_look(editor)
    page.get_by_role("checkbox", name="write").uncheck()
    page.get_by_role("textbox", name="Name").fill("a-laptop-with-a-rather-long-name-of-no-use-to-anybody")
    page.get_by_role("combobox", name="Expires").select_option("30")
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_role("heading", name=re.compile("^a-laptop.* was made$"))).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Copy the secret now")
    check_every_look(editor)
    command = page.get_by_role("region", name="For the JSON API").inner_text()
    found = re.search(r"Authorization: (Bearer \S+)' (\S+)$", command)
    assert found, command
    headers, address = {"Authorization": found[1]}, found[2]
    assert httpx.get(address, headers=headers).json() == {"snippets": [], "next": None}
    page.goto(f"{playground}/keys")
    expect(page.get_by_text("Copy the secret now")).to_have_count(0)
    row = page.get_by_role("list").filter(has=page.get_by_role("button", name="Revoke"))
    expect(row).to_contain_text("used")
    page.get_by_role("link", name="Edit a-laptop").click()
    page.get_by_role("textbox", name="Name").fill("laptop")
    page.get_by_role("checkbox", name="read").uncheck()
    check_every_look(editor)
    page.get_by_role("button", name="Save").click()
    assert httpx.get(address, headers=headers).status_code == 403
    page.get_by_role("button", name="Revoke laptop").click()
    expect(page.get_by_text("revoked", exact=False).first).to_be_visible()
    assert httpx.get(address, headers=headers).status_code == 401
    page.get_by_role("button", name="Delete laptop").click()
    expect(page.get_by_role("button", name="Delete laptop")).to_have_count(0)
