"""`python -m invoker FOLDER` runs a folder and prints what Lambda would."""

import json
import subprocess
import sys
from pathlib import Path

from .conftest import CHECKOUT, Runner


def invoke(*arguments: str, kind: str) -> "subprocess.CompletedProcess[str]":
    command = [
        sys.executable,
        "-m",
        "invoker",
        *arguments,
        "--sandbox",
        kind,
        "--state",
        str(CHECKOUT / ".state"),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT)


def test_a_folder_is_run_with_its_event(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "index.mjs").write_text(
        "export const handler = async (event, context) => {"
        " console.log('order', event.id, process.env.SHOP); return { mb: context.memoryLimitInMB } }"
    )
    event = tmp_path.parent / f"{run.kind}-event.json"
    event.write_text('{"id": 7}')
    result = invoke(
        str(tmp_path), "--event", str(event), "--memory", "256", "--timeout", "5", "--environment", "SHOP=x",
        kind=run.kind,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {"mb": "256"}
    lines = result.stderr.splitlines()
    assert lines[0].startswith("START RequestId: ")
    assert lines[1].endswith("\tINFO\torder 7 x")
    assert lines[2].startswith("END RequestId: ")
    assert "Memory Size: 256 MB" in lines[3]


def test_an_error_is_told_by_the_exit_status(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "index.mjs").write_text("export const handler = async () => { throw new Error('no') }")
    result = invoke(str(tmp_path), kind=run.kind)
    assert result.returncode == 1
    assert json.loads(result.stdout)["errorMessage"] == "no"


def test_every_fault_of_the_input_is_named_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "event").write_text("{")
    result = invoke(
        str(tmp_path), "--event", str(tmp_path / "event"), "--memory", "1", "--environment", "AWS_REGION=x",
        kind="local",
    )  # fmt: skip
    assert result.returncode == 2
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        "memory_size",
        "environment.AWS_REGION",
        "event",
    ]


def test_typescript_is_compiled(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "index.ts").write_text(
        "enum Size { Small = 3 }\nexport const handler = async (event: { n: number }) => event.n * Size.Small\n"
    )
    (tmp_path / "event.json").write_text('{"n": 5}')
    result = invoke(str(tmp_path), "--event", str(tmp_path / "event.json"), kind=run.kind)
    assert (result.returncode, result.stdout) == (0, "15\n"), result.stderr


def test_a_fault_of_typescript_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "index.ts").write_text("export const handler = async () => 1;\nlet x: = 2;\n")
    result = invoke(str(tmp_path), kind="local")
    assert result.returncode == 2
    assert result.stderr == 'files.index.ts: Unexpected "=". (line 2, column 8)\n'


def test_what_is_compiled_already_is_run_as_it_is(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "index.ts").write_text("export const handler = async () => 'not compiled again'")
    (tmp_path / "index.js").write_text("exports.handler = async () => 'as it is'")
    assert invoke(str(tmp_path), kind=run.kind).stdout == '"as it is"\n'
