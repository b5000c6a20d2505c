"""Values of a template before anything is deployed: what can be told of `!Ref`, `!Sub` and `!Join`. Pure."""

import re
from typing import Final

import yaml

from playground.openings.template import Template, text_of

# A template can be written so that its values never end.
STEPS_MAX: Final = 20_000
DEPTH_MAX: Final = 20
LENGTH_MAX: Final = 256 * 1024
_PSEUDO: Final = {
    # What the playground says of these too.
    "AWS::Region": "us-east-1",
    "AWS::AccountId": "000000000000",
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
}
_SHORT: Final = {"Ref": "!Ref", "Fn::Sub": "!Sub", "Fn::Join": "!Join"}
# A brace within ends it: else each that is never closed would be looked for to the end.
_NAMED: Final = re.compile(r"\$\{([^{}]*)\}")


class Values:
    """What the nodes of a template stand for. It has so many steps for all of them together."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._steps = 0

    def of(self, node: yaml.Node | None, depth: int = 0) -> str | None:
        """The text that a node stands for; None where only a deployment would tell."""
        self._steps += 1
        if node is None or depth > DEPTH_MAX or self._steps > STEPS_MAX:
            return None
        tag, content = self._called(node)
        match tag:
            case "!Ref":
                return self._referred(text_of(content) or "", depth)
            case "!Sub":
                return self._replaced(content, depth)
            case "!Join":
                return self._joined(content, depth)
            case None:
                return text_of(node)
        return None

    def _called(self, node: yaml.Node) -> tuple[str | None, yaml.Node]:
        # The function that a node calls, short or in full, and what it is given.
        if node.tag.startswith("!"):
            return node.tag, node
        entries = self._template.entries(node)
        name, value = next(iter(entries.items()), ("", node))
        if len(entries) == 1 and (name == "Ref" or name.startswith("Fn::")):
            return _SHORT.get(name, name), value
        return None, node

    def _referred(self, name: str, depth: int) -> str | None:
        if name in _PSEUDO:
            return _PSEUDO[name]
        return self.of(self._template.at(["Parameters", name, "Default"]), depth + 1)

    def _replaced(self, content: yaml.Node | None, depth: int) -> str | None:
        items = self._template.items(content)
        text, own = (items[0] if items else None, items[1] if items and len(items) > 1 else None)
        written = text_of(content if items is None else text)
        if written is None:
            return None
        parts: list[str | None] = []
        at = 0
        for named in _NAMED.finditer(written):
            parts += [written[at : named.start()], self._named(named[1], own, depth)]
            at = named.end()
        return _together([*parts, written[at:]], "")

    def _named(self, given: str, own: yaml.Node | None, depth: int) -> str | None:
        if given.startswith("!"):
            return f"${{{given[1:]}}}"
        name = given.strip()
        value = self.of(self._template.at([name], own), depth + 1) if own is not None else None
        return self._referred(name, depth + 1) if value is None else value

    def _joined(self, content: yaml.Node | None, depth: int) -> str | None:
        items = self._template.items(content) or []
        parts = self._template.items(items[1]) if len(items) > 1 else None
        sign = text_of(items[0]) if items else None
        if parts is None or sign is None:
            return None
        return _together([self.of(part, depth + 1) for part in parts], sign)


def _together(parts: list[str | None], between: str) -> str | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or sum(map(len, known)) + len(between) * len(known) > LENGTH_MAX:
        return None
    return between.join(known)
