"""cfn-lint accepts every exported template."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.exports.tools import SAM_CLI, run
from tests.exports.works import WORKS

FORMATS = ("sam", "cloudformation")


def lint(*templates: Path, status: int = 0) -> list[dict[str, Any]]:
    """What it finds, warnings too."""
    finished = run(
        templates[0].parent, SAM_CLI / "cfn-lint", "--format", "json", "--", *templates, status=status
    )
    found: list[dict[str, Any]] = json.loads(finished.stdout)
    return found


def test_nothing_is_found_in_any_template(exports: Path) -> None:
    templates = [exports / work.name / format_ / "template.yaml" for work in WORKS for format_ in FORMATS]
    assert all(template.is_file() for template in templates)
    assert lint(*templates) == []


@pytest.mark.parametrize("format_", FORMATS)
def test_it_does_find_what_is_wrong(exports: Path, tmp_path: Path, format_: str) -> None:
    wrong = tmp_path / "template.yaml"
    text = (exports / "plain" / format_ / "template.yaml").read_text()
    wrong.write_text(text.replace("MemorySize: 256", "MemorySize: 1"))
    assert [one["Rule"]["Id"] for one in lint(wrong, status=2)] == ["E3034"]
