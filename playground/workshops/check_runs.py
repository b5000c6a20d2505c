"""Which runs of a participant's function a check needs, one after another. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from playground.workshops.plan import Check, ExpectationKind, Start

OTHER_VALUE: Final = "another value"
"""Of a variable, in the run that tells whether it is used."""


class Purpose(StrEnum):
    """What a run is for."""

    WARMS = "warms"
    """It leaves a warm execution environment to the next one."""
    CHECKED = "checked"
    """It is what the check looks at: one run of every check."""
    OTHER_VALUE = "other_value"
    """It tells whether a variable is used."""


@dataclass(frozen=True, kw_only=True)
class PlannedRun:
    """A run to be made. The participant's function is as it is, but for its environment variables."""

    purpose: Purpose
    event: str
    """JSON text."""
    start_cold: bool
    environment: Mapping[str, str | None] = field(default_factory=dict)
    """Variables that are otherwise than in the participant's configuration; None for not set."""
    variable: str = ""
    """Of OTHER_VALUE: which variable."""

    def environment_of(self, own: Mapping[str, str]) -> dict[str, str]:
        """The environment variables of this run, where the participant's configuration has `own`."""
        return {name: text for name, text in {**own, **self.environment}.items() if text is not None}


def runs_of(check: Check) -> tuple[PlannedRun, ...]:
    """The runs in the order in which they have to be made, each when the one before has ended."""
    variables = [one.value for one in check.expectations if one.kind is ExpectationKind.VARIABLE_USED]
    # Runs that are compared begin alike: what a warm environment remembers is no use of a variable.
    cold = check.start is Start.COLD or bool(variables)
    checked = PlannedRun(
        purpose=Purpose.CHECKED, event=check.event, start_cold=cold, environment=check.environment
    )
    warming = PlannedRun(
        purpose=Purpose.WARMS, event=check.event, start_cold=True, environment=check.environment
    )
    others = [
        PlannedRun(
            purpose=Purpose.OTHER_VALUE,
            event=check.event,
            start_cold=True,
            environment={**check.environment, name: OTHER_VALUE},
            variable=name,
        )
        for name in variables
    ]
    return (*([warming] if check.start is Start.WARM else []), checked, *others)
