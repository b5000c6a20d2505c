"""What was sent beside what is stored. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.soak.functions import STOPPED, Kind


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission. `id` is empty where no answer came, and `accepted` tells whether a 202 did."""

    token: str
    kind: Kind
    accepted: bool
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """One row of the database, and how often its log has the token, and its events an end."""

    token: str
    state: str
    outcome: str
    notice: str
    said: int
    ends: int


@dataclass(slots=True)
class Account:
    """What does not agree, by what is wrong with it; empty lists when all of it does."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    left_running: list[str] = field(default_factory=list)
    kept_though_refused: list[str] = field(default_factory=list)
    ended_otherwise: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> dict[str, list[str]]:
        """The lists by name."""
        return {
            "lost": self.lost,
            "doubled": self.doubled,
            "left running": self.left_running,
            "kept though refused": self.kept_though_refused,
            "ended otherwise": self.ended_otherwise,
            "without a reason": self.untold,
        }

    @property
    def balanced(self) -> bool:
        """Whether nothing is wrong."""
        return not any(self.faults.values())


def account(sent: Mapping[str, Sent], stored: Iterable[Stored]) -> Account:
    """Compares the submissions, by token, with every row."""
    result = Account()
    seen: set[str] = set()
    for row in stored:
        one = sent.get(row.token)
        result.outcomes[row.outcome] += 1
        if row.token in seen or row.said > 1 or row.ends > 1:
            result.doubled.append(row.token)
        seen.add(row.token)
        if row.state != "finished" or row.ends != 1:
            result.left_running.append(row.token)
        if one is None or one.refused:
            result.kept_though_refused.append(row.token)
        elif row.state == "finished" and row.outcome not in one.kind.outcomes | {STOPPED}:
            result.ended_otherwise.append(f"{row.token}: {one.kind.name} ended as {row.outcome}")
        if row.outcome == STOPPED and not row.notice:
            result.untold.append(row.token)
    result.lost = [token for token, one in sent.items() if one.accepted and token not in seen]
    return result
