"""The log: colours, folds, search, a choice of lines, copy and download, all by keyboard too."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import functions
from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

SPEAKS = """\
export const handler = async () => {
  console.debug("details");
  console.info("order 12345");
  console.warn("Order is late", { amount: 199.99, items: ["lamp", "desk"] });
  console.error("broken");
  process.stdout.write("raw\\n");
  console.log("\\u001b[32mgreen\\u001b[0m and \\u001b[1;41mbold on red\\u001b[0m");
};
"""


def test_lines_can_be_shown_by_level(editor: EditorPage) -> None:
    editor.write(SPEAKS, "{}")
    editor.run()
    shown = editor.page.get_by_role("combobox", name="Shown lines")
    everything = editor.lines()
    assert [line.level for line in everything if line.stream != "platform"] == [
        "DEBUG",
        "INFO",
        "WARN",
        "ERROR",
        "",
        "INFO",
    ]
    for choice, count in (("Function", 6), ("Info and up", 5), ("Warnings and up", 2), ("Errors", 1)):
        shown.select_option(choice)
        expect(editor.logs.locator("[data-row]")).to_have_count(count)
    assert editor.printed() == ["broken"]


def test_a_search_steps_through_its_matches_and_can_leave_out_the_rest(editor: EditorPage) -> None:
    editor.timeout.fill("20")
    editor.write(functions.PRINTS, '{"lines": 900}')
    editor.run()
    editor.logs.press("Control+f")
    box = editor.page.get_by_role("searchbox", name="Search logs")
    expect(box).to_be_focused()
    box.fill("LINE 77")
    told = editor.page.get_by_role("status").filter(has_text=re.compile("of 11$|11 lines"))
    expect(told).to_have_text("11 lines")
    box.press("Enter")
    expect(told).to_have_text("1 of 11")
    current = editor.logs.locator(".current")
    expect(current).to_contain_text("line 77 of")
    expect(current).to_be_in_viewport()
    expect(current.locator(".t-match")).to_have_text("line 77")
    box.press("Shift+Enter")
    expect(told).to_have_text("11 of 11")
    expect(current).to_contain_text("line 779")
    editor.page.get_by_role("button", name="Next match").click()
    expect(current).to_contain_text("line 77 of")

    editor.page.get_by_role("button", name="Only matching lines").click()
    expect(editor.logs.locator("[data-row]")).to_have_count(11)
    box.fill("nowhere")
    expect(editor.logs).to_contain_text("No line is left")
    box.press("Escape")
    expect(box).to_have_value("")
    expect(editor.page.get_by_text("903 lines", exact=True)).to_be_visible()


def test_objects_and_json_fold(editor: EditorPage) -> None:
    editor.write(
        """export const handler = async () => {
          console.log("bought", { amount: 199.99, items: ["lamp", "desk"] });
          console.log(JSON.stringify({ order: { id: 1, paid: true } }));
          console.log("[INFO] no object {} here");
        };""",
        "{}",
    )
    editor.run()
    folds = editor.logs.get_by_role("button", expanded=False)
    expect(folds).to_have_count(2)
    line = editor.logs.locator("[data-row]").nth(1)
    expect(line.locator(".text")).to_have_text("bought { amount: 199.99, items: [ 'lamp', 'desk' ] }")
    line.get_by_role("button", name="2 entries").focus()
    editor.page.keyboard.press("Enter")
    expect(line.locator(".entry")).to_have_text(["amount: 199.99,", "items: [ 'lamp', 'desk' ]"])
    line.get_by_role("button", name="2 entries", expanded=False).click()
    expect(line.locator(".entry").last).to_have_text("'desk'")
    expect(line.locator(".t-number")).to_have_text("199.99")
    line.get_by_role("button", name="2 entries").first.click()
    expect(line.locator(".entry")).to_have_count(0)
    folds.last.click()
    expect(editor.logs.locator(".entry").first).to_contain_text('"order": '.replace(" ", ""))


def test_colours_are_shown_and_nothing_else_is_obeyed(editor: EditorPage) -> None:
    editor.write(SPEAKS, "{}")
    editor.run()
    line = editor.logs.locator("[data-row]").filter(has_text="green and")
    expect(line.locator(".text")).to_have_text("green and bold on red")
    ok = editor.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ok')")
    assert ok == "#15703a"
    expect(line.get_by_text("green", exact=True)).to_have_css("color", "rgb(21, 112, 58)")
    expect(line.get_by_text("bold on red", exact=True)).to_have_css("font-weight", "700")


def test_time_stamps_and_wrapping_can_be_turned_off_and_stay_off(editor: EditorPage) -> None:
    editor.write("""export const handler = async () => console.log("long ".repeat(200));""", "{}")
    editor.run()
    times = editor.page.get_by_role("button", name="Time stamps")
    wrap = editor.page.get_by_role("button", name="Wrap lines")
    sideways = "(box) => box.scrollWidth > box.clientWidth"
    expect(editor.logs.locator("time")).to_have_count(1)
    assert not editor.logs.evaluate(sideways)
    times.click()
    wrap.click()
    for _ in range(2):
        expect(editor.logs.locator("[data-stream=stdout]")).to_have_count(1)
        expect(editor.logs.locator("time")).to_have_count(0)
        expect(wrap).to_have_attribute("aria-pressed", "false")
        assert editor.logs.evaluate(sideways)
        editor.page.reload()
        editor.wait_until_ended()
    times.click()
    expect(editor.logs.locator("time")).to_have_count(1)


def test_the_log_can_be_copied_and_downloaded(editor: EditorPage) -> None:
    editor.write(SPEAKS, "{}")
    editor.run()
    origin = editor.page.url.rstrip("/")
    editor.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
    editor.page.get_by_role("button", name="Copy log").click()
    expect(editor.page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    copied = editor.page.evaluate("navigator.clipboard.readText()")
    with editor.page.expect_download() as download:
        editor.page.get_by_role("button", name="Download log").click()
    assert re.fullmatch(r"[0-9a-f-]{36}\.log", download.value.suggested_filename)
    text = Path(download.value.path()).read_text()
    assert text == copied.replace("\r\n", "\n")
    lines = text.splitlines()
    assert lines[0].startswith("START RequestId: ")
    assert "raw" in lines
    assert any(re.search(r"\tINFO\torder 12345$", line) for line in lines)


def test_a_place_in_a_logged_trace_leads_to_its_line(editor: EditorPage) -> None:
    editor.write('// first\nexport const handler = async () => console.error(new Error("logged"));\n', "{}")
    editor.run()
    editor.logs.get_by_role("button", name="index.mjs:2:").first.click()
    expect(editor.code).to_be_focused()


def test_axe_finds_no_violation_in_a_log_of_every_kind(editor: EditorPage) -> None:
    editor.write(SPEAKS, "{}")
    editor.run()
    editor.logs.get_by_role("button", expanded=False).first.click()
    editor.page.get_by_role("searchbox", name="Search logs").fill("o")
    editor.page.get_by_role("searchbox", name="Search logs").press("Enter")
    check_every_look(editor)


def test_the_log_is_usable_by_keyboard_alone(editor: EditorPage) -> None:
    editor.write(functions.TICKS, '{"ticks": 60, "pause": 0}')
    editor.run()
    editor.page.get_by_role("searchbox", name="Search logs").focus()
    names = []
    for _ in range(7):
        editor.page.keyboard.press("Tab")
        names.append(editor.page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert names == [
        "Only matching lines",
        "Shown lines",
        "Time stamps",
        "Wrap lines",
        "Copy log",
        "Download log",
        "Logs",
    ]
    editor.page.keyboard.press("Home")
    expect(editor.logs.get_by_text("tick 1", exact=True)).to_be_visible()
    editor.page.keyboard.press("Tab")
    editor.page.keyboard.press("Enter")
    expect(editor.logs.get_by_text("tick 60", exact=True)).to_be_in_viewport()
