"""Values of environment variables that do not go along with a link, and where they show anyway. Pure."""

import json
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import quote

LENGTH_MIN = 4
"""Characters from which on a value is looked for: `1` or `on` is everywhere."""
LINE_LENGTH_MIN = 16
"""Characters from which on one line of a value of several, such as a key, is looked for by itself."""

Hidden = Mapping[str, frozenset[str]]
"""For each variable's name, the forms that its values take in text."""


def hidden_values(environments: Iterable[Mapping[str, str]], shared: Collection[str]) -> Hidden:
    """What must not be seen: the values in any of the environments of each variable that is not shared."""
    found: dict[str, set[str]] = {}
    for environment in environments:
        for name, value in environment.items():
            if name not in shared and len(value) >= LENGTH_MIN:
                found.setdefault(name, set()).update(_forms(value))
    return {name: frozenset(forms) for name, forms in found.items()}


def shown(hidden: Hidden, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each place of the texts at which a hidden value can be read, with the variable's name."""
    return [
        (place, name)
        for place, text in texts.items()
        for name, forms in hidden.items()
        if any(form in text for form in forms)
    ]


def _forms(value: str) -> Iterable[str]:
    lines = [line for line in value.splitlines() if len(line) >= LINE_LENGTH_MIN]
    for text in (value, *lines):
        yield text
        yield quote(text, safe="")
        for is_ascii in (True, False):
            once = json.dumps(text, ensure_ascii=is_ascii)[1:-1]
            yield once
            # JSON within JSON, such as the body of an HTTP response
            yield json.dumps(once, ensure_ascii=is_ascii)[1:-1]
