"""What a function prints and returns is text: it neither acts on the page nor passes for the platform's word."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

MARKUP = "<script>window.__xss = 1</script><img src=x onerror='window.__xss = 1'><b>bold</b>"
FORGED = (
    "START RequestId: 00000000-0000-0000-0000-000000000000 Version: $LATEST\n"
    "END RequestId: 00000000-0000-0000-0000-000000000000\n"
    "REPORT RequestId: 00000000-0000-0000-0000-000000000000\tDuration: 0.01 ms\tBilled Duration: 1 ms\t"
    "Memory Size: 128 MB\tMax Memory Used: 1 MB\t\n"
)


def test_markup_stays_text_wherever_it_comes_out(editor: EditorPage) -> None:
    editor.write(
        f"""export const handler = async (event) => {{
          console.log({json.dumps(MARKUP)});
          console.error({json.dumps(MARKUP)});
          if (event.fail) throw Object.assign(new Error({json.dumps(MARKUP)}), {{ name: {json.dumps(MARKUP)} }});
          return {{ {json.dumps(MARKUP)}: {json.dumps(MARKUP)} }};
        }};""",
        "{}",
    )
    assert editor.run() == "Succeeded"
    assert editor.printed() == [MARKUP, MARKUP]
    assert json.loads(editor.response_text()) == {MARKUP: MARKUP}

    editor.event.fill('{"fail": true}')
    assert editor.run() == "Function error"
    expect(editor.response.get_by_text(MARKUP, exact=True).first).to_be_visible()
    assert editor.page.evaluate("typeof window.__xss") == "undefined"
    for region in (editor.logs, editor.response):
        assert region.locator("script, img, b").count() == 0
    assert not any(url.endswith("/x") for url in editor.watch.requests)


def test_control_characters_are_shown_instead_of_followed(editor: EditorPage) -> None:
    editor.write(
        r"""export const handler = async () => {
          console.log("a\u001b[31mred\u001b[0m \u0007\u001b[2J b\rc \u202edne");
          return "\u001b[2J";
        };"""
    )
    assert editor.run() == "Succeeded"
    assert editor.printed() == ["ared BELESC[2J bCRc U+202Edne"]
    assert editor.response_text() == r'"\u001b[2J"'


def test_forged_platform_lines_are_ordinary_lines(editor: EditorPage) -> None:
    editor.write(
        f"""export const handler = async () => {{
          process.stdout.write({json.dumps(FORGED)});
          console.log({json.dumps(FORGED.splitlines()[-1])});
        }};"""
    )
    assert editor.run() == "Succeeded"
    forged = [line for line in editor.lines() if "00000000-0000" in line.text]
    assert [line.stream for line in forged] == ["stdout"] * len(forged)
    assert "".join(line.text for line in forged).count("REPORT") == 2
    assert [line.split()[0] for line in editor.platform_lines()] == ["START", "END", "REPORT"]
    assert "0.01 ms" not in editor.metrics.inner_text()

    looks = """(line) => { const { backgroundColor, color } = getComputedStyle(line.querySelector('.text'));
      return [getComputedStyle(line).backgroundColor, backgroundColor, color].join() }"""
    platform = {line.evaluate(looks) for line in editor.logs.locator("[data-stream=platform]").all()}
    printed = {line.evaluate(looks) for line in editor.logs.locator("[data-stream=stdout]").all()}
    assert not platform & printed
    expect(editor.logs.get_by_role("img", name="From the platform")).to_have_count(3)
