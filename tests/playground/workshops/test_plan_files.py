"""A workshop as a folder of plain files, and as an archive."""

import io
import json
import stat
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings

from invoker import limits
from playground.workshops.folder_writer import folder_files
from playground.workshops.plan import WorkshopPlan
from playground.workshops.plan_files import plan_of_files, plan_of_zip, zip_of_plan
from playground.workshops.plan_reader import read_plan
from tests.playground.workshops.plans import WORKSHOP, WORKSHOPS

SOME = settings(max_examples=60, deadline=None)
FOLDER = "exercises/01-hello"


def plan(body: Any = WORKSHOP) -> WorkshopPlan:
    read = read_plan(body)
    assert isinstance(read, WorkshopPlan), read
    return read


def archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for path, content in files.items():
            opened.writestr(path, content)
    return buffer.getvalue()


def faults(changes: dict[str, bytes | None]) -> list[tuple[str, ...]]:
    files = {
        path: content for path, content in {**folder_files(plan()), **changes}.items() if content is not None
    }
    read = plan_of_files(files)
    assert isinstance(read, list)
    assert all(fault.message for fault in read)
    return [fault.field for fault in read]


def test_a_folder_has_a_file_for_each_part_that_a_person_writes() -> None:
    files = folder_files(plan())
    assert sorted(files) == [
        "description.md",
        f"{FOLDER}/checks.json",
        f"{FOLDER}/events/01-ada.json",
        f"{FOLDER}/events/02-none.json",
        f"{FOLDER}/exercise.json",
        f"{FOLDER}/hints/1.md",
        f"{FOLDER}/hints/2.md",
        f"{FOLDER}/instructions.md",
        f"{FOLDER}/solution/index.mjs",
        f"{FOLDER}/solution/lib/greet.mjs",
        f"{FOLDER}/starter/index.mjs",
        "workshop.json",
    ]
    assert files[f"{FOLDER}/instructions.md"] == b"# Hello\n\nSay it."
    assert json.loads(files[f"{FOLDER}/checks.json"])[0]["event"] == {"name": "Ada"}
    about = json.loads(files[f"{FOLDER}/exercise.json"])
    assert (about["configuration"], about["solution_configuration"]) == ({"timeout": 5}, {"memory_size": 256})


@SOME
@given(WORKSHOPS)
def test_a_workshop_is_the_same_after_a_round_trip(body: dict[str, Any]) -> None:
    made = plan(body)
    assert plan_of_files(folder_files(made)) == made
    assert plan_of_zip(zip_of_plan(made)) == made


def test_the_same_workshop_is_the_same_archive() -> None:
    assert zip_of_plan(plan()) == zip_of_plan(plan())


@pytest.mark.parametrize(
    "event",
    ['{"a":1}', " {}", "", '{"a": 1, "a": 2}', "12345678901234567890123", '"\\u00e4"', "[" * 600 + "]" * 600],
)
def test_an_event_is_kept_to_the_letter(event: str) -> None:
    body = json.loads(json.dumps(WORKSHOP))
    body["exercises"][0]["checks"][0]["event"] = event
    made = plan(body)
    assert plan_of_files(folder_files(made)) == made


def test_an_archive_may_hold_the_folder_itself_and_what_desktops_and_git_leave_in_it() -> None:
    files = {f"my workshop/{path}": content for path, content in folder_files(plan()).items()}
    litter = {
        "my workshop/.DS_Store": b"\xff",
        f"my workshop/{FOLDER}/.DS_Store": b"\xff",
        "my workshop/README.md": b"About",
        "my workshop/.github/workflow.yml": b"",
        "__MACOSX/my workshop/._workshop.json": b"\xff",
    }
    assert plan_of_zip(archive({**files, **litter})) == plan()


