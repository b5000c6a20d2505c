"""The cases: a function as its author would send it, an event, and what must come out. The format is in README.md."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"
# Beside these, every file of a case's folder belongs to the function.
_ABOUT = {"event.json", "config.json", "expect.json", "submission.json"}

Files = tuple[tuple[str, str], ...]
"""Path and text of each file. A path may come twice, which JSON does not rule out."""


@dataclass(frozen=True)
class Case:
    """One case. `configuration` has the fields of a submission beside files and event."""

    name: str
    files: Files
    configuration: dict[str, Any]
    event: str
    expected: dict[str, Any]
    tried_alone: tuple[Files, ...] = ()
    """Further submissions: each odd file alone with the first one, so that one refusal hides no other."""


def cases() -> list[Case]:
    """All cases by name."""
    return [_read(folder) for folder in sorted(CASES.iterdir())]


def body(files: Files, configuration: dict[str, Any], event: str) -> bytes:
    """A submission as the JSON API takes it, with every file in it, also two of the same path."""
    texts = ", ".join(f"{json.dumps(path)}: {json.dumps(text)}" for path, text in files)
    rest = json.dumps({**configuration, "event": event})
    return f'{{"files": {{{texts}}}, {rest[1:]}'.encode()


def _read(folder: Path) -> Case:
    config = _json(folder / "config.json")
    files, tried_alone = _files(folder)
    return Case(
        name=folder.name,
        files=files,
        configuration={
            "memory_size": config.get("memory_mb", 256),
            "timeout": config.get("timeout_s", 3),
            "handler": config.get("handler", "index.handler"),
            "environment": config.get("env", {}),
            "function_name": folder.name,
        },
        event=_event(folder, config),
        expected=_json(folder / "expect.json"),
        tried_alone=tried_alone,
    )


def _json(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _event(folder: Path, config: dict[str, Any]) -> str:
    generate = config.get("event_generate")
    if generate is None:
        return (folder / "event.json").read_text()
    assert generate["kind"] == "string"
    return json.dumps("x" * (generate["bytes"] - len('""')))


def _files(folder: Path) -> tuple[Files, tuple[Files, ...]]:
    submission = _json(folder / "submission.json")
    if not submission:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        texts = {str(path.relative_to(folder)): path.read_text() for path in paths}
        return tuple((path, text) for path, text in texts.items() if path not in _ABOUT), ()
    files = tuple((file["path"], file["content"]) for file in submission["files"])
    tried_alone = tuple((files[0], odd) for odd in files[1:])
    return files + _generated(submission.get("generate")), tried_alone


def _generated(generate: dict[str, Any] | None) -> Files:
    if generate is None:
        return ()
    text = generate.get("content")
    if text is None:
        repeated = generate["content_repeat"]
        text = repeated * -(-generate["content_bytes"] // len(repeated))
    return tuple((generate["pattern"].format(n=n), text) for n in range(generate["count"]))
