"""Exports by the JSON API: of what is stored and of what is not, for whoever may see it."""

import io
import json
import zipfile
from typing import Any

import pytest

from invoker.deployment_package import DeploymentPackage, PackageFile
from playground.access_keys.scope import Scope
from playground.exports.formats import Format
from playground.exports.schemas import NOTICES
from playground.snippets import packages
from playground.snippets.models import Snippet
from tests.playground.access_keys.keys import ALICE, BOB, Program, made
from tests.playground.exports.template_reader import read_template

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "not-for-others"
FUNCTION = {
    "files": {"index.mjs": "export const handler = async () => process.env.API_TOKEN;\n"},
    "function_name": "order_receipt",
    "environment": {"STAGE": "dev-stage", "API_TOKEN": SECRET},
    "memory_size": 256,
    "test_events": [{"name": "one", "event": '{"n": 1}'}],
}


@pytest.fixture
def reader() -> Program:
    """A program whose key may read, and nothing else."""
    return Program(made(ALICE, Scope.READ))


def saved(**changes: object) -> str:
    """Where the API has a snippet of Alice."""
    answer = Program(made(ALICE)).ask("POST", "/snippets", {**FUNCTION, **changes})
    assert answer.status_code == 201, answer.content
    return f"/snippets/{answer.json()['id']}"


def files_of(answer: Any) -> dict[str, bytes]:
    """The files of an archive in their order."""
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def fields_of(answer: Any) -> list[list[str]]:
    """The fields of every fault of a refusal."""
    assert answer.status_code == 422, answer.content
    return [fault["field"] for fault in answer.json()["errors"]]


@pytest.mark.parametrize("export_format", Format)
def test_a_snippet_and_what_is_not_saved_give_the_same_archive(
    reader: Program, export_format: Format
) -> None:
    stored = reader.ask("GET", f"{saved()}/exports/{export_format}?values=STAGE")
    sent = reader.ask("POST", f"/exports/{export_format}", {**FUNCTION, "values": ["STAGE"]})
    assert stored.content == sent.content
    for answer in (stored, sent):
        name = f'attachment; filename="order_receipt-{export_format}.zip"'
        assert answer["Content-Disposition"] == name
        assert answer["Cache-Control"] == "no-store"
    files = files_of(stored)
    assert not any(SECRET.encode() in content for content in files.values())
    if export_format is Format.ZIP:
        assert {path: text.decode() for path, text in files.items()} == FUNCTION["files"]
    else:
        assert any(b"dev-stage" in content for content in files.values())
        assert files["events/one.json"] == b'{"n": 1}'


@pytest.mark.parametrize("export_format", Format)
def test_no_value_goes_along_unless_it_is_asked_for(reader: Program, export_format: Format) -> None:
    path = saved()
    for answer in (
        reader.ask("GET", f"{path}/exports/{export_format}"),
        reader.ask("POST", f"/exports/{export_format}", FUNCTION),
    ):
        files = files_of(answer)
        assert not any(
            value in content for content in files.values() for value in (SECRET.encode(), b"dev-stage")
        )
    if export_format is not Format.ZIP:
        asked = files_of(reader.ask("GET", f"{path}/exports/{export_format}?values=STAGE&values=API_TOKEN"))
        assert any(SECRET.encode() in content for content in asked.values())


def test_a_version_is_exported_as_it_was(reader: Program) -> None:
    path = saved()
    writer = Program(made(ALICE))
    assert writer.status("POST", f"{path}/versions", {}) == 201
    assert writer.status("PUT", path, {"files": {"other.js": "1"}, "test_events": []}) == 200
    before = files_of(reader.ask("GET", f"{path}/versions/1/exports/sam"))
    template = read_template(before["template.yaml"].decode())
    assert template["Resources"]["OrderReceiptFunction"]["Properties"]["MemorySize"] == 256
    assert {"src/index.mjs", "events/one.json"} <= set(before)
    assert "src/other.js" in files_of(reader.ask("GET", f"{path}/exports/sam"))
    for number in (0, 2, 2**40):
        assert reader.status("GET", f"{path}/versions/{number}/exports/sam") == 404


def test_a_key_needs_the_scope_read() -> None:
    path = saved()
    Program(made(ALICE)).ask("POST", f"{path}/versions", {})
    other = Program(made(ALICE, Scope.WRITE, Scope.INVOKE, Scope.KEYS))
    assert other.status("GET", f"{path}/exports/sam") == 403
    assert other.status("GET", f"{path}/versions/1/exports/sam") == 403
    assert other.status("POST", "/exports/sam", FUNCTION) == 403
    assert Program("nobody.nothing").status("GET", f"{path}/exports/sam") == 401


def test_what_is_somebody_elses_is_not_there() -> None:
    path = saved()
    Program(made(ALICE)).ask("POST", f"{path}/versions", {})
    bob = Program(made(BOB))
    for address in (f"{path}/exports/zip", f"{path}/versions/1/exports/zip"):
        answer = bob.ask("GET", address)
        assert answer.status_code == 404
        assert b"index.mjs" not in answer.content


def test_a_value_or_a_format_that_is_not_there_is_a_fault(reader: Program) -> None:
    path = saved()
    assert fields_of(reader.ask("GET", f"{path}/exports/sam?values=STAGE&values=OTHER")) == [["values", "1"]]
    assert fields_of(reader.ask("POST", "/exports/sam", {**FUNCTION, "values": ["OTHER"]})) == [
        ["values", "0"]
    ]
    assert fields_of(reader.ask("GET", f"{path}/exports/terraform")) == [["export_format"]]
    assert fields_of(reader.ask("POST", "/exports/sam", {"files": {}, "handler": ""})) == [
        ["handler"],
        ["files"],
    ]


def test_notices_come_in_a_header(reader: Program) -> None:
    path = saved(test_events=[{"name": "half", "event": "{"}])
    notices = json.loads(reader.ask("GET", f"{path}/exports/cloudformation")[NOTICES])
    assert [notice.split(" ")[0] for notice in notices] == ["The", "events/half.json:"]
    assert json.loads(reader.ask("GET", f"{path}/exports/zip")[NOTICES]) == []


def test_what_is_stored_keeps_its_bytes_and_its_javascript(reader: Program) -> None:
    path = saved()
    content = {
        "index.js": PackageFile(b"exports.handler = 1"),
        "index.ts": PackageFile(b"export const handler = 1"),
        "run": PackageFile(b"\x7fELF\xff\x00", True),
    }
    package = packages.store(DeploymentPackage.of(content))
    Snippet.objects.filter(pk=path.rpartition("/")[2]).update(package=package, from_editor=False)
    answer = reader.ask("GET", f"{path}/exports/sam")
    files = files_of(answer)
    assert {name.removeprefix("src/"): files[name] for name in files if name.startswith("src/")} == {
        name: file.content for name, file in content.items()
    }
    assert b"CodeUri: src/" in files["template.yaml"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        modes = {name: archive.getinfo(name).external_attr >> 16 & 0o777 for name in ("src/run", "README.md")}
    assert modes == {"src/run": 0o755, "README.md": 0o644}


def test_typescript_is_exported_as_it_was_written(reader: Program) -> None:
    path = saved(files={"index.ts": "export const handler = async (n: number) => n;\n"})
    files = files_of(reader.ask("GET", f"{path}/exports/sam"))
    assert "src/index.ts" in files
    assert "src/index.js" not in files
    assert "build.mjs" in files
