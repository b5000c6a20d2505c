"""What the measurements are held against. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Target:
    """The most that a figure may be, or the least; `stretch` is what is wished beyond the most."""

    limit: float
    stretch: float | None = None
    least: bool = False

    def verdict(self, figure: float) -> str:
        """ "stretch met", "met" or "missed"."""
        if self.stretch is not None and figure <= self.stretch:
            return "stretch met"
        within = figure >= self.limit if self.least else figure <= self.limit
        return "met" if within else "missed"


COLD: Final = Target(2.5, stretch=1.0)
"""Median of a cold invocation, in starts of the bare Node.js."""

WARM: Final = Target(0.5)
"""Median of a warm invocation, in starts of the bare Node.js: after a pause, and in a row, each beside its own."""

COLD_AT_ONCE: Final = Target(3.0)
"""The last of many cold functions at once, in the time that their bare starts would need on all cores."""

SLEEPERS_S: Final = Target(5.0)
"""The last of many functions at once that sleep 3 s, in seconds."""

WORKER_MEMORY_MB: Final = Target(1024.0)
"""The worker's peak meanwhile."""

SAM_COLD: Final = Target(20.0, least=True)
"""Median of `sam local invoke`, in medians of a cold invocation here."""

SAM_WARM: Final = Target(3.0, least=True)
"""Median of a warm `sam local start-lambda`, in medians of a warm invocation here."""


def starts_on_all_cores_ms(functions: int, node_ms: float, cores: int) -> float:
    """How long so many starts of the bare Node.js take when they share the cores."""
    return functions * node_ms / cores
