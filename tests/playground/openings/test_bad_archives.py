"""What cannot be opened, and what is meant to keep the service busy."""

import re
from collections.abc import Mapping

import pytest

from playground.openings import functions
from tests.playground.openings.archives import found, opened

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
