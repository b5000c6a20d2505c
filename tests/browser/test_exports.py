"""The Export dialog, and work in a link: what goes along, what stays behind, and nothing that runs by itself."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import functions
from tests.browser.axe import check_every_look
from tests.browser.editor_page import EditorPage
from tests.browser.snippets import from_menu

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]
SECRET = "not-for-others"


def dialog(editor: EditorPage) -> Locator:
    return editor.page.get_by_role("dialog", name="Export")


def shown(editor: EditorPage) -> Locator:
    return dialog(editor).get_by_role("region", name="What is exported")


def begin(editor: EditorPage) -> None:
    editor.write(functions.ECHO, '{"name": "Ada"}')
    editor.add_variable("STAGE", "dev")
    editor.add_variable("API_TOKEN", SECRET)
    from_menu(editor, "Export")
    expect(dialog(editor).get_by_role("radio", name="AWS SAM project")).to_be_focused()


def downloaded(editor: EditorPage) -> dict[str, str]:
    """The files of the archive by their paths."""
    with editor.page.expect_download() as download:
        dialog(editor).get_by_role("button", name="Download .zip").click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def link_of(editor: EditorPage) -> str:
    dialog(editor).get_by_role("radio", name="Link with the work in it").check()
    return shown(editor).locator("pre").inner_text()


def test_what_is_in_the_editor_is_exported_without_a_secret_value(editor: EditorPage) -> None:
    begin(editor)
    files = downloaded(editor)
    assert {"template.yaml", "src/index.mjs", "README.md", "env.json", ".gitignore"} <= set(files)
    assert files["src/index.mjs"] == functions.ECHO
    assert '{"name": "Ada"}' in files.values()
    assert 'STAGE: "dev"' in files["template.yaml"]
    assert "API_TOKEN: !Ref ApiToken" in files["template.yaml"]
    assert not any(SECRET in text for text in files.values())


def test_a_value_goes_along_where_it_is_ticked_and_a_warning_says_so(editor: EditorPage) -> None:
    begin(editor)
    expect(dialog(editor).get_by_role("alert")).to_have_count(0)
    dialog(editor).get_by_role("checkbox", name="API_TOKEN").check()
    expect(dialog(editor).get_by_role("alert")).to_contain_text("API_TOKEN looks like a secret")
    dialog(editor).get_by_role("checkbox", name="STAGE").uncheck()
    template = downloaded(editor)["template.yaml"]
    assert f'API_TOKEN: "{SECRET}"' in template
    assert "STAGE: !Ref Stage" in template


@pytest.mark.parametrize(
    ("format_", "path"),
    [
        ("CloudFormation", "template.yaml"),
        ("AWS CDK app", "lib/stack.ts"),
        ("AWS CLI script", "deploy.sh"),
        ("Files (.zip)", "index.mjs"),
    ],
)
def test_each_format_is_shown_and_handed_over(editor: EditorPage, format_: str, path: str) -> None:
    begin(editor)
    dialog(editor).get_by_role("radio", name=format_).check()
    expect(shown(editor).get_by_label("File", exact=True)).to_have_value(path)
    text = shown(editor).locator("pre").inner_text()
    files = downloaded(editor)
    assert files[path].strip() == text.strip()
    assert not any(SECRET in content for content in files.values())


def test_where_the_code_does_not_fit_into_the_template_is_said(editor: EditorPage) -> None:
    begin(editor)
    dialog(editor).get_by_role("radio", name="CloudFormation").check()
    expect(shown(editor)).to_contain_text("The code does not fit into the template")
    expect(shown(editor)).to_contain_text("this is index.mjs")


def test_what_lambda_would_refuse_is_not_exported(editor: EditorPage) -> None:
    editor.memory.fill("12")
    editor.add_variable("TWICE", "1")
    editor.add_variable("TWICE", "2")
    from_menu(editor, "Export")
    expect(dialog(editor).get_by_role("alert")).to_contain_text("TWICE is set twice")
    expect(dialog(editor).get_by_role("alert")).to_contain_text("Memory is a whole number from 128")
    expect(dialog(editor).get_by_role("button", name="Download .zip")).to_be_disabled()


def test_a_value_that_is_not_ticked_does_not_even_leave_the_page(editor: EditorPage) -> None:
    sent: list[str] = []
    editor.page.on("request", lambda request: sent.append(request.post_data or ""))
    begin(editor)
    downloaded(editor)
    assert any("API_TOKEN" in body for body in sent)
    assert not any(SECRET in body for body in sent)


def test_what_only_the_service_finds_is_said(editor: EditorPage) -> None:
    editor.add_variable("LARGE", "x" * 5000)
    from_menu(editor, "Export")
    expect(dialog(editor).get_by_role("alert")).to_contain_text("4096 (4 KB)")
    expect(dialog(editor).get_by_role("button", name="Download .zip")).to_be_disabled()
    dialog(editor).get_by_role("checkbox", name="LARGE").uncheck()
    expect(shown(editor).get_by_label("File", exact=True)).to_have_value("template.yaml")


def test_without_the_service_it_says_so_and_tries_again(editor: EditorPage) -> None:
    begin(editor)
    expect(shown(editor).get_by_label("File", exact=True)).to_have_value("template.yaml")
    editor.page.context.set_offline(True)
    dialog(editor).get_by_role("radio", name="AWS CDK app").check()
    expect(dialog(editor).get_by_role("alert")).to_contain_text("The playground cannot be reached")
    editor.page.context.set_offline(False)
    with editor.page.expect_download() as download:
        dialog(editor).get_by_role("button", name="Try again").click()
    assert download.value.suggested_filename.endswith("-cdk.zip")
    expect(dialog(editor).get_by_role("alert")).to_have_count(0)


def test_a_limit_is_said_with_when_to_try_again(editor: EditorPage) -> None:
    refusal = {
        "status": 429,
        "headers": {"Retry-After": "7"},
        "json": {
            "errors": [{"field": [], "message": "Too much is under way.", "line": None, "column": None}]
        },
    }
    editor.page.route("**/api/exports/*", lambda route: route.fulfill(**refusal))
    try:
        begin(editor)
        alert = dialog(editor).get_by_role("alert")
        expect(alert).to_contain_text("Too much is under way. Try again in 7 s.")
    finally:
        editor.page.unroute("**/api/exports/*")


def test_it_is_worked_by_keyboard_alone(editor: EditorPage) -> None:
    begin(editor)
    editor.page.keyboard.press("ArrowDown")
    expect(dialog(editor).get_by_role("radio", name="CloudFormation")).to_be_checked()
    with editor.page.expect_download() as download:
        editor.page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith("-cloudformation.zip")
    expect(dialog(editor).get_by_role("status")).to_contain_text("was handed to the browser")
    editor.page.keyboard.press("Escape")
    expect(dialog(editor)).to_have_count(0)
    expect(editor.page.get_by_role("button", name="Menu", exact=True)).to_be_focused()


def test_axe_finds_nothing_in_the_dialogs(editor: EditorPage) -> None:
    begin(editor)
    dialog(editor).get_by_role("checkbox", name="API_TOKEN").check()
    dialog(editor).get_by_role("radio", name="CloudFormation").check()
    check_every_look(editor)
    link = link_of(editor)
    check_every_look(editor)
    editor.page.keyboard.press("Escape")
    editor.page.goto(link)
    expect(editor.page.get_by_role("dialog", name="Work in the link")).to_contain_text("index.mjs")
    check_every_look(editor)


def test_a_link_opens_after_a_question_and_keeps_what_was_there(editor: EditorPage) -> None:
    begin(editor)
    link = link_of(editor)
    assert link.startswith(editor.page.url + "#work=1.")
    editor.page.keyboard.press("Escape")
    editor.write(functions.COUNTER, "{}")
    editor.page.goto(link)
    question = editor.page.get_by_role("dialog", name="Work in the link")
    expect(question).to_contain_text("given: event")
    expect(question).to_contain_text("nothing runs by itself")
    assert "#" not in editor.page.url
    question.get_by_role("button", name="Cancel").click()
    expect(editor.code).to_contain_text("let calls = 0")

    editor.page.goto(link)
    question.get_by_role("button", name="Open").click()
    expect(question).to_have_count(0)
    expect(editor.code).to_contain_text("given: event")
    values = editor.variables.get_by_label(re.compile("^Value"))
    expect(values.nth(-2)).to_have_value("dev")
    expect(values.last).to_have_value("")
    assert not [url for url in editor.watch.requests if "/ws/" in url or url.endswith("/api/invocations")]
    editor.page.get_by_role("button", name="Back to your code").click()
    expect(editor.code).to_contain_text("let calls = 0")


def test_a_link_holds_a_secret_only_where_it_is_ticked(editor: EditorPage) -> None:
    begin(editor)
    dialog(editor).get_by_role("checkbox", name="API_TOKEN").check()
    link = link_of(editor)
    editor.page.keyboard.press("Escape")
    editor.page.goto(link)
    editor.page.get_by_role("dialog").get_by_role("button", name="Open").click()
    expect(editor.variables.get_by_label(re.compile("^Value")).last).to_have_value(SECRET)


def test_a_link_that_was_cut_says_so(editor: EditorPage) -> None:
    editor.page.goto(f"{editor.page.url}#work=1.abc")
    question = editor.page.get_by_role("dialog", name="Work in the link")
    expect(question.get_by_role("alert")).to_contain_text("The link is cut short")
    expect(question.get_by_role("button", name="Open")).to_be_disabled()


def test_work_that_is_too_large_for_a_link_gets_none(editor: EditorPage) -> None:
    digits = editor.page.evaluate("Array.from({ length: 9000 }, () => Math.random()).join()")
    editor.code.fill(f"// {digits}")
    from_menu(editor, "Export")
    dialog(editor).get_by_role("radio", name="Link with the work in it").check()
    expect(dialog(editor).get_by_role("alert")).to_contain_text("beyond 30,000 it is cut on many ways")
