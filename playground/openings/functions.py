"""The functions of a template as work to save, or why one cannot be. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from invoker import limits
from playground.exports.build_step import SOURCE_MAPS
from playground.exports.exported_function import RUNTIME
from playground.openings.template import Template, text_of
from playground.openings.values import Values

SERVERLESS: Final = "AWS::Serverless::Function"
_TYPES: Final = (SERVERLESS, "AWS::Lambda::Function")
# What is of the project, not of its code.
_PROJECT_FILES: Final = re.compile(
    r"(?:template\.(?:ya?ml|json)|samconfig\.(?:toml|ya?ml)|events/|\.aws-sam/)"
)
_EVENT: Final = re.compile(r"events/([^/]+)\.json")
SNIPPETS_BYTES_MAX: Final = 12 * 1024 * 1024
"""Characters of all functions of a project together, in what is answered."""
FUNCTION_BYTES: Final = 10_000
FILE_BYTES: Final = 200
"""What a function, and each file of it, counts besides its texts."""
_TOO_MUCH: Final = "It does not fit into one answer with the functions before it: bring its folder alone."
EVENT_NAME_LENGTH_MAX: Final = 25
"""As many characters as a tab of the page has room for."""


@dataclass(frozen=True, slots=True)
class FoundFunction:
    """One function of a project."""

    logical_id: str | None
    """None where there is no template, and the files are those of one function."""
    snippet: dict[str, Any] | None
    """What `POST /api/snippets` takes; None where it cannot be opened."""
    notices: list[str]
    """Why it cannot be, or what is otherwise than in the template, a sentence each."""


def snippet_of(
    files: Mapping[str, str],
    handler: str,
    *,
    memory_size: int = limits.MEMORY_DEFAULT_MB,
    timeout: int = limits.TIMEOUT_DEFAULT_S,
    ephemeral_storage: int = limits.EPHEMERAL_STORAGE_DEFAULT_MB,
    environment: Mapping[str, str] | None = None,
    test_events: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    """The fields of a function with its test events, as a body of the JSON API has them."""
    return {
        "files": dict(files),
        "handler": handler,
        "memory_size": memory_size,
        "timeout": timeout,
        "ephemeral_storage": ephemeral_storage,
        "environment": dict(environment or {}),
        "test_events": test_events or [],
    }


def functions_of(template: Template, files: Mapping[str, str]) -> list[FoundFunction]:
    """Every function of the template, in its order. Paths of `files` begin where the template lies."""
    values = Values(template)
    found: list[FoundFunction] = []
    size = 0
    for logical_id, resource in template.entries(template.at(["Resources"])).items():
        type_ = text_of(template.at(["Type"], resource))
        if type_ not in _TYPES:
            continue
        function = _Reader(template, files, resource, type_, values).read(logical_id)
        # Many functions may name one folder, and each has all of its files.
        size += _size_of(function.snippet) if function.snippet else 0
        if size > SNIPPETS_BYTES_MAX:
            function = FoundFunction(logical_id, None, [_TOO_MUCH])
        found.append(function)
    return found


def _size_of(snippet: Mapping[str, Any]) -> int:
    events = [event["event"] for event in snippet["test_events"]]
    texts = (*snippet["files"].values(), *snippet["environment"].values(), *events)
    return FUNCTION_BYTES + FILE_BYTES * len(snippet["files"]) + sum(map(len, texts))


class _CannotBeOpened(Exception):
    """The message says why."""


class _Reader:
    def __init__(
        self,
        template: Template,
        files: Mapping[str, str],
        resource: yaml.Node,
        type_: str | None,
        values: Values,
    ) -> None:
        self._template = template
        self._files = files
        self._resource = resource
        self._is_serverless = type_ == SERVERLESS
        self._values = values
        self._notices: list[str] = []

    def read(self, logical_id: str) -> FoundFunction:
        """The function, with what there is to say of it."""
        try:
            self._check_runtime()
            files = self._code()
        except _CannotBeOpened as error:
            return FoundFunction(logical_id, None, [str(error)])
        if self._property("Layers"):
            self._notices.append("Its layers are not brought along.")
        snippet = snippet_of(
            files,
            self._text("Handler", "index.handler"),
            memory_size=self._number(["MemorySize"], limits.MEMORY_DEFAULT_MB),
            timeout=self._number(["Timeout"], limits.TIMEOUT_DEFAULT_S),
            ephemeral_storage=self._number(["EphemeralStorage", "Size"], limits.EPHEMERAL_STORAGE_DEFAULT_MB),
            environment=self._environment(),
            test_events=_events_of(self._files),
        )
        return FoundFunction(logical_id, snippet, self._notices)

    def _own(self, *keys: str) -> yaml.Node | None:
        return self._template.at(["Properties", *keys], self._resource)

    def _of_all(self, *keys: str) -> yaml.Node | None:
        return self._template.at(["Globals", "Function", *keys]) if self._is_serverless else None

    def _property(self, *keys: str) -> yaml.Node | None:
        own = self._own(*keys)
        return self._of_all(*keys) if own is None else own

    def _check_runtime(self) -> None:
        package_type, node = self._property("PackageType"), self._property("Runtime")
        runtime = self._values.of(node)
        if text_of(package_type) == "Image":
            place = self._template.place(package_type)
            raise _CannotBeOpened(f"{place}: it is a container image, and has no files.")
        if runtime is not None and not runtime.startswith("nodejs"):
            place = self._template.place(node)
            raise _CannotBeOpened(f"{place}: its runtime is {runtime}, and only Node.js runs here.")
        if runtime not in (None, RUNTIME):
            self._notices.append(f"Its runtime is {runtime}; here it runs with {RUNTIME}.")

    def _text(self, key: str, otherwise: str) -> str:
        node = self._property(key)
        value = self._values.of(node)
        if node is not None and value is None:
            told = f"{key} is known only when it is deployed; it is {otherwise} here."
            self._notices.append(f"{self._template.place(node)}: {told}")
        return otherwise if value is None else value

    def _number(self, keys: list[str], otherwise: int) -> int:
        node = self._property(*keys)
        value = (self._values.of(node) or "").strip()
        if re.fullmatch(r"[0-9]{1,9}", value):
            return int(value)
        if node is not None:
            told = f"{keys[0]} is no number that can be told; it is {otherwise} here."
            self._notices.append(f"{self._template.place(node)}: {told}")
        return otherwise

    def _environment(self) -> dict[str, str]:
        keys = ("Environment", "Variables")
        entries = dict(self._template.entries(self._of_all(*keys)))
        entries.update(self._template.entries(self._own(*keys)))
        name, value = SOURCE_MAPS
        if self._sources() is not None and text_of(entries.get(name)) == value:
            del entries[name]
        return {key: self._variable(key, node) for key, node in entries.items()}

    def _variable(self, key: str, node: yaml.Node) -> str:
        value = self._values.of(node)
        if value is None:
            told = f"the value of {key} is known only when it is deployed; it is empty here."
            self._notices.append(f"{self._template.place(node)}: {told}")
        return value or ""

    def _sources(self) -> str | None:
        # The folder of the sources that an export of ours names.
        return text_of(self._template.at(["Metadata", "Sources"], self._resource))

    def _code(self) -> dict[str, str]:
        inline = self._property("InlineCode") or self._property("Code", "ZipFile")
        if inline is not None:
            text = self._values.of(inline)
            if text is None:
                place = self._template.place(inline)
                raise _CannotBeOpened(f"{place}: its code is known only when it is deployed.")
            return {"index.js": text}
        node = self._property("CodeUri") or self._property("Code")
        sources = self._sources()
        return self._folder(self._values.of(node) if sources is None else sources, self._template.place(node))

    def _folder(self, uri: str | None, place: str) -> dict[str, str]:
        if uri is None:
            raise _CannotBeOpened(f"{place}: its code is not in this project.")
        if re.match(r"[a-z0-9]+://", uri, re.IGNORECASE):
            raise _CannotBeOpened(f"{place}: its code is at {uri}, not in this project.")
        if re.search(r"\.(?:zip|jar)\Z", uri, re.IGNORECASE):
            raise _CannotBeOpened(f"{place}: its code is the archive {uri}; unpack it first.")
        folder = _normal(uri)
        if folder is None:
            raise _CannotBeOpened(f"{place}: {uri} is outside of the project.")
        files = {
            path[len(folder) :]: text
            for path, text in self._files.items()
            if (path.startswith(folder) if folder else not _PROJECT_FILES.match(path))
        }
        if not files:
            raise _CannotBeOpened(f"{place}: there is no file in {uri}.")
        return files


def _normal(uri: str) -> str | None:
    """A folder by its path from the template, with a slash at its end; "" is the template's own."""
    parts: list[str] = []
    for part in uri.replace("\\", "/").split("/"):
        if part in ("", "."):
            continue
        if part != "..":
            parts.append(part)
        elif not parts:
            return None
        else:
            parts.pop()
    return "".join(f"{part}/" for part in parts)


def _events_of(files: Mapping[str, str]) -> list[dict[str, str]]:
    events: dict[str, str] = {}
    for path, text in files.items():
        if found := _EVENT.fullmatch(path):
            plain = re.sub(r"[^A-Za-z0-9._-]+", "-", found[1])
            events[_free_name(plain, events)] = text.rstrip()
    return [{"name": name, "event": text} for name, text in events.items()]


def _free_name(wanted: str, taken: Mapping[str, str]) -> str:
    number, ending = 1, ""
    while (name := wanted[: EVENT_NAME_LENGTH_MAX - len(ending)] + ending) in taken:
        number += 1
        ending = f"-{number}"
    return name
