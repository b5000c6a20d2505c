"""Projects from elsewhere: a .zip or a folder, with a template of SAM or without."""

import base64
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import functions
from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage
from tests.browser.snippets import from_menu

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Timeout: 7
    Environment:
      Variables:
        STAGE: !Ref Stage
Parameters:
  Stage: { Type: String, Default: dev }
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  HelloFunction:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: hello/, Handler: app.main, Runtime: nodejs22.x }
  OtherFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: other
      Handler: index.handler
      Runtime: nodejs20.x
      Environment:
        Variables:
          TABLE: !Ref Table
  PythonFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: python/
      Runtime: python3.12
"""
PROJECT = {
    "template.yaml": TEMPLATE,
    "hello/app.mjs": "export const main = async (event) => ({ stage: process.env.STAGE, event });\n",
    "other/index.js": "exports.handler = async () => 'other';\n",
    "python/app.py": "",
    "events/ada.json": '{"name": "Ada"}\n',
}
DROP = """
({ name, content }) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  const target = document.querySelector('.code-pane');
  for (const type of ['dragover', 'drop']) {
    target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }
}
"""


def dialog(editor: EditorPage) -> Locator:
    return editor.page.get_by_role("dialog", name="Open a project")


def line_of(text: str) -> int:
    """The line of the template that holds a text, from 1."""
    return next(number for number, line in enumerate(TEMPLATE.splitlines(), 1) if text in line)


def archive(folder: Path, files: dict[str, str]) -> Path:
    packed = folder / "project.zip"
    with zipfile.ZipFile(packed, "w") as opened:
        for path, text in files.items():
            opened.writestr(path, text)
    return packed


def choose(editor: EditorPage, archive: Path) -> None:
    from_menu(editor, "Open a project")
    dialog(editor).get_by_label("Choose a .zip").set_input_files(archive)


def test_a_sam_project_in_a_zip_is_opened_and_runs(editor: EditorPage, tmp_path: Path) -> None:
    editor.code.fill(functions.COUNTER)
    choose(editor, archive(tmp_path, {f"app-main/{path}": text for path, text in PROJECT.items()}))
    expect(dialog(editor).get_by_role("radio", name="HelloFunction")).to_be_checked()
    dialog(editor).get_by_role("button", name="Open").click()
    expect(dialog(editor)).to_have_count(0)
    expect(editor.page.get_by_role("tab", name="app.mjs")).to_be_visible()
    expect(editor.handler).to_have_value("app.main")
    expect(editor.timeout).to_have_value("7")
    assert editor.run() == "Succeeded"
    assert json.loads(editor.response_text()) == {"stage": "dev", "event": {"name": "Ada"}}
    editor.page.get_by_role("button", name="Back to your code").click()
    expect(editor.code).to_contain_text("let calls = 0")


def test_one_of_several_functions_is_chosen_and_what_is_otherwise_is_said(
    editor: EditorPage, tmp_path: Path
) -> None:
    choose(editor, archive(tmp_path, PROJECT))
    dialog(editor).get_by_role("radio", name="HelloFunction").focus()
    editor.page.keyboard.press("ArrowDown")
    said = dialog(editor).get_by_role("status")
    expect(said).to_contain_text("Its runtime is nodejs20.x; here it runs with nodejs22.x.")
    expect(said).to_contain_text(
        f"template.yaml, line {line_of('TABLE: ')}: the value of TABLE is known only when it is deployed"
    )
    editor.page.keyboard.press("ArrowDown")
    expect(said).to_contain_text(
        f"template.yaml, line {line_of('python3.12')}: its runtime is python3.12, and only Node.js runs here."
    )
    expect(dialog(editor).get_by_role("button", name="Open")).to_be_disabled()
    check_every_look(editor)
    dialog(editor).get_by_role("radio", name="OtherFunction").check()
    dialog(editor).get_by_role("button", name="Open").click()
    expect(editor.code).to_contain_text("'other'")


def test_a_folder_is_opened_without_what_builds_left_in_it(editor: EditorPage, tmp_path: Path) -> None:
    folder = tmp_path / "my-app"
    left = {f"hello/node_modules/x/{n}.js": "1" for n in range(600)}
    for path, text in {**PROJECT, **left, ".aws-sam/build/template.yaml": TEMPLATE}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    from_menu(editor, "Open a project")
    dialog(editor).get_by_label("Choose a folder").set_input_files(folder)
    expect(dialog(editor).get_by_role("radio")).to_have_count(3)
    dialog(editor).get_by_role("button", name="Open").click()
    expect(editor.handler).to_have_value("app.main")
    expect(editor.page.get_by_role("tab", name="app.mjs")).to_be_visible()


def test_a_project_that_is_dropped_onto_the_page_is_opened_as_one(editor: EditorPage, tmp_path: Path) -> None:
    content = base64.b64encode(archive(tmp_path, PROJECT).read_bytes()).decode()
    editor.page.evaluate(DROP, {"name": "project.zip", "content": content})
    expect(dialog(editor).get_by_role("radio", name="HelloFunction")).to_be_checked()
    editor.page.keyboard.press("Escape")
    # The next time nothing of it is left.
    from_menu(editor, "Open a project")
    expect(dialog(editor).get_by_role("radio")).to_have_count(0)


def test_files_without_a_template_are_opened_as_a_function(editor: EditorPage, tmp_path: Path) -> None:
    choose(editor, archive(tmp_path, {"repo/app.mjs": functions.ECHO, "repo/data.json": "{}"}))
    expect(dialog(editor)).to_contain_text("handler app.handler")
    dialog(editor).get_by_role("button", name="Open").click()
    expect(editor.code).to_contain_text("given: event")
    expect(editor.handler).to_have_value("app.handler")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"template.yaml": "A: {]\n# AWS::Lambda"}, "template.yaml, line 1: it is no YAML that can be read."),
        ({"template.yaml": "# AWS::Lambda\nResources: {}"}, "template.yaml has no Lambda function."),
        ({}, "There is no file in it."),
    ],
)
def test_why_nothing_can_be_opened_is_said(
    editor: EditorPage, tmp_path: Path, files: dict[str, str], words: str
) -> None:
    choose(editor, archive(tmp_path, files))
    expect(dialog(editor).get_by_role("status")).to_contain_text(words)
    expect(dialog(editor).get_by_role("button", name="Open")).to_be_disabled()


def test_what_is_no_archive_is_refused(editor: EditorPage, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_text("no archive")
    choose(editor, broken)
    expect(dialog(editor).get_by_role("status")).to_contain_text("Could not unzip")


def test_without_the_service_it_says_so(editor: EditorPage, tmp_path: Path) -> None:
    packed = archive(tmp_path, PROJECT)
    from_menu(editor, "Open a project")
    editor.page.context.set_offline(True)
    dialog(editor).get_by_label("Choose a .zip").set_input_files(packed)
    expect(dialog(editor).get_by_role("status")).to_contain_text("The playground cannot be reached")
    editor.page.context.set_offline(False)
    dialog(editor).get_by_label("Choose a .zip").set_input_files(packed)
    expect(dialog(editor).get_by_role("radio", name="HelloFunction")).to_be_checked()
