"""A template of CloudFormation or SAM as it was written: its nodes, and the line that each is at. Pure."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import yaml

BYTES_MAX: Final = 256 * 1024
DEPTH_MAX: Final = 100
_LOADER: Final = yaml.CSafeLoader
_HALVES: Final = re.compile(r"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})")
_NULL: Final = "tag:yaml.org,2002:null"


class UnreadableTemplate(Exception):
    """A template that cannot be read. The message is for the user, and names the line."""


class Template:
    """The nodes of a template. Of one that is not there, everything is None or empty."""

    def __init__(self, path: str, text: str) -> None:
        """Raises UnreadableTemplate."""
        self.path = path
        self._entries: dict[int, dict[str, yaml.Node]] = {}
        """By the id of a mapping, which lives as long as the template."""
        self._top = self._read(_json_as_yaml(text) if path.endswith(".json") else text)
        self._refuse_doubles()

    def at(self, keys: Sequence[str], start: yaml.Node | None = None) -> yaml.Node | None:
        """What the keys lead to from the top, or from a node."""
        node = self._top if start is None else start
        for key in keys:
            node = self.entries(node).get(key)
        return node

    def entries(self, node: yaml.Node | None) -> Mapping[str, yaml.Node]:
        """The entries of a mapping in their order; none of anything else."""
        if not isinstance(node, yaml.MappingNode):
            return {}
        if id(node) not in self._entries:
            self._entries[id(node)] = {_name(key): value for key, value in node.value}
        return self._entries[id(node)]

    def items(self, node: yaml.Node | None) -> list[yaml.Node] | None:
        """The items of a list; None where it is none."""
        return list(node.value) if isinstance(node, yaml.SequenceNode) else None

    def place(self, node: yaml.Node | None) -> str:
        """Such as `template.yaml, line 12`."""
        return self.path if node is None else f"{self.path}, line {_line(node)}"

    def _read(self, text: str) -> yaml.Node | None:
        if len(text.encode()) > BYTES_MAX:
            raise UnreadableTemplate(f"{self.path} has more than {BYTES_MAX} bytes (256 KB).")
        try:
            # Nodes are made one within the other: their depth is looked at before.
            depth = 0
            for event in yaml.parse(text, _LOADER):
                depth += isinstance(event, yaml.CollectionStartEvent)
                depth -= isinstance(event, yaml.CollectionEndEvent)
                if depth > DEPTH_MAX:
                    raise UnreadableTemplate(f"{self.path}, line {_line(event)}: it is nested too deeply.")
            node: yaml.Node | None = yaml.compose(text, _LOADER)
        except yaml.YAMLError as error:
            raise self._unreadable(error) from error
        return node

    def _unreadable(self, error: yaml.YAMLError) -> UnreadableTemplate:
        place, problem = self.path, ""
        if isinstance(error, yaml.MarkedYAMLError):
            mark = error.problem_mark or error.context_mark
            place = f"{self.path}, line {mark.line + 1}" if mark else self.path
            told = (error.context, error.problem)
            problem = f" {', '.join(part for part in told if part).capitalize()}."
        return UnreadableTemplate(f"{place}: it is no YAML that can be read.{problem}")

    def _refuse_doubles(self) -> None:
        for node in self._mappings():
            seen = set()
            for key, _ in node.value:
                name = _name(key)
                if name in seen:
                    raise UnreadableTemplate(f"{self.place(key)}: {name} is there twice in one object.")
                seen.add(name)

    def _mappings(self) -> Iterator[yaml.MappingNode]:
        # A node may hold itself.
        waiting = [] if self._top is None else [self._top]
        known: set[int] = set()
        while waiting:
            node = waiting.pop()
            if id(node) in known or not isinstance(node, yaml.CollectionNode):
                continue
            known.add(id(node))
            if isinstance(node, yaml.MappingNode):
                yield node
                waiting.extend(value for _, value in node.value)
            else:
                waiting.extend(node.value)


def text_of(node: yaml.Node | None) -> str | None:
    """The text of a scalar as it was written: 007 stays 007. None for anything else."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    if node.tag == _NULL:
        return ""
    return str(node.value)


def _json_as_yaml(text: str) -> str:
    # It may be indented by tabs, and writes characters beyond the first 65,536 as two halves.
    return _HALVES.sub(lambda found: found[1] + json.loads(f'"{found[2]}"'), text.replace("\t", " "))


def _name(key: yaml.Node) -> str:
    return text_of(key) or ""


def _line(part: yaml.Node | yaml.Event) -> int:
    assert part.start_mark is not None
    return int(part.start_mark.line) + 1
