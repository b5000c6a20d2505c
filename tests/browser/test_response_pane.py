"""The response: a tree and a text, an HTTP response in its parts, and pages and images in a frame that is shut off."""

import base64
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, expect

from tests.browser import functions
from tests.browser.axe import check_every_look, violations
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
RETURNS = "export const handler = async (event) => event;\n"


def answered(editor: EditorPage, response: object) -> None:
    """Run a handler that returns this."""
    editor.write(RETURNS, json.dumps(response))
    assert editor.run() == "Succeeded"


def html(body: str, content_type: str = "text/html; charset=utf-8") -> dict[str, object]:
    return {"statusCode": 200, "headers": {"Content-Type": content_type}, "body": body}


class Listener:
    """A host that a framed page could turn to: counts who connects."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.connections = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def framed(editor: EditorPage) -> Frame:
    """The frame of a page that was asked for."""
    editor.response.get_by_role("button", name="Show the page").click()
    element = editor.response.locator("iframe")
    expect(element).to_be_visible()
    handle = element.element_handle()
    assert handle
    frame = handle.content_frame()
    assert frame
    return frame


def test_json_is_a_tree_that_folds_and_a_text_as_it_was_sent(editor: EditorPage) -> None:
    answered(editor, {"receipt": "a\nb", "items": [{"id": 1}, {"id": 2}], "total": 199.99})
    tree = editor.response.locator(".tree")
    # Entries in the order in which they stand, those within before the next one outside.
    expect(tree.locator(".t-key")).to_have_text(['"receipt"', '"items"', '"id"', '"id"', '"total"'])
    items = tree.get_by_role("button", name="2 entries")
    items.focus()
    editor.page.keyboard.press("Enter")
    expect(items).to_have_attribute("aria-expanded", "false")
    expect(tree).to_contain_text('"items": [{"id": 1},{"id": 2}],')
    expect(items).to_be_focused()
    editor.page.keyboard.press("Enter")
    expect(items).to_have_attribute("aria-expanded", "true")
    text = editor.response_text()
    assert text == '{"receipt":"a\\nb","items":[{"id":1},{"id":2}],"total":199.99}'


def test_a_long_tree_is_drawn_in_parts(editor: EditorPage) -> None:
    editor.write("export const handler = async () => ({ n: Array.from({ length: 1000 }, (_, n) => n) });")
    editor.run()
    tree = editor.response.locator(".tree")
    tree.get_by_role("button", name="1,000 entries").scroll_into_view_if_needed()
    expect(tree.locator(".entry .entry")).to_have_count(101)
    tree.get_by_role("button", name="900 more entries").click()
    expect(tree.locator(".entry .entry")).to_have_count(201)


def test_a_large_response_is_shown_in_part_and_downloaded_whole(editor: EditorPage) -> None:
    editor.write('export const handler = async () => "x".repeat(1_000_000);')
    assert editor.run() == "Succeeded"
    expect(editor.response).to_contain_text("This is the beginning of 976.6 KB.")
    assert len(editor.response.locator("pre").inner_text()) == 262_144
    for name in ("Get the whole response", "Download response"):
        with editor.page.expect_download() as download:
            editor.response.get_by_role("link", name=name).click()
        assert Path(download.value.path()).read_bytes() == b'"' + b"x" * 1_000_000 + b'"'


def test_a_response_can_be_copied(editor: EditorPage) -> None:
    origin = editor.page.url.rstrip("/")
    editor.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
    answered(editor, {"a": 1})
    editor.response.get_by_role("button", name="Copy response").click()
    expect(editor.response.get_by_text("Copied")).to_be_attached()
    assert editor.page.evaluate("navigator.clipboard.readText()") == '{"a":1}'


def test_status_headers_and_body_of_a_returned_http_response_stand_apart(editor: EditorPage) -> None:
    answered(
        editor,
        {
            "statusCode": 404,
            "headers": {"Content-Type": "application/json", "X-Order": "12345"},
            "cookies": ["seen=1; Secure"],
            "body": '{"reason":"gone"}',
        },
    )
    named = [line.split("\n") for line in editor.http.locator("div").all_inner_texts()]
    assert named == [
        ["Status", "404"],
        ["Content-Type", "application/json"],
        ["X-Order", "12345"],
        ["Set-Cookie", "seen=1; Secure"],
    ]
    expect(editor.response.locator(".tree .entry")).to_have_text(['"reason": "gone"'])
    assert json.loads(editor.response_text())["statusCode"] == 404


def test_a_page_is_text_until_someone_asks_for_it(editor: EditorPage) -> None:
    answered(editor, html("<h1>Receipt</h1><style>h1 { color: rgb(1, 2, 3) }</style><p>Thank you"))
    expect(editor.response.locator("pre")).to_contain_text("<h1>Receipt</h1>")
    expect(editor.response.locator("iframe")).to_have_count(0)
    frame = framed(editor)
    heading = frame.get_by_role("heading", name="Receipt")
    expect(heading).to_be_visible()
    expect(heading).to_have_css("color", "rgb(1, 2, 3)")
    assert editor.response.locator("iframe").get_attribute("sandbox") == ""
    editor.response.get_by_role("button", name="Show the page").click()
    expect(editor.response.locator("pre")).to_contain_text("<h1>Receipt</h1>")

    # A new run is text again.
    editor.response.get_by_role("button", name="Show the page").click()
    expect(editor.response.locator("iframe")).to_have_count(1)
    editor.run()
    expect(editor.response.locator("iframe")).to_have_count(0)


def test_an_image_is_shown_on_request(editor: EditorPage) -> None:
    answered(editor, {**html(PIXEL, "image/png"), "isBase64Encoded": True})
    expect(editor.response).to_contain_text("70 bytes of image/png")
    editor.response.get_by_role("button", name="Show the image").click()
    image = editor.page.frame_locator("iframe").locator("img")
    expect(image).to_be_visible()
    assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1


def test_a_drawing_is_an_image_without_a_life_of_its_own(editor: EditorPage, listener: Listener) -> None:
    address = f"http://127.0.0.1:{listener.port}/"
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><script>parent.__ran = 1</script>'
        f'<image href="{address}"/><rect width="40" height="20" fill="red"/></svg>'
    )
    answered(editor, html(drawing, "image/svg+xml"))
    editor.response.get_by_role("button", name="Show the image").click()
    image = editor.page.frame_locator("iframe").locator("img")
    assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 40
    assert editor.page.evaluate("typeof window.__ran") == "undefined"
    assert listener.connections == 0


def traps(address: str) -> str:
    """Every way to another host, or out of the frame, that a page could try."""
    nested = f"<a id=nested href={address}>nested</a>"
    data = base64.b64encode(nested.encode()).decode()
    return f"""<!doctype html><html manifest="{address}"><head>
      <base href="{address}"><meta http-equiv="refresh" content="0;url={address}">
      <link rel="preconnect" href="{address}"><link rel="dns-prefetch" href="{address}">
      <link rel="stylesheet" href="{address}a.css"><link rel="prerender" href="{address}">
      <style>@import "{address}b.css"; @font-face {{ font-family: f; src: url({address}f.woff2) }}
        body {{ font-family: f; background: url({address}c.png) }}</style>
      <script>parent.__ran = 1; top.location = "{address}"; fetch("{address}")</script>
      <script src="{address}a.js"></script></head>
      <body onload="parent.__ran = 1" background="{address}d.png"><p id=text>here</p>
      <a id=link href="{address}" target="_top" ping="{address}">a link</a>
      <a id=scripted href="javascript:parent.__ran=1">scripted</a>
      <svg width="90" height="20"><a id=drawn href="{address}"><text y="15">drawn link</text></a>
        <a id=animated><animate attributeName="href" to="{address}" begin="0s" fill="freeze"/>
          <text x="40" y="15">animated</text></a></svg>
      <img src="{address}e.png" srcset="{address}f.png 2x" onerror="parent.__ran = 1">
      <video poster="{address}g.png" src="{address}h.mp4" autoplay></video>
      <iframe src="{address}"></iframe><iframe srcdoc="{nested.replace('"', "&quot;")}"></iframe>
      <object data="data:text/html;base64,{data}"></object><embed src="{address}">
      <form action="{address}"><button id=send formaction="{address}">send</button></form>
      <template shadowrootmode="open"><a id=shadow href="{address}">shadow</a></template>
      <div><template shadowrootmode="open"><a href="{address}">shadow</a></template></div>
      <noscript><a id=bare href="{address}">bare</a></noscript>
      <math><mtext><table><mglyph><style><!--</style><a id=mutated href="{address}" title="--></style>">x</a>
      <svg><style><a title="</style><a id=mutant href={address}>mutant</a>"></style></svg>
      </body></html>"""


def test_a_framed_page_runs_nothing_asks_for_nothing_and_leads_nowhere(
    editor: EditorPage, listener: Listener
) -> None:
    address = f"http://127.0.0.1:{listener.port}/"
    answered(editor, html(traps(address)))
    editor.response.locator("pre").wait_for()
    frame = framed(editor)
    expect(frame.locator("#text")).to_have_text("here")
    assert (
        frame.evaluate("document.querySelectorAll('a[href], area[href], link, script, iframe').length") == 0
    )
    assert address not in frame.evaluate(
        "[...document.querySelectorAll('*')].flatMap((e) => [...e.attributes].map((a) => a.value)).join()"
    )
    for trap in ("#link", "#scripted", "#drawn text", "#animated text", "#send"):
        box = frame.locator(trap).first
        box.hover(force=True)
        box.click(force=True, button="left")
        box.click(force=True, button="middle")
    frame.locator("#send").press("Enter")
    # A connection would be opened at once; a moment more than a browser needs to change its mind.
    editor.page.wait_for_timeout(500)
    assert listener.connections == 0
    assert editor.page.evaluate("typeof window.__ran") == "undefined"
    assert editor.page.context.pages == [editor.page]
    assert frame.url == "about:srcdoc"
    expect(frame.locator("#text")).to_have_text("here")
    # What the policy refused of the styles is said in the console, and is what it is there for.
    editor.watch.forget()


def test_an_error_has_its_type_its_message_and_its_stack(editor: EditorPage) -> None:
    editor.write(functions.THROWS, "{}")
    editor.run()
    expect(editor.response.locator(".error .type")).to_have_text("TypeError")
    expect(editor.response.locator(".error .message")).to_have_text("order is missing")
    expect(editor.response.locator(".error .trace")).to_contain_text("at deeper (")
    expect(editor.response.locator(".tree .t-key").first).to_have_text('"errorType"')


def test_axe_finds_no_violation_in_any_form_of_a_response(editor: EditorPage) -> None:
    answered(editor, html("<p>Hello"))
    editor.response.get_by_role("button", name="Show the page").click()
    expect(editor.response.locator("iframe")).to_be_visible()
    check_every_look(editor)

    editor.write(functions.STREAMS, "{}")
    editor.run()
    editor.response.get_by_role("button", name="Chunks").click()
    assert violations(editor) == []
