"""What is in a project from elsewhere, and why a function of it is not opened."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from playground.exports.cloud_formation import cloud_formation
from playground.exports.exported_function import ExportedFunction, Files
from playground.exports.sam_project import sam_project
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
