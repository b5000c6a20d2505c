"""What is in a project from elsewhere, and why something of it is not opened."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from playground.exports.cloud_formation import cloud_formation
from playground.exports.exported_function import ExportedFunction, Files
from playground.exports.sam_project import sam_project
from playground.openings import functions
from tests.playground.exports.sample import exported
from tests.playground.openings.archives import found, opened

TEMPLATE = """\
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs20.x
    Timeout: 7
    Environment:
      Variables:
        STAGE: !Ref Stage
        SHARED: one
Parameters:
  Stage:
    Type: String
    Default: dev
  Token:
    Type: String
    NoEcho: true
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  HelloFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./hello_world/
      Handler: app.lambdaHandler
      MemorySize: 512
      EphemeralStorage:
        Size: 1024
      Environment:
        Variables:
          SHARED: two
          TABLE: !Ref Table
          ARN: !GetAtt Table.Arn
          TOKEN: !Ref Token
          URL: !Sub 'https://${Stage}.${AWS::Region}.example/${!literal}'
          LONG: {'Fn::Join': ['-', [a, {Ref: Stage}]]}
          PORT: 0080
          ON: !If [IsProd, a, b]
          BAD: !Sub '${Table}'
      Layers: [!Ref Other]
  PythonFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: python/
      Runtime: python3.12
  RemoteFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://bucket/key.zip
  OutsideFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ../other
  EmptyFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: missing/
  InlineFunction:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Code:
        ZipFile: |
          exports.handler = async () => 1;
