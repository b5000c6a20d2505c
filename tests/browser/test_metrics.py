"""The figures of a run, what it would cost, and the last runs to go back to."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests.browser import functions
from tests.browser.axe import check_every_look, violations
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


def runs(editor: EditorPage) -> list[str]:
    """The bars of the chart in words, the latest last."""
    bars = editor.last_runs.get_by_role("button")
    return [bar.get_attribute("aria-label") or "" for bar in bars.all()]


def test_a_run_and_a_million_such_runs_have_their_price(editor: EditorPage) -> None:
    editor.memory.fill("1024")
    editor.write("export const handler = () => new Promise((resume) => setTimeout(resume, 600));")
    editor.run()
    billed = int(editor.figure("Billed").removesuffix(" ms"))
    million = 0.2 + billed / 1_000 * 16.6667
    assert editor.figure("A million such runs") == f"${million:.2f}"
    expect(editor.metrics).to_contain_text(
        "us-east-1, x86_64, $0.20 a million requests and $0.0000166667 a GB-second of billed duration; "
        "the free tier is not counted."
    )
    told = re.search(r"This run: \$(0\.\d+)\.", editor.metrics.inner_text())
    assert told
    assert abs(float(told[1]) - million / 1e6) < 0.000001


@pytest.mark.parametrize("width", [360, 800, 1000, 1200, 1440])
def test_no_figure_lies_on_another(editor: EditorPage, width: int) -> None:
    editor.page.set_viewport_size({"width": width, "height": 900})
    editor.memory.fill("10240")
    editor.run()
    laid = editor.metrics.locator("dt, dd").evaluate_all(
        """(parts) => parts.map((part) => {
            const range = document.createRange();
            range.selectNodeContents(part);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            return { text: part.textContent, left, right, top, bottom };
        })"""
    )
    overlaps = [
        (one["text"], other["text"])
        for one, other in itertools.combinations(laid, 2)
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 0
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    ]
    assert overlaps == []


def test_the_last_runs_are_drawn_cold_and_warm_told_apart(editor: EditorPage) -> None:
    expect(editor.metrics).to_contain_text("Last runs: none yet")
    editor.write(functions.COUNTER)
    editor.run()
    editor.run()
    editor.write(functions.THROWS, "{}")
    editor.run()
    expect(editor.last_runs.get_by_role("button")).to_have_count(3)
    cold, warm, failed = runs(editor)
    assert re.fullmatch(r"\d\d:\d\d:\d\d, Succeeded, cold start, [\d.]+ ms, init [\d.]+ ms", cold)
    assert re.fullmatch(r"\d\d:\d\d:\d\d, Succeeded, warm start, [\d.]+ ms", warm)
    assert ", Function error, cold start, " in failed
    inits = editor.last_runs.locator(".init").evaluate_all(
        "(parts) => parts.map((part) => part.offsetHeight)"
    )
    assert inits[0] > 0
    assert inits[1] == 0

    editor.page.reload()
    editor.wait_until_ended()
    expect(editor.last_runs.get_by_role("button")).to_have_count(3)
    assert runs(editor) == [cold, warm, failed]


def test_a_run_of_before_is_shown_again_and_left_again(editor: EditorPage) -> None:
    editor.write(
        'export const handler = async ({ n }) => { console.log("number", n); return { n }; };', '{"n": 1}'
    )
    editor.run()
    first = editor.figure("Duration"), editor.report()
    editor.event.fill('{"n": 2}')
    editor.run()
    expect(editor.last_runs.get_by_role("button")).to_have_count(2)
    second = editor.figure("Duration"), editor.report()

    editor.last_runs.get_by_role("button").first.click()
    back = editor.metrics.get_by_role("button", name="Back", exact=True)
    expect(back).to_be_visible()
    expect(editor.metrics).to_contain_text("read-only")
    assert (editor.figure("Duration"), editor.report()) == first
    assert editor.printed() == ["number 1"]
    assert editor.response_text() == '{"n":1}'
    expect(editor.metrics).to_contain_text("cold start")
    expect(editor.event).to_have_text('{"n": 2}')

    back.click()
    expect(back).to_have_count(0)
    assert (editor.figure("Duration"), editor.report()) == second
    assert editor.response_text() == '{"n":2}'


def test_test_again_repeats_the_event_of_the_run_that_is_shown(editor: EditorPage) -> None:
    for number in (1, 2):
        editor.write(functions.ECHO, f'{{"n": {number}}}')
        editor.run()
    expect(editor.last_runs.get_by_role("button")).to_have_count(2)
    editor.last_runs.get_by_role("button").first.click()
    expect(editor.metrics.get_by_role("button", name="Back", exact=True)).to_be_visible()
    editor.again.click()
    expect(editor.last_runs.get_by_role("button")).to_have_count(3)
    editor.wait_until_ended()
    assert editor.response_text() == '{"given":{"n":1}}'
    expect(editor.metrics.get_by_role("button", name="Back", exact=True)).to_have_count(0)


def test_the_runs_are_reached_by_keyboard(editor: EditorPage) -> None:
    editor.write(functions.COUNTER)
    for _ in range(3):
        editor.run()
    bars = editor.last_runs.get_by_role("button")
    expect(bars).to_have_count(3)
    expect(bars.last).to_have_attribute("tabindex", "0")
    bars.last.focus()
    editor.page.keyboard.press("ArrowLeft")
    editor.page.keyboard.press("ArrowLeft")
    expect(bars.first).to_be_focused()
    editor.page.keyboard.press("Enter")
    expect(bars.first).to_have_attribute("aria-current", "true")
    assert editor.response_text() == '{"calls":1}'


def test_a_running_handler_is_told_with_its_time_against_its_timeout(editor: EditorPage) -> None:
    editor.timeout.fill("45")
    editor.write(functions.NEVER_ENDS)
    editor.test.click()
    expect(editor.state).to_have_text("Running")
    expect(editor.metrics).to_contain_text(re.compile(r"\d\.\d\d s of 45 s"))
    editor.page.reload()
    expect(editor.metrics).to_contain_text(re.compile(r"\d+\.\d+ s of 45 s"))
    assert violations(editor) == []
    editor.cancel.click()
    assert editor.wait_until_ended() == "Cancelled"


def test_axe_finds_no_violation_in_a_run_of_before(editor: EditorPage) -> None:
    editor.write(functions.THROWS, "{}")
    editor.run()
    editor.write(functions.COUNTER)
    editor.run()
    editor.last_runs.get_by_role("button").first.click()
    expect(editor.metrics.get_by_role("button", name="Back", exact=True)).to_be_visible()
    check_every_look(editor)
