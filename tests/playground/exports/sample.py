"""Functions to export in tests."""

from typing import Any

from playground.exports.export_reader import read_export
from playground.exports.exported_function import ExportedFunction, Files

HELLO = {"index.js": "exports.handler = async () => 'hello';\n"}
TYPESCRIPT = {"index.ts": "export const handler = 1;"}


def exported(name: str = "hello", **changes: Any) -> ExportedFunction:
    """A function of one file and one event, with other fields where they are given."""
    body = {
        "files": HELLO,
        "memory_size": 256,
        "timeout": 5,
        "test_events": [{"name": "event"}],
        "function_name": name,
    }
    made = read_export({**body, **changes})
    assert isinstance(made, ExportedFunction), made
    return made


def variables(values: dict[str, str], withheld: dict[str, str] | None = None) -> dict[str, Any]:
    """The fields of a function with variables whose values go along, and with others."""
    return {"environment": {**values, **(withheld or {})}, "values": list(values)}


def text_of(files: Files, path: str) -> str:
    """What is in a file."""
    text = files[path].text
    assert text is not None
    return text


def all_of(files: Files) -> bytes:
    """What is in all files together."""
    return b"\n".join(file.content for file in files.values())
