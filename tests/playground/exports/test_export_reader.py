"""What goes along, and what is said before anything does."""

from playground.exports.export_reader import read_export
from playground.exports.exported_function import ExportedFunction
from playground.exports.formats import Format, notices
from tests.playground.exports.sample import HELLO, TYPESCRIPT, exported

ENVIRONMENT = {"CURRENCY": "EUR", "API_KEY": "geheim"}


def test_names_go_along_and_a_value_only_where_somebody_says_so() -> None:
    made = exported(environment=ENVIRONMENT)
    assert (dict(made.variables), made.withheld) == ({}, ["CURRENCY", "API_KEY"])
    made = exported(environment=ENVIRONMENT, values=["API_KEY"])
    assert (dict(made.variables), made.withheld) == ({"API_KEY": "geheim"}, ["CURRENCY"])
    assert "geheim" not in repr(made)


def test_files_alone_are_enough() -> None:
    made = read_export({"files": HELLO})
    assert isinstance(made, ExportedFunction)
    assert (made.name, made.handler, dict(made.events)) == (
        "my-function",
        "index.handler",
        {"events/event.json": "{}"},
    )


def test_every_fault_is_said_at_its_field() -> None:
    faults = read_export(
        {
            "files": {},
            "handler": "",
            "memory_size": 1,
            "timeout": "soon",
            "environment": {"AWS_REGION": "x"},
            "function_name": "a b",
            "test_events": [{"name": ""}],
            "values": [1],
            "role": "admin",
        }
    )
    assert isinstance(faults, list)
    assert {fault.field for fault in faults} == {
        ("files",),
        ("handler",),
        ("memory_size",),
        ("timeout",),
        ("environment", "AWS_REGION"),
        ("function_name",),
        ("test_events", "0", "name"),
        ("values",),
        ("role",),
    }
    assert isinstance(read_export([]), list)


def test_a_value_that_is_not_there_is_a_fault() -> None:
    faults = read_export({"files": HELLO, "environment": ENVIRONMENT, "values": ["API_KEY", "OTHER"]})
    assert isinstance(faults, list)
    assert [(fault.field, fault.message) for fault in faults] == [
        (("values", "1"), "There is no environment variable OTHER.")
    ]


def test_what_whoever_exports_should_know_is_said() -> None:
    wrong = [{"name": name, "event": event} for name, event in (("a", "{ half"), ("b", " "), ("c", "[1]"))]
    made = exported(files=TYPESCRIPT, test_events=wrong)
    no_json = "events/a.json, events/b.json: what was typed is no JSON, so no tool will take it as an event."
    assert notices(Format.SAM, made) == [no_json]
    assert notices(Format.ZIP, made) == ["TypeScript is in it as it was typed: Lambda wants it compiled."]
    bucket = "The code does not fit into the template, so it comes from an S3 bucket. TypeScript is compiled first."
    assert notices(Format.CLOUDFORMATION, made) == [bucket, no_json]
    assert notices(Format.CDK, exported()) == []


def test_notices_fit_into_a_header_whatever_is_exported() -> None:
    many = [{"name": f"{number}{'x' * 60}", "event": "{"} for number in range(50)]
    path = f"{'😀' * 60}/" * 3 + "a.js"
    told = notices(Format.CLOUDFORMATION, exported(files={path: "1"}, test_events=many))
    assert "and 47 more" in told[1]
    assert len(repr(ascii(told))) < 2000
