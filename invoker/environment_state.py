"""The states of an execution environment and the ways between them. Pure.

Source: "Understanding the Lambda execution environment lifecycle". `STARTING` and `WAITING` come before it:
they are a sandbox that belongs to nobody yet.
"""

from enum import StrEnum


class EnvironmentState(StrEnum):
    """Where an execution environment is in its life."""

    STARTING = "starting"
    """The sandbox is being made."""
    WAITING = "waiting"
    """Emulator and runtime are up, without code of anybody."""
    INIT = "init"
    """The runtime loads the function."""
    READY = "ready"
    """Init is over and no invocation is under way: the environment is frozen, or about to be."""
    INVOKING = "invoking"
    RESETTING = "resetting"
    """An init or an invocation failed: nothing of this environment is used again."""
    SHUT_DOWN = "shut down"


S = EnvironmentState
NEXT: dict[EnvironmentState, frozenset[EnvironmentState]] = {
    S.STARTING: frozenset({S.WAITING, S.SHUT_DOWN}),
    S.WAITING: frozenset({S.INIT, S.SHUT_DOWN}),
    S.INIT: frozenset({S.INVOKING, S.RESETTING, S.SHUT_DOWN}),
    S.READY: frozenset({S.INVOKING, S.RESETTING, S.SHUT_DOWN}),
    S.INVOKING: frozenset({S.READY, S.RESETTING, S.SHUT_DOWN}),
    S.RESETTING: frozenset({S.SHUT_DOWN}),
    S.SHUT_DOWN: frozenset(),
}


class ForbiddenTransition(AssertionError):
    """A step that no environment may take: a fault of ours, never of a function."""


class Lifecycle:
    """One environment's state, which changes only along the arrows of `NEXT`."""

    def __init__(self) -> None:
        self.state = EnvironmentState.STARTING

    def to(self, state: EnvironmentState) -> None:
        """Go on to another state. Raises ForbiddenTransition."""
        if state not in NEXT[self.state]:
            raise ForbiddenTransition(f"An environment cannot go from {self.state} to {state}.")
        self.state = state
