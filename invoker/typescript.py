"""TypeScript files of a submission → what they are compiled to, and what is wrong with them. Pure.

The rules are TypeScript's own for `module: nodenext`: x.ts becomes x.js, which is an ES module where the
nearest package.json says so and CommonJS where not; x.mts becomes x.mjs and x.cts x.cjs. Declarations and
what lies in node_modules are left alone.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from invoker import limits
from invoker.fault import Fault
from invoker.text_place import column_after

ModuleFormat = Literal["esm", "cjs"]
_OUTPUTS = {".ts": ".js", ".tsx": ".js", ".mts": ".mjs", ".cts": ".cjs"}
_SOURCE = re.compile(r"(?P<stem>.*[^/])(?P<suffix>\.tsx|\.[cm]?ts)", re.DOTALL)
_COMPLAINT = re.compile(
    r"^✘ \[ERROR\] (?P<message>.*)\n\n    [^\n]*?:(?P<line>\d+):(?P<column>\d+):$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Compilation:
    """One file to compile: where its JavaScript goes, in which module format, and how it is read."""

    path: str
    output: str
    module_format: ModuleFormat
    loader: Literal["ts", "tsx"]


def output_of(path: str) -> str | None:
    """Where the JavaScript of a TypeScript file goes; None for a file that is not compiled."""
    match = _SOURCE.fullmatch(path)
    if match is None or match["stem"].endswith(".d") or "node_modules" in path.split("/"):
        return None
    return match["stem"] + _OUTPUTS[match["suffix"]]


def compilations(texts: Mapping[str, str]) -> list[Compilation] | list[Fault]:
    """What is to be compiled of a submission, or why it cannot be."""
    found: list[Compilation] = []
    faults: list[Fault] = []
    makers: dict[str, str] = {}
    for path in texts:
        if (output := output_of(path)) is None:
            continue
        if output in texts:
            faults.append(Fault(("files", path), f"It is compiled to {output}, and there is such a file."))
        elif (other := makers.setdefault(output, path)) != path:
            faults.append(Fault(("files", path), f"It is compiled to {output}, and so is {other}."))
        loader: Literal["ts", "tsx"] = "tsx" if path.endswith("x") else "ts"
        found.append(Compilation(path, output, _module_format(output, texts), loader))
    if len(found) > limits.TYPESCRIPT_FILES_MAX:
        message = f"{len(found)} TypeScript files are too many: {limits.TYPESCRIPT_FILES_MAX} at most."
        faults.append(Fault(("files",), message))
    return faults or found


def _module_format(output: str, texts: Mapping[str, str]) -> ModuleFormat:
    if output.endswith(".mjs"):
        return "esm"
    if output.endswith(".cjs"):
        return "cjs"
    folders = output.split("/")[:-1]
    for depth in range(len(folders), -1, -1):
        text = texts.get("/".join([*folders[:depth], "package.json"]))
        if text is not None:
            return "esm" if _type_of_package(text) == "module" else "cjs"
    return "cjs"


def _type_of_package(text: str) -> object:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value.get("type") if isinstance(value, dict) else None


def complaints(path: str, text: str, told: str) -> list[Fault]:
    """The faults in what the compiler told of a file; never empty."""
    lines = text.split("\n")
    faults = []
    for match in _COMPLAINT.finditer(told):
        line = int(match["line"])
        content = lines[line - 1] if 0 < line <= len(lines) else ""
        # The compiler counts bytes from 0, editors UTF-16 units from 1.
        before = content.encode()[: int(match["column"])].decode(errors="ignore")
        faults.append(Fault(("files", path), _sentence(match["message"]), line, column_after(before)))
    return faults or [Fault(("files", path), "The TypeScript compiler could not compile this file.")]


def _sentence(message: str) -> str:
    if message.startswith("Top-level await"):
        return (
            "Top-level await needs an ES module: name the file .mts, or say"
            ' "type": "module" in a package.json.'
        )
    return message if message.endswith((".", "!", "?")) else f"{message}."


def is_compiled(paths: Iterable[str]) -> bool:
    """Whether a package that was built from a submission holds compiled TypeScript."""
    return any(output_of(path) is not None for path in paths)


def submitted(paths: Iterable[str]) -> list[str]:
    """Of the files of a package that was built from a submission, those that were submitted."""
    known = list(paths)
    made = {output for path in known if (output := output_of(path)) is not None}
    return [path for path in known if path not in made]
