"""Streamed responses on the page: chunk by chunk as they are written, an HTTP response in its parts."""

import pytest
from playwright.sync_api import expect

from tests.browser import functions
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

WHEN_SEEN = """
window.seenAt = {};
new MutationObserver(() => {
  const shown = (label) => document.querySelector(`section[aria-label="${label}"]`).textContent;
  for (const chunk of ['first chunk', 'second chunk', 'last chunk'])
    if (shown('Response').includes(chunk)) seenAt[chunk] ??= performance.now();
  if (shown('Metrics').includes('Succeeded')) seenAt.end ??= performance.now();
}).observe(document.body, { subtree: true, childList: true, characterData: true });
"""


def test_each_chunk_is_shown_as_it_is_written(editor: EditorPage) -> None:
    editor.timeout.fill("30")
    editor.write(functions.STREAMS, '{"pause": 3000}')
    editor.page.evaluate(WHEN_SEEN)
    assert editor.run() == "Succeeded"
    seen = editor.page.evaluate("seenAt")
    assert seen["end"] - seen["first chunk"] > 1_500
    assert seen["second chunk"] - seen["first chunk"] > 500
    assert seen["last chunk"] - seen["second chunk"] > 500
    assert editor.response_text() == "first chunk\nsecond chunk\nlast chunk"


def test_chunks_are_listed_with_their_times(editor: EditorPage) -> None:
    editor.timeout.fill("30")
    editor.write(functions.STREAMS, '{"pause": 4000}')
    editor.test.click()
    expect(editor.response).to_contain_text("first chunk")
    editor.response.get_by_role("button", name="Chunks").click()
    rows = editor.response.get_by_role("table", name="Chunks").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(editor.state).to_have_text("Running")
    editor.wait_until_ended()
    expect(rows).to_have_count(3)
    told = [row.locator("td").all_inner_texts() for row in rows.all()]
    assert [text.strip() for _, _, text in told] == ["first chunk", "second chunk", "last chunk"]
    assert [size for _, size, _ in told] == ["12 bytes", "13 bytes", "10 bytes"]
    first, second, last = (int(after.removesuffix(" ms")) for after, _, _ in told)
    assert second - first > 500
    assert last - second > 500
    expect(editor.response).to_contain_text(f"3 chunks, {first} ms to {last} ms")


def test_a_stream_that_breaks_stays_readable_beside_its_error(editor: EditorPage) -> None:
    editor.write(functions.STREAMS, '{"fail": true}')
    assert editor.run() == "Function error"
    expect(editor.response.get_by_text("broken in the middle", exact=True)).to_be_visible()
    expect(editor.response.get_by_role("heading", name="Streamed until then")).to_be_attached()
    assert editor.response.locator("pre").last.inner_text() == "first chunk\nsecond chunk\n"


def test_status_headers_and_cookies_of_a_streamed_http_response_are_told_from_its_body(
    editor: EditorPage,
) -> None:
    editor.timeout.fill("30")
    editor.write(functions.STREAMS_HTTP, "{}")
    editor.test.click()
    expect(editor.http).to_contain_text("X-Order")
    expect(editor.state).to_have_text("Running")
    assert editor.wait_until_ended() == "Succeeded"
    named = editor.http.locator("div").all_inner_texts()
    assert [line.split("\n") for line in named] == [
        ["Status", "201"],
        ["Content-Type", "application/json"],
        ["X-Order", "12345"],
        ["Set-Cookie", "visits=1; Secure"],
    ]
    expect(editor.response.locator(".tree .entry")).to_have_text(['"accepted": true'])
    expect(editor.response).not_to_contain_text("NUL")
    prelude, body = editor.response_text().split("\n")
    assert prelude.startswith('{"statusCode":201,')
    assert body == '{"accepted":true}'
