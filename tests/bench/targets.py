"""What the measurements are held against. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Target:
    """The most that a figure may be; `stretch` is what is wished beyond it."""

    at_most: float
    stretch: float | None = None

    def verdict(self, figure: float) -> str:
        """ "stretch met", "met" or "missed"."""
        if self.stretch is not None and figure <= self.stretch:
            return "stretch met"
        return "met" if figure <= self.at_most else "missed"


COLD: Final = Target(2.5, stretch=1.0)
"""Median of a cold invocation, in starts of the bare Node.js."""

WARM: Final = Target(0.5)
"""Median of a warm invocation, in starts of the bare Node.js."""

COLD_AT_ONCE: Final = Target(3.0)
"""The last of many cold functions at once, in the time that their bare starts would need on all cores."""

SLEEPERS_S: Final = Target(5.0)
"""The last of many functions at once that sleep 3 s, in seconds."""

WORKER_MEMORY_MB: Final = Target(1024.0)
"""The worker's peak meanwhile."""

SAM_COLD_FACTOR_MIN: Final = 20.0
SAM_WARM_FACTOR_MIN: Final = 3.0
"""How many times faster than `sam local invoke` and `sam local start-lambda`."""


def starts_on_all_cores_ms(functions: int, node_ms: float, cores: int) -> float:
    """How long so many starts of the bare Node.js take when they share the cores."""
    return functions * node_ms / cores
