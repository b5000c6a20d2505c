"""The life of an execution environment, as the transitions that it may take."""

import itertools

import pytest

from invoker.environment_state import NEXT, EnvironmentState, ForbiddenTransition, Lifecycle

S = EnvironmentState


def test_a_whole_life_goes_through_every_state() -> None:
    life = Lifecycle()
    for state in (S.WAITING, S.INIT, S.INVOKING, S.READY, S.INVOKING, S.RESETTING, S.SHUT_DOWN):
        life.to(state)
        assert life.state is state


@pytest.mark.parametrize(
    ("before", "after"),
    [pair for pair in itertools.product(S, S) if pair[1] not in NEXT[pair[0]]],
    ids=lambda state: state.value,
)
def test_no_other_step_is_possible(before: EnvironmentState, after: EnvironmentState) -> None:
    life = Lifecycle()
    life.state = before
    with pytest.raises(ForbiddenTransition):
        life.to(after)
    assert life.state is before


def test_what_was_reset_is_never_used_again() -> None:
    assert NEXT[S.RESETTING] == {S.SHUT_DOWN}
    assert not NEXT[S.SHUT_DOWN]


def test_every_environment_can_be_shut_down_at_any_time() -> None:
    assert all(S.SHUT_DOWN in NEXT[state] for state in S if state is not S.SHUT_DOWN)