"""
PROJECT = {
    "my-app/template.yaml": TEMPLATE,
    "my-app/hello_world/app.mjs": "export const lambdaHandler = async () => 1;\n",
    "my-app/hello_world/package.json": "{}",
    "my-app/hello_world/node_modules/x/index.js": "",
    "my-app/python/app.py": "",
    "my-app/events/event.json": '{"a": 1}\n',
    "my-app/events/what a name, and far too long for one.json": "{}",
    "my-app/.aws-sam/build/template.yaml": TEMPLATE,
    "my-app/.git/config": "",
}


def line_of(text: str) -> int:
    """The line of the template that holds a text, from 1."""
    return next(number for number, line in enumerate(TEMPLATE.splitlines(), 1) if text in line)


def test_a_project_below_a_folder_of_its_own_is_found_with_all_its_functions() -> None:
    project = opened(PROJECT)
    assert (project.template, project.notices) == ("template.yaml", [])
    assert [(one.logical_id, one.snippet is not None) for one in project.functions] == [
        ("HelloFunction", True),
        ("PythonFunction", False),
        ("RemoteFunction", False),
        ("OutsideFunction", False),
        ("EmptyFunction", False),
        ("InlineFunction", True),
    ]


def test_a_function_has_its_files_configuration_and_events() -> None:
    snippet = found(opened(PROJECT), "HelloFunction").snippet
    assert snippet is not None
    names = ("handler", "memory_size", "timeout", "ephemeral_storage")
    assert [snippet[name] for name in names] == ["app.lambdaHandler", 512, 7, 1024]
    assert list(snippet["files"]) == ["app.mjs", "package.json"]
    assert snippet["test_events"] == [
        {"name": "event", "event": '{"a": 1}'},
        {"name": "what-a-name-and-far-too-l", "event": "{}"},
    ]


def test_variables_have_the_values_that_can_be_told_and_of_the_others_it_is_said_where_they_are() -> None:
    function = found(opened(PROJECT), "HelloFunction")
    assert function.snippet is not None
    assert function.snippet["environment"] == {
        "STAGE": "dev",
        "SHARED": "two",
        "TABLE": "",
        "ARN": "",
        "TOKEN": "",
        "URL": "https://dev.us-east-1.example/${literal}",
        "LONG": "a-dev",
        "PORT": "0080",
        "ON": "",
        "BAD": "",
    }
    assert function.notices == [
        "Its runtime is nodejs20.x; here it runs with nodejs22.x.",
        "Its layers are not brought along.",
        *(
            f"template.yaml, line {line_of(f'  {key}: ')}: the value of {key} is known only when it is "
            "deployed; it is empty here."
            for key in ("TABLE", "ARN", "TOKEN", "ON", "BAD")
        ),
    ]


@pytest.mark.parametrize(
    ("logical_id", "words"),
    [
        ("PythonFunction", "its runtime is python3.12, and only Node.js runs here."),
        ("RemoteFunction", "its code is at s3://bucket/key.zip, not in this project."),
        ("OutsideFunction", "../other is outside of the project."),
        ("EmptyFunction", "there is no file in missing/."),
    ],
)
def test_it_is_said_at_which_line_a_function_cannot_be_opened(logical_id: str, words: str) -> None:
    (notice,) = found(opened(PROJECT), logical_id).notices
    assert re.match(r"template\.yaml, line \d+: ", notice)
    assert words in notice


def test_code_may_be_inline() -> None:
    snippet = found(opened(PROJECT), "InlineFunction").snippet
    assert snippet is not None
    assert snippet["files"] == {"index.js": "exports.handler = async () => 1;\n"}


@pytest.mark.parametrize("exporting", [sam_project, cloud_formation])
@pytest.mark.parametrize("ending", ["ts", "js"])
def test_what_is_exported_comes_back(exporting: Callable[[ExportedFunction], Files], ending: str) -> None:
    environment = {"CURRENCY": "${EUR} and {{resolve:ssm:x}}", "FLAG": "yes", "LONG": "a\n\u2028😀\x07"}
    work: dict[str, Any] = {
        "files": {f"index.{ending}": "export const handler = async () => 1;\n", "lib/a b.json": "{}"},
        "environment": environment,
        "handler": "index.handler",
        "memory_size": 256,
        "timeout": 900,
        "ephemeral_storage": 512,
        "test_events": [{"name": "one", "event": '{"a": 1}'}],
    }
    files = exporting(exported(**work, values=list(environment)))
    project = opened({path: file.content for path, file in files.items()})
    assert project.notices == []
    (function,) = project.functions
    assert function.notices == []
    assert function.snippet == work


def test_a_template_may_be_json_indented_by_tabs() -> None:
    template = """{
\t"Resources": {"F": {
\t\t"Type": "AWS::Serverless::Function",
\t\t"Properties": {"InlineCode": "1", "Environment": {"Variables": {"FACE": "\\ud83d\\ude00\\/"}}}
\t}}
}"""
    snippet = found(opened({"template.json": template}), "F").snippet
    assert snippet is not None
    assert snippet["environment"] == {"FACE": "😀/"}


NO_YAML = "Transform: AWS::Serverless-2016-10-31\nResources:\n  A: [1,\n  B: {"


@pytest.mark.parametrize(
    ("files", "notice"),
    [
        ({"template.yaml": NO_YAML}, r"template\.yaml, line \d: it is no YAML that can be read\. .+\."),
        (
            {"template.yaml": "Resources:\n  A: {Type: AWS::Lambda::Function}\n  A: {}"},
            r"template\.yaml, line 3: A is there twice in one object\.",
        ),
        ({"template.yaml": "# AWS::Lambda\nResources: {}\n"}, r"template\.yaml has no Lambda function\."),
        ({"template.yaml": "# AWS::Lambda\n"}, r"template\.yaml has no Lambda function\."),
        (
            {"template.yaml": "# AWS::Lambda\n" + "[" * 1000},
            r"template\.yaml, line 2: it is nested too deeply\.",
        ),
        (
            {"template.yaml": "# AWS::Lambda\n" + "- " * 100_000 + "a"},
            r"template\.yaml, line 2: it is nested too deeply\.",
        ),
        (
            {"template.yaml": "# AWS::Lambda\n" + "a: b\n" * 100_000},
            r"template\.yaml has more than 262144 bytes \(256 KB\)\.",
        ),
        (
            {"template.yaml": "# AWS::Lambda \x01\nA: 1"},
            r"template\.yaml.*: it is no YAML that can be read\..*",
        ),
        ({}, r"There is no file in it\."),
        ({"a.bin": b"\xff"}, r"a\.bin cannot be edited as text, and was left out\."),
    ],
)
def test_why_nothing_can_be_opened_is_said(files: Mapping[str, str | bytes], notice: str) -> None:
    project = opened(files)
    assert project.functions == []
    assert len(project.notices) == 1
    assert re.fullmatch(notice, project.notices[0]), project.notices


LAUGHS = "\n".join(f'A{n + 1}: &a{n + 1} !Join ["", [{", ".join([f"*a{n}"] * 10)}]]' for n in range(15))


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("X: &a [*a]", '&b !Join ["", [*b, *b]]'),
        ("Parameters: {P: {Default: !Ref P}}", "!Ref P"),
        ("Parameters: {P: {Default: !Sub '${P}${P}'}}", "!Ref P"),
        (f"A0: &a0 x\n{LAUGHS}", "*a15"),
        ("Parameters: {P: {Default: " + "x" * 1000 + "}}", "!Sub '" + "${P}" * 300 + "'"),
        ("X: 1", "!Sub '" + "${" * 100_000 + "${Nobody}'"),
    ],
)
def test_a_template_whose_values_never_end_is_read_all_the_same(head: str, value: str) -> None:
    template = f"""\
{head}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Environment:
        Variables:
          VALUE: {value}
