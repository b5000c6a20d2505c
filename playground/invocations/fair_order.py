"""In which order queued invocations are run, so that nobody waits for somebody else's hundred. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queued invocation, and since when it is queued."""

    id: UUID
    owner: str
    since: datetime


@dataclass(frozen=True, slots=True)
class OwnersQueue:
    """What one owner has: how many run, and since when the oldest of those that wait has waited."""

    owner: str
    running: int
    since: datetime


def fair_order(waiting: Iterable[Waiting], running: Mapping[str, int]) -> list[Waiting]:
    """The order in which invocations begin if none ends meanwhile.

    The owner with the fewest running is next, of several the one who has waited longest; of one owner's
    invocations the oldest.
    """
    taken = Counter(running)
    ranked = []
    for one in sorted(waiting, key=lambda one: (one.since, one.id)):
        ranked.append((taken[one.owner], one.since, one.id, one))
        taken[one.owner] += 1
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1])]


def claimable(
    waiting: Iterable[Waiting], running: Mapping[str, int], running_max: int, room: int
) -> list[Waiting]:
    """The first `room` of the fair order; no owner gets more than `running_max` running."""
    taken = Counter(running)
    found: list[Waiting] = []
    for one in fair_order(waiting, running):
        if len(found) >= room:
            break
        if taken[one.owner] < running_max:
            taken[one.owner] += 1
            found.append(one)
    return found


def next_owner(queues: Iterable[OwnersQueue], running_max: int, preferred: str | None = None) -> str | None:
    """Whose invocation is next: the first owner of `fair_order` who may have another one running.

    Of several owners with as few running the preferred one comes first: a message about one of this owner's
    invocations has arrived. None when nobody may.
    """
    candidates = [queue for queue in queues if queue.running < running_max]
    if not candidates:
        return None
    return min(candidates, key=lambda queue: (queue.running, queue.owner != preferred, queue.since)).owner
