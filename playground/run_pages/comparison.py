"""Two texts side by side, line by line, with what differs marked. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

LINES_MAX = 2_000
"""Lines of a text that are compared: the time grows faster than their number."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of each text; None where the other has one more."""

    left: str | None
    right: str | None
    is_same: bool


@dataclass(frozen=True)
class Comparison:
    """Two texts of one noun, such as the event."""

    title: str
    rows: Sequence[Row]
    is_cut: bool

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return all(row.is_same for row in self.rows)


def compared(title: str, left: str, right: str) -> Comparison:
    """Two texts, of each the first LINES_MAX lines."""
    lefts, rights = left.splitlines(), right.splitlines()
    is_cut = max(len(lefts), len(rights)) > LINES_MAX
    rows = list(_rows(lefts[:LINES_MAX], rights[:LINES_MAX]))
    return Comparison(title, rows, is_cut)


def compared_files(left: Mapping[str, str | None], right: Mapping[str, str | None]) -> list[Comparison]:
    """Each file that either has."""
    paths = dict.fromkeys((*left, *right))
    return [compared(path, left.get(path) or "", right.get(path) or "") for path in paths]


def pretty(text: str) -> str:
    """JSON text with a line for each member; any other text as it is."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _rows(left: Sequence[str], right: Sequence[str]) -> Iterator[Row]:
    for kind, left_from, left_to, right_from, right_to in SequenceMatcher(None, left, right).get_opcodes():
        pairs: Iterable[tuple[str | None, str | None]] = zip_longest(
            left[left_from:left_to], right[right_from:right_to]
        )
        yield from (Row(one, other, kind == "equal") for one, other in pairs)
