"""A part that ended is started again, and not for ever."""

from itertools import count

from playground.supervisor.restarts import ENDINGS_MAX, PAUSES_S, WITHIN_S, Restarts


def test_a_part_is_started_again_after_pauses_that_grow() -> None:
    restarts = Restarts()
    pauses = [restarts.pause_s(1_000.0 + at) for at in range(ENDINGS_MAX - 1)]
    assert pauses == list(PAUSES_S)
    assert pauses == sorted(set(PAUSES_S))


def test_a_part_that_ends_again_and_again_is_given_up() -> None:
    restarts = Restarts()
    assert [restarts.pause_s(float(at)) for at in range(ENDINGS_MAX)][-1] is None


def test_a_part_that_lived_for_a_while_is_forgiven() -> None:
    restarts = Restarts()
    moments = count(0.0, WITHIN_S / (ENDINGS_MAX - 2))
    assert None not in [restarts.pause_s(next(moments)) for _ in range(100)]
    assert Restarts().pause_s(0.0) == PAUSES_S[0]
    restarts = Restarts()
    assert restarts.pause_s(0.0) == PAUSES_S[0]
    assert restarts.pause_s(WITHIN_S + 1) == PAUSES_S[0]
