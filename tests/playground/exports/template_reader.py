"""Templates as the tools that take them read them: by PyYAML."""

from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    pass


def _called(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return {tag: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.ScalarNode)
    return {tag: loader.construct_scalar(node)}


_Loader.add_multi_constructor("!", _called)


def read_template(text: str) -> Any:
    """The template, with `{"Ref": "Name"}` for `!Ref Name`."""
    return yaml.load(text, _Loader)
