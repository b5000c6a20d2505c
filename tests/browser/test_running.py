"""Running a handler from the page: what appears, when, and how it is ended."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import functions
from tests.browser.editor_page import NO_FIGURE, EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

WHEN_SEEN = """
window.seenAt = {};
new MutationObserver(() => {
  const shown = (role, label, text) =>
    document.querySelector(`${role}[aria-label="${label}"]`)?.textContent.includes(text);
  if (shown('[role=log]', 'Logs', 'first line')) seenAt.line ??= performance.now();
  if (shown('section', 'Response', 'the answer')) seenAt.response ??= performance.now();
}).observe(document.body, { subtree: true, childList: true, characterData: true });
"""


def test_it_opens_ready_to_run(editor: EditorPage) -> None:
    assert editor.run() == "Succeeded"
    assert "Order 12345: Wireless Headphones" in editor.printed()
    expect(editor.response).to_contain_text("Amount: 199.99 EUR")
    expect(editor.metrics).to_contain_text("cold start")


def test_control_and_enter_runs_from_within_the_code(editor: EditorPage) -> None:
    text = editor.code.inner_text()
    editor.code.press("Control+Enter")
    assert editor.wait_until_ended() == "Succeeded"
    assert editor.code.inner_text() == text


def test_a_line_is_shown_while_the_handler_still_runs(editor: EditorPage) -> None:
    editor.write(functions.TWO_LINES_TWO_SECONDS_APART, "{}")
    editor.page.evaluate(WHEN_SEEN)
    editor.test.click()
    expect(editor.logs).to_contain_text("first line")
    expect(editor.state).to_have_text("Running")
    expect(editor.logs).not_to_contain_text("second line")
    assert editor.wait_until_ended() == "Succeeded"
    seen = editor.page.evaluate("seenAt")
    assert seen["response"] - seen["line"] >= 1_500
    assert editor.printed() == ["first line", "second line"]


def test_an_unchanged_function_keeps_its_globals_and_an_edited_one_starts_fresh(editor: EditorPage) -> None:
    editor.write(functions.COUNTER)
    editor.run()
    assert editor.response_text() == '{"calls":1}'
    assert "Init Duration: " in editor.report()
    assert re.fullmatch(r"[\d.]+ ms", editor.figure("Init"))

    editor.run()
    assert editor.response_text() == '{"calls":2}'
    assert "Init Duration" not in editor.report()
    expect(editor.metrics).to_contain_text("warm start")
    assert not re.search(r"\d", editor.figure("Init"))

    editor.write(functions.COUNTER + "// edited\n")
    editor.run()
    assert editor.response_text() == '{"calls":1}'
    assert "Init Duration: " in editor.report()
    expect(editor.metrics).to_contain_text("cold start")


def test_start_cold_gets_a_new_environment_where_a_warm_one_waits(editor: EditorPage) -> None:
    editor.write(functions.COUNTER)
    editor.run()
    editor.start_cold.focus()
    editor.page.keyboard.press("Enter")
    editor.wait_until_ended()
    expect(editor.start_cold).to_be_focused()
    expect(editor.metrics).to_contain_text("cold start")
    assert editor.response_text() == '{"calls":1}'
    assert "Init Duration: " in editor.report()

    editor.run()
    assert editor.response_text() == '{"calls":2}'
    editor.page.keyboard.press("Control+Shift+Enter")
    editor.wait_until_ended()
    expect(editor.metrics).to_contain_text("cold start")
    assert editor.response_text() == '{"calls":1}'


def test_test_again_runs_the_code_as_it_is_with_the_event_of_the_last_run(editor: EditorPage) -> None:
    expect(editor.again).to_be_disabled()
    editor.write(functions.ECHO, '{"kept": 1}')
    editor.run()
    editor.write(functions.ECHO.replace("given", "taken"), '{"typed": 2}')
    editor.again.click()
    editor.wait_until_ended()
    assert editor.response_text() == '{"taken":{"kept":1}}'

    editor.page.reload()
    editor.wait_until_ended()
    editor.write(functions.ECHO)
    expect(editor.again).to_be_enabled()
    editor.page.keyboard.press("Control+Alt+Enter")
    expect(editor.response).to_contain_text("given")
    assert editor.response_text() == '{"given":{"kept":1}}'
    expect(editor.event).to_have_text('{"typed": 2}')


def test_start_cold_waits_for_the_end_of_what_runs(editor: EditorPage) -> None:
    editor.timeout.fill("30")
    editor.write(functions.TICKS, '{"ticks": 2, "pause": 3000}')
    editor.start_cold.click()
    expect(editor.logs).to_contain_text("tick 1")
    expect(editor.start_cold).to_be_disabled()
    expect(editor.test).to_be_disabled()
    editor.wait_until_ended()
    expect(editor.start_cold).to_be_enabled()


def test_no_figure_of_the_run_before_is_left_while_a_test_runs(editor: EditorPage) -> None:
    editor.run()
    editor.write(functions.TICKS, '{"ticks": 2, "pause": 3000}')
    editor.timeout.fill("30")
    editor.test.click()
    expect(editor.logs).to_contain_text("tick 1")
    expect(editor.metrics.get_by_text(re.compile("^(cold|warm) start$"))).to_have_count(0)
    for name in ("Duration", "Billed", "Init", "Memory"):
        assert editor.figure(name) == NO_FIGURE
    editor.wait_until_ended()


def test_cancel_ends_what_runs_and_the_next_test_works(editor: EditorPage) -> None:
    editor.timeout.fill("90")
    editor.write(functions.NEVER_ENDS)
    expect(editor.cancel).to_be_hidden()
    editor.test.click()
    expect(editor.logs).to_contain_text("it began")
    expect(editor.test).to_be_disabled()
    editor.cancel.click()
    assert editor.wait_until_ended() == "Cancelled"
    expect(editor.cancel).to_be_hidden()
    assert editor.printed() == ["it began"]

    editor.write(functions.ECHO, '{"after": "cancel"}')
    assert editor.run() == "Succeeded"
    assert editor.response_text() == '{"given":{"after":"cancel"}}'


def test_configuration_and_variables_reach_the_function(editor: EditorPage) -> None:
    editor.write(
        """export const entry = async (event, context) => ({
          greeting: process.env.GREETING,
          memory: context.memoryLimitInMB,
          remaining: Math.ceil(context.getRemainingTimeInMillis() / 1000),
        });"""
    )
    editor.handler.fill("index.entry")
    editor.memory.fill("192")
    editor.timeout.fill("7")
    editor.add_variable("GREETING", "grüß <b>Gott</b>")
    assert editor.run() == "Succeeded"
    assert editor.response_text() == '{"greeting":"grüß <b>Gott</b>","memory":"192","remaining":7}'
    assert "Memory Size: 192 MB" in editor.report()
