"""Names of other places, made of ours: file names, logical ids, stack names. Pure."""

import re
from collections.abc import Callable, Iterable
from typing import Final

STACK_NAME_LENGTH_MAX: Final = 128
# What Windows keeps for its devices, whatever ending follows.
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\Z)", re.IGNORECASE)
_WORD_OF_YAML: Final = re.compile(r"y|n|yes|no|on|off|true|false|null", re.IGNORECASE)


def event_paths(names: Iterable[str]) -> list[str]:
    """A path for each test event that every system takes, and that no other has in any case of letters."""
    taken: set[str] = set()
    return [f"events/{_unique(_event_stem(name), taken, str.lower, '-')}.json" for name in names]


def _event_stem(name: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-")
    return f"event-{plain}" if _DEVICE.match(plain) else plain or "event"


def is_word_of_yaml(name: str) -> bool:
    """Whether YAML 1.1 reads a name as a truth value or as nothing."""
    return _WORD_OF_YAML.fullmatch(name) is not None


class LogicalIds:
    """Logical ids of a template, which have letters and digits alone; each is given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def of(self, name: str, ending: str = "") -> str:
        """An id that reads as the name does: api-router is ApiRouter, DB_URL is DbUrl."""
        joined = "".join(_word(word) for word in re.split(r"[^A-Za-z0-9]+", name) if word)
        begun = joined if re.match(r"[A-Z]", joined) else f"My{joined}"
        whole = begun if begun.endswith(ending) else begun + ending
        return _unique(f"{whole}Value" if is_word_of_yaml(whole) else whole, self._taken)


def _word(word: str) -> str:
    rest = word[1:]
    return word[0].upper() + (rest.lower() if word == word.upper() else rest)


def stack_name(name: str) -> str:
    """A name of a CloudFormation stack: letters, digits and hyphens, a letter first."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    begun = plain if re.match(r"[A-Za-z]", plain) else f"function-{plain}".removesuffix("-")
    return begun[:STACK_NAME_LENGTH_MAX]


def _unique(wanted: str, taken: set[str], folded: Callable[[str], str] = str, before: str = "") -> str:
    # Or with a number behind it, where it is taken.
    name, number = wanted, 1
    while folded(name) in taken:
        number += 1
        name = f"{wanted}{before}{number}"
    taken.add(folded(name))
    return name
