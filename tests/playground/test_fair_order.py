"""Whose invocation is next."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from playground.invocations.fair_order import OwnersQueue, Waiting, claimable, fair_order, next_owner

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
OWNERS = st.sampled_from(["alice", "bob", "carol"])
RUNNING = st.dictionaries(OWNERS, st.integers(0, 5))


def waiting(owners: str) -> list[Waiting]:
    """One for each letter, in this order."""
    return [Waiting(UUID(int=at), owner, BEGIN + timedelta(seconds=at)) for at, owner in enumerate(owners)]


def letters(found: list[Waiting]) -> str:
    return "".join(one.owner for one in found)


QUEUES = st.lists(st.tuples(OWNERS, st.integers(0, 5)), max_size=20).map(
    lambda drawn: [
        Waiting(UUID(int=at), owner, BEGIN + timedelta(seconds=since))
        for at, (owner, since) in enumerate(drawn)
    ]
)


def test_one_does_not_wait_for_anothers_hundred() -> None:
    assert letters(fair_order(waiting("a" * 100 + "b"), {}))[:3] == "aba"
    assert letters(fair_order(waiting("a" * 100 + "b"), {"a": 50}))[:2] == "ba"


def test_of_one_owner_the_oldest_is_next() -> None:
    queue = waiting("aaaa")
    assert fair_order(reversed(queue), {}) == queue


def test_owners_take_turns() -> None:
    assert letters(fair_order(waiting("aaabbbc"), {})) == "abcabab"


def test_nobody_gets_more_than_the_limit_or_the_room() -> None:
    assert letters(claimable(waiting("aaaabb"), {"a": 1}, running_max=2, room=9)) == "bab"
    assert letters(claimable(waiting("aaaabb"), {"a": 1}, running_max=2, room=1)) == "b"
    assert claimable(waiting("a"), {"a": 2}, running_max=2, room=9) == []


@given(QUEUES, RUNNING)
def test_the_order_is_that_of_taking_one_after_the_other(
    queue: list[Waiting], running: dict[str, int]
) -> None:
    taken = Counter(running)
    left = list(queue)
    for one in fair_order(queue, running):
        queues = [
            OwnersQueue(owner, taken[owner], min(other.since for other in left if other.owner == owner))
            for owner in {other.owner for other in left}
        ]
        fewest = min((entry.running, entry.since) for entry in queues)
        assert (taken[one.owner], one.since) == fewest
        chosen = next_owner(queues, running_max=100)
        assert any((e.running, e.since) == fewest for e in queues if e.owner == chosen)
        taken[one.owner] += 1
        left.remove(one)
    assert not left


@given(QUEUES, RUNNING, st.integers(1, 4), st.integers(0, 30))
def test_nothing_that_may_run_is_left_out(
    queue: list[Waiting], running: dict[str, int], running_max: int, room: int
) -> None:
    found = claimable(queue, running, running_max, room)
    after = Counter(running) + Counter(one.owner for one in found)
    assert len(found) <= room
    assert len(set(found)) == len(found)
    for owner in {one.owner for one in found}:
        assert after[owner] <= running_max
    if len(found) < room:
        assert all(after[one.owner] >= running_max for one in queue if one not in found)


def test_the_owner_of_a_message_comes_first_among_equals_only() -> None:
    alice, bob = OwnersQueue("alice", 1, BEGIN), OwnersQueue("bob", 1, BEGIN + timedelta(seconds=1))
    assert next_owner([alice, bob], 9) == "alice"
    assert next_owner([alice, bob], 9, preferred="bob") == "bob"
    assert next_owner([alice, OwnersQueue("bob", 2, BEGIN)], 9, preferred="bob") == "alice"
    assert next_owner([alice, bob], 1) is None
    assert next_owner([], 9) is None
