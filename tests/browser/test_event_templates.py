"""Test events from templates: fields that change the JSON at the right places, and loaded when asked for."""

import base64
import json
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import functions
from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


def dialog(editor: EditorPage) -> Locator:
    return editor.page.get_by_role("dialog")


def begin(editor: EditorPage, trigger: str) -> None:
    editor.page.get_by_role("button", name="From template").click()
    dialog(editor).get_by_role("radio", name=trigger, exact=True).check()


def fill(editor: EditorPage, **fields: str) -> None:
    for name, text in fields.items():
        dialog(editor).get_by_label(name.replace("_", " "), exact=True).fill(text)


def add(editor: EditorPage) -> None:
    dialog(editor).get_by_role("button", name="Add event").click()
    expect(dialog(editor)).to_have_count(0)


def given(editor: EditorPage) -> Any:
    """What the handler was given by the chosen event."""
    editor.code.fill(functions.ECHO)
    assert editor.run() == "Succeeded"
    return json.loads(editor.response_text())["given"]


def test_the_templates_are_no_part_of_the_first_load(editor: EditorPage) -> None:
    expect(editor.test).to_be_visible()
    editor.page.wait_for_load_state("networkidle")
    assert not [url for url in editor.watch.requests if "Templates" in url]
    editor.page.get_by_role("button", name="From template").click()
    expect(dialog(editor)).to_be_visible()
    assert [url for url in editor.watch.requests if "Templates" in url]


def test_a_request_reaches_the_handler_with_the_fields_that_were_filled_in(editor: EditorPage) -> None:
    begin(editor, "API Gateway HTTP API, payload 2.0")
    dialog(editor).get_by_label("Method").select_option("PUT")
    fill(editor, Path="/orders/7", Query_string="tag=a&tag=b", Body='{"text": "grün"}')
    expect(dialog(editor).get_by_role("region", name="Event preview")).to_contain_text(
        '"rawPath": "/orders/7"'
    )
    add(editor)
    expect(editor.page.get_by_role("tab", name="api-gateway-http-v2", selected=True)).to_be_visible()
    event = given(editor)
    assert event["requestContext"]["http"]["method"] == "PUT"
    assert event["queryStringParameters"] == {"tag": "a,b"}
    assert json.loads(event["body"]) == {"text": "grün"}
    assert event["headers"]["content-length"] == "17"


def test_kinesis_data_is_given_in_base64(editor: EditorPage) -> None:
    begin(editor, "Kinesis")
    fill(editor, Data="one\ntwo")
    add(editor)
    records = given(editor)["Records"]
    assert [base64.b64decode(record["kinesis"]["data"]) for record in records] == [b"one", b"two"]


def test_fields_are_filled_in_again_without_touching_what_was_typed(editor: EditorPage) -> None:
    fields = editor.page.get_by_role("button", name="Template fields")
    expect(fields).to_be_disabled()
    begin(editor, "SQS")
    fill(editor, Message_bodies="first")
    add(editor)
    editor.event.fill('{"Records": [{"body": "first", "mine":  1.50, "eventSourceARN": "none"}]}')
    editor.page.reload()

    fields.click()
    expect(dialog(editor).get_by_label("Message bodies")).to_have_value("first")
    fill(editor, Message_bodies="second", Queue="parcels")
    dialog(editor).get_by_role("button", name="Fill in").click()
    expect(editor.event).to_contain_text('"mine":  1.50')
    expect(editor.event).to_contain_text('"body": "second"')
    expect(editor.event).to_contain_text("arn:aws:sqs:us-east-1:123456789012:parcels")
    editor.event.press("Control+z")
    expect(editor.event).to_contain_text('"body": "first"')


def test_an_event_that_is_no_json_keeps_its_text(editor: EditorPage) -> None:
    begin(editor, "SNS")
    add(editor)
    editor.event.fill("{oops")
    editor.page.get_by_role("button", name="Template fields").click()
    expect(dialog(editor)).to_contain_text("The event is no JSON now")
    expect(dialog(editor).get_by_role("button", name="Fill in")).to_be_disabled()
    editor.page.keyboard.press("Escape")
    expect(editor.event).to_have_text("{oops")


def test_a_fault_in_a_field_stands_at_the_field(editor: EditorPage) -> None:
    begin(editor, "EventBridge")
    detail = dialog(editor).get_by_label("Detail", exact=True)
    detail.fill('{\n  "a": }')
    expect(detail).to_have_attribute("aria-invalid", "true")
    expect(detail).to_have_accessible_description("Line 2, column 8: a value is expected here")
    expect(dialog(editor).get_by_role("button", name="Add event")).to_be_disabled()
    detail.fill("{}")
    add(editor)
    assert given(editor)["detail"] == {}


def test_a_template_is_chosen_and_filled_in_by_keyboard_alone(editor: EditorPage) -> None:
    opener = editor.page.get_by_role("button", name="From template")
    opener.focus()
    keyboard = editor.page.keyboard
    keyboard.press("Enter")
    expect(dialog(editor).get_by_role("radio", checked=True)).to_be_focused()
    keyboard.press("ArrowUp")
    expect(dialog(editor).get_by_role("radio", name="Cognito user pool")).to_be_checked()
    keyboard.press("Escape")
    expect(dialog(editor)).to_have_count(0)
    expect(opener).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("ArrowDown")
    keyboard.press("Tab")
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(editor.page.get_by_role("tab", name="api-gateway-http-v1", selected=True)).to_be_visible()


@pytest.mark.parametrize("trigger", ["API Gateway REST API", "DynamoDB stream"])
def test_axe_finds_no_violation_in_the_form(editor: EditorPage, trigger: str) -> None:
    begin(editor, trigger)
    check_every_look(editor)
    editor.page.set_viewport_size({"width": 360, "height": 740})
    assert editor.page.evaluate("document.documentElement.scrollWidth") <= 360
    box = dialog(editor).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] < 361
