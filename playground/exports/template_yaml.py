"""Templates of CloudFormation as YAML that its parsers, which read YAML 1.1, take for what is meant. Pure."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from playground.exports.names import is_word_of_yaml

# What a block of lines can hold as it is: neither what YAML does not take at all nor other ends of lines.
_BLOCK: Final = re.compile(
    r"[\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)
# Between these CloudFormation would see the begin of what it replaces.
_REPLACED: Final = re.compile(r"(?<=\$)(?=\{)|(?<=\{)(?=\{resolve:)")


class Quoted(str):
    """A text that is quoted, whatever it looks like."""

    __slots__ = ()


class Code(str):
    """Lines of code, which are written as they are where YAML can hold them so."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Tagged:
    """A function of CloudFormation in its short form, such as !Ref, and what it is given."""

    tag: str
    value: str | list[Any]


def text(value: str) -> Quoted | Tagged:
    """A text of somebody's: quoted, and nothing in it replaced by CloudFormation."""
    parts = [Quoted(part) for part in _REPLACED.split(value)]
    return parts[0] if len(parts) == 1 else Tagged("!Join", [Quoted(""), parts])


def ref(logical_id: str) -> Tagged:
    """The value of a parameter, or what names a resource."""
    return Tagged("!Ref", logical_id)


def key(name: str) -> str:
    """A name as a key: some are truth values to YAML 1.1."""
    return Quoted(name) if is_word_of_yaml(name) else name


def template_text(template: Mapping[str, Any]) -> str:
    """The text of a template, which first says where it comes from."""
    told = yaml.dump(
        dict(template),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=sys.maxsize,
        default_flow_style=False,
    )
    return f"# Made by Lambda Playground. README.md has the commands.\n\n{told}"


class _Dumper(yaml.SafeDumper):
    """Writes what is above as it is said there."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        # Items of a list stand below the name of the list, not under its first letter.
        super().increase_indent(flow, False)

    def analyze_scalar(self, scalar: str) -> Any:
        analysis = super().analyze_scalar(scalar)
        # PyYAML puts lines with a tab, or a space at their end, between quotes; a block holds them too.
        analysis.allow_block = _BLOCK.fullmatch(scalar) is not None and bool(scalar.strip())
        return analysis

    def choose_scalar_style(self) -> str:
        style: str = super().choose_scalar_style()
        assert isinstance(self.event, yaml.ScalarEvent)
        assert self.analysis is not None
        # It quotes every text with a tag, though plain ones need no more than others do.
        is_tagged = (self.event.tag or "").startswith("!")
        return "" if style == "'" and is_tagged and self.analysis.allow_block_plain else style


def _quoted(dumper: yaml.SafeDumper, value: Quoted) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"')


def _code(dumper: yaml.SafeDumper, value: Code) -> yaml.Node:
    style = "|" if _BLOCK.fullmatch(value) and value.strip() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style=style)


def _tagged(dumper: yaml.SafeDumper, called: Tagged) -> yaml.Node:
    if isinstance(called.value, str):
        return dumper.represent_scalar(called.tag, called.value)
    return dumper.represent_sequence(called.tag, called.value, flow_style=True)


_Dumper.add_representer(Quoted, _quoted)
_Dumper.add_representer(Code, _code)
_Dumper.add_representer(Tagged, _tagged)