def test_exercises_and_hints_are_in_the_order_of_their_numbers() -> None:
    files = folder_files(plan())
    moved = {path.replace("01-hello", "9-hello"): content for path, content in files.items()}
    copied = {path.replace("01-hello", "10-again"): content for path, content in files.items()}
    hints = {f"exercises/9-hello/hints/{number}.md": str(number).encode() for number in (2, 10, 1)}
    read = plan_of_files({**copied, **moved, **hints})
    assert isinstance(read, WorkshopPlan), read
    assert [exercise.id for exercise in read.exercises] == ["hello", "again"]
    assert read.exercises[0].hints == ("1", "2", "10")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"workshop.json": None}, ("workshop.json",)),
        ({"workshop.json": b"{"}, ("workshop.json",)),
        ({"workshop.json": b"[]"}, ("workshop.json",)),
        ({"workshop.json": b'{"title": ""}'}, ("workshop.json", "title")),
        ({"workshop.json": b'{"title": "A", "owner": 1}'}, ("workshop.json", "owner")),
        ({"description.md": b"x" * 10_001}, ("description.md",)),
        ({"description.md": b"\xff"}, ("description.md",)),
        ({"notes.txt": b""}, ("notes.txt",)),
        ({f"{FOLDER}/exercise.json": None}, (f"{FOLDER}/exercise.json",)),
        ({f"{FOLDER}/exercise.json": b'{"title": "A", "minutes": 0}'}, (f"{FOLDER}/exercise.json", "minutes")),
        ({f"{FOLDER}/exercise.json": b'{"title": "A", "configuration": {"timeout": 0}}'}, (f"{FOLDER}/exercise.json", "configuration", "timeout")),
        ({f"{FOLDER}/exercise.json": b'{"title": "A", "configuration": {"files": {}}}'}, (f"{FOLDER}/exercise.json", "configuration", "files")),
        ({f"{FOLDER}/exercise.json": b'{"title": "A", "configuration": []}'}, (f"{FOLDER}/exercise.json", "configuration")),
        ({f"{FOLDER}/exercise.json": b'{"title": "A", "id": "b"}'}, (f"{FOLDER}/exercise.json", "id")),
        ({f"{FOLDER}/exercise.json": b'{"title": "A", "test_events": {}}'}, (f"{FOLDER}/exercise.json", "test_events")),
        ({f"{FOLDER}/events/01-ada.json": None}, (f"{FOLDER}/events/01-ada.json",)),
        ({f"{FOLDER}/events/01-ada.json": b"{]"}, (f"{FOLDER}/events/01-ada.json",)),
        ({f"{FOLDER}/events/other.json": b"{}"}, (f"{FOLDER}/events/other.json",)),
        ({f"{FOLDER}/hints/2.md": b" "}, (f"{FOLDER}/hints/2.md",)),
        ({f"{FOLDER}/hints/two.md": b"x"}, (f"{FOLDER}/hints/two.md",)),
        ({f"{FOLDER}/instructions.md": b"a\0b"}, (f"{FOLDER}/instructions.md",)),
        ({f"{FOLDER}/starter/index.mjs": None}, (f"{FOLDER}/starter",)),
        ({f"{FOLDER}/starter/index.mjs": b"\xff"}, (f"{FOLDER}/starter/index.mjs",)),
        ({f"{FOLDER}/starter/.npmrc": b""}, (f"{FOLDER}/starter/.npmrc",)),
        ({f"{FOLDER}/solution/a ": b""}, (f"{FOLDER}/solution/a ",)),
        ({f"{FOLDER}/checks.json": b"{}"}, (f"{FOLDER}/checks.json",)),
        ({f"{FOLDER}/checks.json": b"[1]"}, (f"{FOLDER}/checks.json", "0")),
        ({f"{FOLDER}/checks.json": b'[{"id": "a", "title": "A"}]'}, (f"{FOLDER}/checks.json", "0", "expectations")),
        ({"exercises/02-hello/exercise.json": b'{"title": "A"}', "exercises/02-hello/starter/a": b""}, ("exercises/02-hello",)),
        ({"exercises/02-Upper/exercise.json": b'{"title": "A"}', "exercises/02-Upper/starter/a": b""}, ("exercises/02-Upper",)),
        ({"exercises/loose.md": b""}, ("exercises/loose.md",)),
    ],
)  # fmt: skip
def test_each_fault_begins_with_its_file(changes: dict[str, bytes | None], field: tuple[str, ...]) -> None:
    assert field in faults(changes)


def test_every_fault_is_told_at_once() -> None:
    changes: dict[str, bytes | None] = {"workshop.json": b"{}", f"{FOLDER}/hints/1.md": b"", "odd": b""}
    assert set(faults(changes)) == {("workshop.json", "title"), (f"{FOLDER}/hints/1.md",), ("odd",)}


def test_a_file_at_the_place_of_a_plan_is_not_taken_over_its_folder() -> None:
    told = {**json.loads(folder_files(plan())["workshop.json"]), "description": "other", "exercises": []}
    read = plan_of_files({**folder_files(plan()), "workshop.json": json.dumps(told).encode()})
    assert isinstance(read, list)
    assert {fault.field for fault in read} == {
        ("workshop.json", "description"),
        ("workshop.json", "exercises"),
    }


def bomb() -> bytes:
    return archive({"workshop.json": b"0" * (limits.WORKSHOP_BYTES_MAX + 1)})


def lying_bomb() -> bytes:
    """An archive whose directory tells of a small file."""
    data = bytearray(bomb())
    for mark, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(data)


def link() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        entry = zipfile.ZipInfo("workshop.json")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        opened.writestr(entry, "/etc/passwd")
    return buffer.getvalue()


NOT_UNZIPPED = "Could not unzip"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", NOT_UNZIPPED),
        (b"no archive", NOT_UNZIPPED),
        (zip_of_plan(plan())[:-30], NOT_UNZIPPED),
        (archive({"../workshop.json": b"{}"}), "leads out of"),
        (archive({"/workshop.json": b"{}"}), "must be relative"),
        (archive({"a\\workshop.json": b"{}"}), "backslash"),
        (archive({"workshop.json": b"{}", "Workshop.json": b"{}"}), "collides with"),
        (
            archive({f"{number}": b"" for number in range(limits.WORKSHOP_FILES_MAX + 1)}),
            "more than 2000 files",
        ),
        (
            archive({f"{number}/": b"" for number in range(limits.WORKSHOP_ENTRIES_MAX + 1)}),
            "more than 4000 files",
        ),
        (bomb(), "Unzipped size must be smaller"),
        (lying_bomb(), NOT_UNZIPPED),
        (link(), "The file is not JSON"),
    ],
)
def test_an_archive_that_is_none_or_too_much_is_refused(data: bytes, told: str) -> None:
    read = plan_of_zip(data)
    assert isinstance(read, list)
    assert told in read[0].message
    assert "passwd" not in str(read)
