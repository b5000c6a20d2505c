"""Configuration beside the code: figures by slider and by hand, handlers found in the files, variables and secrets."""

import json
import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import functions
from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

ENVIRONMENT = "export const handler = async ({ keys }) => keys.map((key) => process.env[key] ?? null);\n"
TMP_SIZE = """\
import { statfsSync } from "node:fs";
export const handler = async () => {
  const { blocks, bsize } = statfsSync("/tmp");
  return Math.round((blocks * bsize) / 1024 / 1024);
};
"""
DOTENV = """\
# The shop
export CURRENCY=USD   # not the euro
GREETING="two
lines"
API_KEY='s3cret # inside'
nonsense
"""


def value(editor: EditorPage, key: str) -> Locator:
    """The field of a variable's value."""
    keys = editor.variables.get_by_role("textbox", name=re.compile("^Key "))
    expect(keys.first).to_be_visible()
    names = [field.input_value() for field in keys.all()]
    return editor.variables.get_by_role("textbox", name=f"Value {names.index(key) + 1}", exact=True)


def keys(editor: EditorPage) -> list[str]:
    fields = editor.variables.get_by_role("textbox", name=re.compile("^Key "))
    return [field.input_value() for field in fields.all()]


def is_masked(field: Locator) -> bool:
    return bool(field.evaluate("(field) => getComputedStyle(field).webkitTextSecurity !== 'none'"))


def paste(field: Locator, text: str) -> None:
    """What a browser does with a paste, without the machine's clipboard."""
    field.evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', text);
          field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_ephemeral_storage_is_what_the_function_finds(editor: EditorPage) -> None:
    storage = editor.page.get_by_role("spinbutton", name="Ephemeral storage")
    expect(storage).to_have_value("512")
    editor.page.get_by_role("slider", name="Ephemeral storage slider").press("ArrowRight")
    expect(storage).to_have_value("1024")
    storage.fill("700")
    editor.write(TMP_SIZE, "{}")
    assert editor.run() == "Succeeded"
    assert editor.response_text() == "700"
    editor.page.reload()
    expect(storage).to_have_value("700")


def test_ephemeral_storage_outside_its_range_is_marked(editor: EditorPage) -> None:
    storage = editor.page.get_by_role("spinbutton", name="Ephemeral storage")
    storage.fill("100")
    expect(storage).to_have_accessible_description(
        "Ephemeral storage is a whole number from 512 to 10,240 MB."
    )
    editor.test.click()
    expect(editor.message).to_contain_text("Nothing was started")
    expect(storage).to_have_attribute("aria-invalid", "true")


def test_the_handler_is_suggested_from_the_exports(editor: EditorPage) -> None:
    editor.write(
        "export const main = async () => 1;\nasync function other() { return 2; }\nexport { other as second };\n",
        "{}",
    )
    expect(editor.handler).to_have_accessible_description(re.compile("No file exports this"))
    editor.page.get_by_role("button", name="Use index.second").click()
    expect(editor.handler).to_have_value("index.second")
    expect(editor.handler).to_be_focused()
    expect(editor.page.get_by_role("button", name="Use index.main")).to_be_visible()
    expect(editor.page.get_by_role("button", name="Use index.second")).to_have_count(0)
    assert editor.run() == "Succeeded"
    assert editor.response_text() == "2"


def test_a_secret_is_masked_until_its_row_is_revealed(editor: EditorPage) -> None:
    editor.add_variable("API_KEY", "sk-example")
    editor.add_variable("REGION_NAME", "north")
    assert is_masked(value(editor, "API_KEY"))
    assert not is_masked(value(editor, "REGION_NAME"))
    editor.variables.get_by_role("button", name="Show API_KEY").click()
    assert not is_masked(value(editor, "API_KEY"))
    editor.variables.get_by_role("button", name="Hide REGION_NAME").click()
    assert is_masked(value(editor, "REGION_NAME"))
    editor.page.reload()
    assert is_masked(value(editor, "API_KEY"))
    assert value(editor, "API_KEY").input_value() == "sk-example"