"""
    function = found(opened({"template.yaml": template, "src/index.js": "1"}), "F")
    assert function.snippet is not None
    assert function.snippet["environment"] == {"VALUE": ""}
    assert "the value of VALUE" in function.notices[0]


def test_a_template_of_many_functions_is_not_answered_with_many_times_its_files() -> None:
    resources = "".join(f"  F{n}: {{Type: AWS::Serverless::Function}}\n" for n in range(2000))
    globals_ = "Globals: {Function: {CodeUri: src/}}\n"
    files = {"template.yaml": f"{globals_}Resources:\n{resources}", "src/index.js": "x" * 1_000_000}
    project = opened(files)
    assert len(project.functions) == 2000
    with_files = [one for one in project.functions if one.snippet is not None]
    assert len(with_files) * 1_000_000 <= functions.SNIPPETS_BYTES_MAX
    assert "does not fit into one answer" in project.functions[-1].notices[0]


@pytest.mark.parametrize(
    ("files", "handler"),
    [
        ({"a.mjs": "export const x = 1", "index.ts": "export async function handler() {}"}, "index.handler"),
        ({"lib/index.js": "exports.run = 1", "a.test.js": "exports.handler = 1"}, "lib/index.run"),
        ({"notes.txt": "export const handler"}, "index.handler"),
    ],
)
def test_the_handler_is_guessed(files: dict[str, str], handler: str) -> None:
    snippet = opened(files).functions[0].snippet
    assert snippet is not None
    assert snippet["handler"] == handler


def test_files_without_a_template_are_one_function_with_the_handler_that_they_export() -> None:
    project = opened(
        {"repo/app.mjs": "export const main = async () => 1;\n", "repo/node_modules/x/index.js": "1\r\n"}
    )
    assert project.template is None
    (function,) = project.functions
    assert function.logical_id is None
    assert function.snippet is not None
    assert function.snippet["handler"] == "app.main"
    assert (function.snippet["memory_size"], function.snippet["timeout"]) == (128, 3)
    assert function.snippet["files"] == {
        "app.mjs": "export const main = async () => 1;\n",
        "node_modules/x/index.js": "1\n",
    }


def test_a_file_that_cannot_be_is_left_out_and_named() -> None:
    project = opened({"index.js": "1", "../evil.js": "1", "logo.png": b"\x89PNG\xff", "x.bin": b"\0"})
    snippet = project.functions[0].snippet
    assert snippet is not None
    assert list(snippet["files"]) == ["index.js"]
    assert project.notices == [
        "../evil.js was left out: The name leads out of the function's folder.",
        "logo.png and 1 more cannot be edited as text, and were left out.",
    ]
