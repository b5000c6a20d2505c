"""The files of a workshop's folder → the JSON that `read_plan` reads, and which file each part of it is from.

Pure: whoever calls has the files' bytes already.
"""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from invoker.fault import Fault
from playground.json_body import NotJson, parse

FOLDER: Final = re.compile(r"exercises/(\d+)-([^/]+)/(.+)")
WORKSHOP_NAMES: Final = ("title",)
EXERCISE_NAMES: Final = ("title", "minutes", "configuration", "solution_configuration", "test_events")
"""What stands in exercise.json; all else of an exercise has files of its own."""
HINT: Final = re.compile(r"hints/(\d+)\.md")
_IGNORED: Final = re.compile(
    r"(README|LICENSE|NOTICE)(\.\w+)?|__MACOSX/.*|(?:exercises/|exercises/[^/]+/)?\.[^/]*(/.*)?"
)


class FolderReader:
    """Takes the files apart. What is wrong with a file by itself collects in `faults`."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.faults: list[Fault] = []
        self._folders: list[str] = []
        self._hints: list[list[str]] = []
        self._events: list[list[str]] = []
        self._texts = {
            path: text
            for path, content in _without_top_folder(files).items()
            if not _IGNORED.fullmatch(path) and (text := self._decoded(path, content)) is not None
        }
        self.document = self._document()
        self.faults += [
            Fault((path,), "A workshop has no file at this place.") for path in sorted(self._texts)
        ]

    def in_files(self, fault: Fault) -> Fault:
        """A fault of the document as one of the file that it comes from."""
        return Fault(self._way(fault.field), fault.message, fault.line, fault.column)

    def _way(self, field: tuple[str, ...]) -> tuple[str, ...]:
        match field:
            case ("description",):
                return ("description.md",)
            case ("exercises", number, *rest):
                return self._way_in(int(number), tuple(rest))
            case _:
                return ("workshop.json", *field)

    def _way_in(self, number: int, field: tuple[str, ...]) -> tuple[str, ...]:
        folder = self._folders[number]
        match field:
            case ("id",):
                return (folder,)
            case ("instructions",):
                return (f"{folder}/instructions.md",)
            case ("starter", "files", *rest):
                return ("/".join((folder, "starter", *rest)),)
            case ("starter", *rest):
                return (f"{folder}/exercise.json", "configuration", *rest)
            case ("solution", *rest):
                return ("/".join((folder, "solution", *rest)),)
            case ("hints", index):
                return (self._hints[number][int(index)],)
            case ("checks", *rest):
                return (f"{folder}/checks.json", *rest)
            case ("test_events", index, "event"):
                return (self._events[number][int(index)],)
            case _:
                return (f"{folder}/exercise.json", *field)

    def _document(self) -> dict[str, Any]:
        workshop = self._object("workshop.json", WORKSHOP_NAMES)
        if description := self._texts.pop("description.md", ""):
            workshop["description"] = description
        found = {FOLDER.fullmatch(path) for path in self._texts}
        folders = {(int(match[1]), match[2], f"exercises/{match[1]}-{match[2]}") for match in found if match}
        return {**workshop, "exercises": [self._exercise(id_, folder) for _, id_, folder in sorted(folders)]}

    def _exercise(self, id_: str, folder: str) -> dict[str, Any]:
        self._folders.append(folder)
        exercise = self._object(f"{folder}/exercise.json", EXERCISE_NAMES)
        configuration, test_events = exercise.pop("configuration", {}), exercise.pop("test_events", [])
        if isinstance(configuration, dict) and "files" in configuration:
            self.faults.append(
                Fault((f"{folder}/exercise.json", "configuration", "files"), "Files have a folder.")
            )
        files = self._below(f"{folder}/starter/")
        hints = sorted(
            (int(match[1]), path)
            for path in self._texts
            if (match := HINT.fullmatch(path.removeprefix(f"{folder}/")))
        )
        self._hints.append([path for _, path in hints])
        return {
            **exercise,
            "id": id_,
            "instructions": self._texts.pop(f"{folder}/instructions.md", ""),
            "starter": {**configuration, "files": files}
            if isinstance(configuration, dict)
            else configuration,
            "solution": self._below(f"{folder}/solution/"),
            "test_events": self._test_events(folder, test_events),
            "hints": [self._texts.pop(path) for _, path in hints],
            "checks": self._checks(f"{folder}/checks.json"),
        }

    def _test_events(self, folder: str, events: Any) -> Any:
        self._events.append([])
        if not isinstance(events, list):
            return events
        return [self._test_event(folder, dict(one)) if isinstance(one, dict) else one for one in events]

    def _test_event(self, folder: str, event: dict[str, Any]) -> dict[str, Any]:
        path = f"{folder}/events/{event.pop('file', '')}"
        self._events[-1].append(path)
        text = self._texts.pop(path, None)
        if text is None:
            self.faults.append(Fault((path,), "This file of a test event is missing."))
        return {**event, "event": text or "{}"}

    def _checks(self, path: str) -> Any:
        checks = self._json(path, [])
        if not isinstance(checks, list):
            return checks
        return [_with_event_text(check) if isinstance(check, dict) else check for check in checks]

    def _below(self, prefix: str) -> dict[str, str]:
        paths = sorted(path for path in self._texts if path.startswith(prefix))
        return {path.removeprefix(prefix): self._texts.pop(path) for path in paths}

    def _object(self, path: str, names: Collection[str]) -> dict[str, Any]:
        if path not in self._texts:
            self.faults.append(Fault((path,), "This file is missing."))
            return {}
        value = self._json(path, {})
        if not isinstance(value, dict):
            self.faults.append(Fault((path,), "This must be a JSON object."))
            return {}
        self.faults += [
            Fault((path, name), f"{name} has no place in this file.") for name in value if name not in names
        ]
        return {name: value[name] for name in value if name in names}

    def _json(self, path: str, default: Any) -> Any:
        text = self._texts.pop(path, None)
        if text is None:
            return default
        try:
            return parse(text.encode())
        except NotJson as error:
            self.faults.append(Fault((path,), str(error).replace("The body", "The file")))
            return default

    def _decoded(self, path: str, content: bytes) -> str | None:
        try:
            return content.decode()
        except UnicodeDecodeError:
            self.faults.append(Fault((path,), "The file is not UTF-8 text."))
            return None


def _without_top_folder(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files as seen from the folder that has workshop.json: an archive may hold the folder itself."""
    tops = {path.split("/")[0] for path in files if not path.startswith("__MACOSX/")}
    if "workshop.json" in files or len(tops) != 1:
        return files
    (top,) = tops
    return {path.removeprefix(f"{top}/"): content for path, content in files.items()}


def _with_event_text(check: dict[str, Any]) -> dict[str, Any]:
    """A check whose event is JSON as a text, as the plan has it."""
    if "event" in check:
        return {**check, "event": json.dumps(check["event"], ensure_ascii=False)}
    return {"event" if name == "event_text" else name: value for name, value in check.items()}
