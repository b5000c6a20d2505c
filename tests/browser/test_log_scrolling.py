"""The log with thousands of lines: no stutter, an end that is followed until someone scrolls up, and a place that is kept."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import functions
from tests.browser.chromium import wait_for
from tests.browser.editor_page import EditorPage
from tests.browser.log_feed import Feed, fed_editor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

FLOOD = 20_000
"""Twice what the platform keeps of one invocation, so these lines are fed to the page in the place of its socket."""

WATCH_TASKS = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) longest = Math.max(longest, task.duration);
}).observe({ type: 'longtask' });
"""

VISIBLE = """(box) => {
  const edge = box.getBoundingClientRect();
  return [...box.querySelectorAll('[data-row]')].filter((line) => {
    const { top, bottom } = line.getBoundingClientRect();
    return bottom > edge.top + 1 && top < edge.bottom - 1;
  }).map((line) => line.querySelector('.text').textContent);
}"""

WHEEL_STEPS = 20
WHEEL_PX = 120

FIRST_ROW = """(box) => {
  const edge = box.getBoundingClientRect().top;
  for (const line of box.querySelectorAll('[data-row]')) {
    const { top, bottom } = line.getBoundingClientRect();
    if (bottom > edge + 1) return [line.dataset.row, top];
  }
}"""
STANDS_AT = """([row, wanted]) => {
  const line = document.querySelector(`[role=log] [data-row="${row}"]`);
  return line !== null && Math.abs(line.getBoundingClientRect().top - wanted) < 2;
}"""

AT_END = "(box) => box.scrollTop + box.clientHeight >= box.scrollHeight - 2"


def visible(editor: EditorPage) -> list[str]:
    lines: list[str] = editor.logs.evaluate(VISIBLE)
    return lines


def test_twenty_thousand_lines_are_shown_without_a_stutter(editor: EditorPage, feed: Feed) -> None:
    page = fed_editor(editor)
    page.page.evaluate(WATCH_TASKS)
    page.test.click()
    feed.wait(page)
    for begin in range(0, FLOOD, 500):
        feed.lines([f"line {number}" for number in range(begin + 1, begin + 501)])
    feed.finish()
    assert page.wait_until_ended() == "Succeeded"
    expect(page.page.get_by_text("20,000 lines", exact=True)).to_be_visible()
    assert visible(page)[-1] == f"line {FLOOD}"
    assert page.logs.locator("[data-row]").count() < 200

    page.logs.press("Home")
    expect(page.logs.get_by_text("line 1", exact=True)).to_be_visible()
    page.logs.evaluate("(box) => { box.scrollTop = box.scrollHeight / 2 }")
    expect(page.logs.get_by_text("line 10000", exact=True)).to_be_attached()

    page.page.get_by_role("searchbox", name="Search logs").fill("line 1234")
    expect(page.page.get_by_text("11 lines", exact=True)).to_be_visible()
    longest = page.page.evaluate("longest")
    print(f"longest task with {FLOOD} lines: {longest:.0f} ms")
    assert longest < 2_000


def test_thousands_of_lines_of_a_real_function_are_all_there(editor: EditorPage) -> None:
    editor.timeout.fill("60")
    editor.write(functions.PRINTS, '{"lines": 9000}')
    assert editor.run() == "Succeeded"
    expect(editor.page.get_by_text("9,003 lines", exact=True)).to_be_visible()
    assert visible(editor)[-1].startswith("REPORT")
    editor.logs.press("Home")
    expect(editor.logs.get_by_text("line 1 of 9000", exact=True)).to_be_visible()
    assert visible(editor)[:2] == [visible(editor)[0], "line 1 of 9000"]


def test_the_end_is_followed_until_someone_scrolls_up(editor: EditorPage, feed: Feed) -> None:
    page = fed_editor(editor)
    to_end = page.page.get_by_role("button", name="To the end")
    page.test.click()
    feed.wait(page)
    # Long lines take more rows than was guessed, which must not be taken for a wish of somebody's.
    for begin in range(0, 2_000, 100):
        feed.lines([f"line {number} {'long ' * (number % 90)}" for number in range(begin + 1, begin + 101)])
        page.page.wait_for_timeout(20)
    expect(page.logs.get_by_text(re.compile("^line 2000 "))).to_be_visible()
    expect(to_end).to_be_hidden()
    wait_for(page.page, AT_END, page.logs.element_handle())

    page.logs.hover()
    page.page.mouse.wheel(0, -400)
    expect(to_end).to_be_visible()
    page.page.wait_for_timeout(300)
    read = visible(page)
    feed.lines([f"later {number}" for number in range(1, 501)])
    expect(page.page.get_by_text("2,500 lines", exact=True)).to_be_visible()
    assert visible(page) == read

    to_end.click()
    expect(page.logs.get_by_text("later 500", exact=True)).to_be_visible()
    expect(to_end).to_be_hidden()
    feed.lines(["the last one"])
    expect(page.logs.get_by_text("the last one", exact=True)).to_be_visible()

    page.logs.press("PageUp")
    expect(to_end).to_be_visible()
    page.logs.press("End")
    expect(to_end).to_be_hidden()
    feed.finish()
    page.wait_until_ended()


def test_what_someone_reads_keeps_its_place_while_rows_above_take_their_height(
    editor: EditorPage, feed: Feed
) -> None:
    page = fed_editor(editor)
    page.test.click()
    feed.wait(page)
    feed.lines([f"line {number} {'long ' * (number % 50)}" for number in range(1, 1_001)])
    feed.finish()
    page.wait_until_ended()
    page.logs.hover()
    for _ in range(WHEEL_STEPS):
        row, top = page.logs.evaluate(FIRST_ROW)
        page.page.mouse.wheel(0, -WHEEL_PX)
        wait_for(page.page, STANDS_AT, [row, top + WHEEL_PX])
