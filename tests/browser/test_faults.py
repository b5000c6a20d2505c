"""Faults of what was typed stand where they were made, and nothing that was typed is lost."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import functions
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


def expect_fault(field: Locator, sentence: str) -> None:
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(sentence))


def test_a_reserved_variable_is_marked_at_its_row(editor: EditorPage) -> None:
    key = editor.add_variable("AWS_REGION", "eu-central-1")
    expect_fault(key, "reserved")
    editor.test.click()
    expect(editor.message).to_contain_text("Nothing was started")
    expect_fault(key, "AWS_REGION is reserved")
    expect(editor.variables.get_by_role("textbox", name="Key 1")).to_have_attribute("aria-invalid", "false")
    expect(editor.state).to_have_text("Not run yet")

    editor.variables.get_by_role("button", name="Remove AWS_REGION").click()
    assert editor.run() == "Succeeded"


def test_an_event_that_is_not_json_is_marked_with_line_and_column(editor: EditorPage) -> None:
    editor.event.fill('{\n  "order": 1,\n  "amount": oops\n}')
    expect(editor.event).to_have_accessible_description(re.compile("line 3, column 13", re.IGNORECASE))
    editor.test.click()
    expect(editor.message).to_contain_text("Nothing was started")
    expect(editor.event).to_have_accessible_description(re.compile("line 3, column 13", re.IGNORECASE))
    expect(editor.state).to_have_text("Not run yet")
    assert editor.event.inner_text() == '{\n  "order": 1,\n  "amount": oops\n}'


def test_memory_outside_its_range_is_marked(editor: EditorPage) -> None:
    editor.memory.fill("64")
    expect_fault(editor.memory, "128.*10,?240")
    editor.test.click()
    expect(editor.message).to_contain_text("Nothing was started")
    expect_fault(editor.memory, "128.*10,?240")
    expect(editor.memory).to_have_value("64")


def test_a_handler_without_a_name_is_marked(editor: EditorPage) -> None:
    editor.handler.fill("")
    expect_fault(editor.handler, "[Hh]andler")
    editor.test.click()
    expect(editor.message).to_contain_text("Nothing was started")
    expect_fault(editor.handler, "[Hh]andler")


def test_every_fault_is_named_at_once_and_the_last_result_stays(editor: EditorPage) -> None:
    editor.write(functions.ECHO, '{"kept": true}')
    editor.run()
    key = editor.add_variable("LAMBDA_TASK_ROOT", "x")
    editor.memory.fill("1")
    editor.timeout.fill("901")
    editor.handler.fill("a b")
    editor.event.fill("nope")
    editor.test.click()
    expect(editor.message).to_contain_text("Nothing was started")
    for field in (key, editor.memory, editor.timeout, editor.handler):
        expect_fault(field, ".")
    expect(editor.event).to_have_accessible_description(re.compile("line 1, column", re.IGNORECASE))
    assert editor.response_text() == '{"given":{"kept":true}}'
    expect(editor.state).to_have_text("Succeeded")
    expect(editor.metrics).to_contain_text("from click to answer")
    assert editor.code.inner_text().strip() == functions.ECHO.strip()

    editor.page.reload()
    expect(editor.event).to_have_text("nope")
    expect(editor.memory).to_have_value("1")
    expect(editor.handler).to_have_value("a b")
