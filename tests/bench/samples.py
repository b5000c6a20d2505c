"""Repeated measurements in a few figures. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Samples:
    """Repeated measurements of one thing, all in one unit, in the order in which they were taken."""

    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("there is nothing to sum up without a measurement")

    @property
    def least(self) -> float:
        """The smallest one."""
        return min(self.values)

    @property
    def most(self) -> float:
        """The largest one."""
        return max(self.values)

    @property
    def median(self) -> float:
        """The middle one, or the mean of the two in the middle."""
        ordered = sorted(self.values)
        middle = len(ordered) // 2
        if len(ordered) % 2:
            return ordered[middle]
        return (ordered[middle - 1] + ordered[middle]) / 2

    @property
    def p95(self) -> float:
        """The smallest one that at least 95 % of all do not exceed (nearest rank)."""
        return sorted(self.values)[math.ceil(0.95 * len(self.values)) - 1]

    def index_of_median(self) -> int:
        """Which measurement is nearest to the median."""
        return min(range(len(self.values)), key=lambda index: abs(self.values[index] - self.median))


def samples(values: Sequence[float]) -> Samples:
    """Raises ValueError when there is none."""
    return Samples(tuple(values))
