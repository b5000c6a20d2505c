"""Two people: one shares a snippet, the other opens it, runs it and makes it their own."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.browser.chromium import PATIENCE_MS, visitor
from tests.browser.editor_page import ENDED, EditorPage
from tests.browser.links import CODE, SECRET, Owner, check_axe, expire
from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


class Seen:
    """Every byte that a browser is given."""

    def __init__(self, context: BrowserContext) -> None:
        self.bytes = bytearray()
        self.addresses: list[str] = []
        context.route("**/*", self._pass)
        context.on("page", lambda page: page.on("websocket", self._listen))

    def _pass(self, route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        self.addresses.append(route.request.url)
        self.bytes += answer.body() + repr(answer.headers).encode()
        route.fulfill(response=answer)

    def _listen(self, socket: Any) -> None:
        self.addresses.append(socket.url)
        socket.on("framereceived", self._take)

    def _take(self, frame: str | bytes) -> None:
        self.bytes += frame.encode() if isinstance(frame, str) else frame


@contextmanager
def site(html: str) -> Iterator[str]:
    """Another site, which every browser tells from 127.0.0.1; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_one_shares_and_the_other_opens_runs_and_forks(chromium: Browser, playground: str) -> None:
    with visitor(chromium) as (mine, my_watch), visitor(chromium) as (theirs, their_watch):
        seen = Seen(theirs)
        me = EditorPage(mine.new_page(), my_watch)
        me.page.goto(playground)
        me.write(CODE, '{"who": "Ada"}')
        me.add_variable("API_KEY", SECRET)
        assert me.run() == "Succeeded"
        me.page.get_by_role("button", name="Share", exact=True).click()
        dialog = me.page.get_by_role("dialog", name="Share")
        dialog.get_by_label("Name, as which it is saved").fill("greeter")
        expect(dialog.get_by_text("Names always go along, values never")).to_be_visible()
        dialog.get_by_role("group", name="Recorded runs").get_by_role("checkbox").first.check()
        check_axe(me.page)
        dialog.get_by_role("button", name="Create link").click()
        expect(dialog.get_by_role("status")).to_have_text("The link is made.")
        link = dialog.get_by_role("list", name="Links").get_by_role("link").get_attribute("href")
        assert link

        you = EditorPage(theirs.new_page(), their_watch)
        you.page.goto(playground + link)
        line = you.page.get_by_role("region", name="Shared version")
        expect(line).to_contain_text("greeter, version 1, shared")
        expect(line).to_contain_text(re.compile("No value came with .*API_KEY"))
        expect(you.code).to_contain_text("greeted: event.who")
        check_axe(you.page)
        line.get_by_role("button", name="Run of").click()
        expect(you.response).to_contain_text("Ada")
        expect(you.logs).to_contain_text(f"hello Ada {len(SECRET)}")
        you.page.get_by_role("button", name="Back", exact=True).click()
        assert you.run() == "Succeeded"
        assert any("hello Ada 0" in printed for printed in you.printed())

        you.write("export const handler = async () => 'mine';\n")
        line.get_by_role("button", name="Back to the original").click()
        expect(you.code).to_contain_text("greeted: event.who")
        you.write("export const handler = async () => 'mine';\n")
        you.page.get_by_role("button", name="Save", exact=True).click()
        save = you.page.get_by_role("dialog", name="Save snippet")
        save.get_by_label("Name").fill("my-greeter")
        save.get_by_role("button", name="Save", exact=True).click()
        expect(line).to_have_count(0)
        expect(you.page).to_have_url(f"{playground}/snippets/{you.page.url.rpartition('/')[2]}")
        fork = you.page.evaluate("fetch(`/api${location.pathname}`).then((answer) => answer.json())")
        assert fork["forked_from"]["function_name"] == "greeter"
        you.page.get_by_role("button", name="Versions", exact=True).click()
        versions = you.page.get_by_role("dialog", name="Versions of my-greeter")
        origin = versions.get_by_role("link", name="greeter, version 1")
        assert origin.get_attribute("href") == link
        check_axe(you.page)
        versions.get_by_role("button", name="Close", exact=True).first.click()
        shared = you.page.evaluate(f"fetch('/api/shared{link[2:]}').then((answer) => answer.json())")
        assert shared["files"] == {"index.mjs": CODE}

        dialog.get_by_role("button", name="Take back").click()
        expect(dialog.get_by_role("status")).to_contain_text("The link was taken back")
        you.page.goto(playground + link)
        expect(you.page.get_by_role("heading")).to_have_text("This link was taken back")
        check_axe(you.page)

        assert any(address.endswith("/ws/invocations") for address in seen.addresses)
        assert any("/api/shared/" in address for address in seen.addresses)
        assert b"hello Ada" in seen.bytes
        assert SECRET.encode() not in seen.bytes