def test_a_pasted_dotenv_file_becomes_rows(editor: EditorPage) -> None:
    editor.variables.get_by_role("button", name="Add variable").click()
    paste(editor.variables.get_by_role("textbox", name="Key 2"), DOTENV)
    dialog = editor.page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_contain_text(
        "3 variables, 1 of them in place of a value that is there"
    )
    expect(dialog.get_by_role("status")).to_contain_text("Line 6 is left out: KEY=value is expected.")
    dialog.get_by_role("button", name="Add variables").click()
    expect(dialog).to_have_count(0)
    assert keys(editor) == ["CURRENCY", "GREETING", "API_KEY"]
    editor.write(ENVIRONMENT, json.dumps({"keys": ["CURRENCY", "GREETING", "API_KEY"]}))
    assert editor.run() == "Succeeded"
    assert json.loads(editor.response_text()) == ["USD", "two\nlines", "s3cret # inside"]


def test_one_assignment_pasted_as_a_key_fills_its_row(editor: EditorPage) -> None:
    editor.variables.get_by_role("button", name="Add variable").click()
    paste(editor.variables.get_by_role("textbox", name="Key 2"), "export LEVEL='debug'")
    assert value(editor, "LEVEL").input_value() == "debug"
    expect(editor.page.get_by_role("dialog")).to_have_count(0)


def test_a_dotenv_file_is_chosen_from_the_machine(editor: EditorPage) -> None:
    editor.variables.get_by_role("button", name="Add from a .env file").click()
    dialog = editor.page.get_by_role("dialog")
    file = {"name": "shop.env", "mimeType": "text/plain", "buffer": b"SHOP=north\n"}
    dialog.get_by_label("choose it").set_input_files(file)  # type: ignore[arg-type]
    expect(dialog.get_by_role("status")).to_have_text("1 variable")
    dialog.get_by_role("button", name="Add variables").click()
    assert value(editor, "SHOP").input_value() == "north"


def test_rows_are_added_by_enter_and_a_value_keeps_its_lines(editor: EditorPage) -> None:
    field = value(editor, "CURRENCY")
    field.fill("first")
    field.press("End")
    field.press("Shift+Enter")
    editor.page.keyboard.type("second")
    field.press("Enter")
    expect(editor.variables.get_by_role("textbox", name="Key 2")).to_be_focused()
    editor.write(ENVIRONMENT, '{"keys": ["CURRENCY"]}')
    assert editor.run() == "Succeeded"
    assert json.loads(editor.response_text()) == ["first\nsecond"]


def test_the_counter_measures_as_the_service_does(editor: EditorPage) -> None:
    editor.variables.get_by_role("button", name="Remove CURRENCY").click()
    # {"FULL":"…"} takes 11 bytes beside the value; quotes and line breaks count as they are escaped.
    rest = 4096 - 11
    text = '"\N{EURO SIGN}\n' + "x" * (rest - 2 - 3 - 2)
    editor.add_variable("FULL", text)
    editor.write("export const handler = async () => process.env.FULL.length;\n", "{}")
    expect(editor.variables).to_contain_text("4 of 4 KB")
    assert editor.run() == "Succeeded"
    assert editor.response_text() == str(len(text))
    value(editor, "FULL").fill(text + "x")
    sentence = "All variables together take 4,097 bytes as JSON; Lambda allows 4,096."
    expect(editor.variables).to_contain_text(sentence)
    editor.test.click()
    expect(editor.message).to_contain_text("Nothing was started")
    expect(editor.variables).to_contain_text("take 4097 bytes as JSON")


def test_axe_finds_no_violation_in_the_configuration(editor: EditorPage) -> None:
    editor.add_variable("API_KEY", "sk-example")
    editor.add_variable("AWS_REGION", "x")
    editor.handler.fill("index.missing")
    editor.page.get_by_role("spinbutton", name="Ephemeral storage").fill("1")
    check_every_look(editor)
    editor.variables.get_by_role("button", name="Add from a .env file").click()
    editor.page.get_by_label("Text of the .env file").fill(DOTENV)
    check_every_look(editor)


def test_typing_a_handler_or_code_moves_nothing(editor: EditorPage) -> None:
    panel = editor.page.locator("#code-panel")
    parts = (editor.memory, editor.handler, panel, editor.event, editor.metrics)
    expect(editor.handler).to_have_accessible_description(re.compile("Exported by your code"))
    before = [part.bounding_box() for part in parts]
    editor.code.fill(functions.ECHO + "export const second = handler;\n")
    expect(editor.page.get_by_role("button", name="Use index.second")).to_be_visible()
    assert [part.bounding_box() for part in parts] == before
    editor.handler.fill("index.none")
    expect(editor.handler).to_have_accessible_description(re.compile("No file exports this"))
    assert [part.bounding_box() for part in parts] == before