def test_an_expired_link_says_so(served: Served, owner: Owner, chromium: Browser) -> None:
    token = owner.link(owner.saved("late"), expires_in_days=1)
    expire(served, token)
    with visitor(chromium) as (context, _):
        page = context.new_page()
        page.goto(f"{owner.url}/s/{token}")
        expect(page.get_by_role("heading")).to_have_text("This link has expired")
    assert httpx.get(f"{owner.url}/api/shared/{token}", trust_env=False).status_code == 404


def test_a_frame_on_another_site_runs_the_function_without_a_cookie(owner: Owner, chromium: Browser) -> None:
    token = owner.link(owner.saved("framed"))
    address = f"{owner.url}/embed/{token}?file=lib/other.mjs&run=load&theme=dark"
    with site(f'<iframe src="{address}" title="Function" width="800" height="600"></iframe>') as other:
        context = chromium.new_context()
        context.set_default_timeout(PATIENCE_MS)
        seen = Seen(context)
        page = context.new_page()
        page.goto(other)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("status")).to_have_text("Succeeded")
        expect(frame.get_by_role("log", name="Logs")).to_contain_text("hello Ada 0")
        expect(frame.get_by_label("Response")).to_contain_text("Ada")
        expect(frame.get_by_role("button", name="lib/other.mjs")).to_have_attribute("aria-pressed", "true")
        background = frame.locator(".embed").evaluate("(one) => getComputedStyle(one).backgroundColor")
        assert background == "rgb(26, 26, 24)"
        frame.get_by_role("button", name="index.mjs").click()
        frame.get_by_role("textbox", name="Code of index.mjs").fill(
            "export const handler = () => { throw new Error('no'); };"
        )
        frame.get_by_role("button", name="Test").click()
        expect(frame.get_by_role("status")).to_have_text("Function error")
        assert context.cookies() == []
        assert SECRET.encode() not in seen.bytes
        context.close()


def test_no_other_page_can_be_framed(owner: Owner, chromium: Browser) -> None:
    token = owner.link(owner.saved("unframed"))
    with site(f'<iframe src="{owner.url}/s/{token}" title="Function"></iframe>') as other:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(other)
        expect(page.frame_locator("iframe").locator("#editor")).to_have_count(0)
        assert page.frames[1].url.startswith("chrome-error:")
        context.close()


def test_an_embed_and_the_pages_of_links_and_runs_have_no_violation(owner: Owner, chromium: Browser) -> None:
    snippet = owner.saved("public")
    run = owner.run(CODE, environment={"API_KEY": SECRET}, event='{"who": "Bob"}', snippet=snippet)["id"]
    other = owner.run(CODE, environment={"API_KEY": SECRET}, event='{"who": "Eve"}', snippet=snippet)["id"]
    token = owner.link(snippet, public=True, runs=[run, other])
    with visitor(chromium, width=900) as (context, _):
        page = context.new_page()
        page.goto(f"{owner.url}/embed/{token}?run=load")
        expect(page.get_by_role("status")).to_have_text(ENDED)
        check_axe(page)
        for path in ("/explore", f"/runs/{run}", f"/runs/{run}/compare/{other}"):
            page.goto(owner.url + path)
            check_axe(page)
        expect(page.locator("ins").first).to_contain_text("Eve")


def test_a_run_has_a_page_and_opens_in_the_editor_again(editor: EditorPage) -> None:
    editor.write("export const handler = async (event) => event.n;\n", '{"n": 7}')
    assert editor.run() == "Succeeded"
    address = editor.metrics.get_by_role("link", name="Run page").get_attribute("href")
    assert address
    editor.write("// something else\n", "{}")
    editor.page.goto(editor.page.url + address[1:])
    expect(editor.page.get_by_role("region", name="Response")).to_contain_text("7")
    editor.page.get_by_role("link", name="Open in the editor").click()
    expect(editor.code).to_contain_text("event.n")
    expect(editor.event).to_contain_text('"n": 7')
    expect(editor.response).to_contain_text("7")
