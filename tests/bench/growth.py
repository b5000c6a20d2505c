"""Whether what a process holds stays level over many invocations. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.process_memory import Holding
from tests.bench.samples import samples

GROWTH_MB_MAX = 2.0
GROWTH_DESCRIPTORS_MAX = 10
GROWTH_THREADS_MAX = 1


@dataclass(frozen=True, slots=True)
class Look:
    """What the parts of a service held after so many invocations, when none was under way."""

    invocations: int
    seconds: float
    parts: dict[str, Holding]
    sandboxes: int


@dataclass(frozen=True, slots=True)
class Growth:
    """How much more a part held in the last third than in the one in the middle, each taken as its median.

    The first third is left out: caches fill, pools grow to their size.
    """

    part: str
    uss_mb: float
    descriptors: float
    threads: float

    @property
    def level(self) -> bool:
        """Whether it is within what an allocator and pools of connections may differ."""
        return (
            self.uss_mb <= GROWTH_MB_MAX
            and self.descriptors <= GROWTH_DESCRIPTORS_MAX
            and self.threads <= GROWTH_THREADS_MAX
        )

    def __str__(self) -> str:
        verdict = "level" if self.level else "grows"
        return (
            f"{self.part}: {verdict} ({self.uss_mb:+.1f} MB of its own memory, "
            f"{self.descriptors:+.0f} descriptors, {self.threads:+.0f} threads)"
        )


def growth(looks: Sequence[Look], part: str) -> Growth:
    """Raises ValueError when there are less than three looks."""
    third = len(looks) // 3
    if not third:
        raise ValueError("three looks are the least")
    middle, last = looks[-2 * third : -third], looks[-third:]

    def more(what: str) -> float:
        later, earlier = (
            samples([float(getattr(look.parts[part], what)) for look in some]).median
            for some in (last, middle)
        )
        return later - earlier

    return Growth(part, more("uss"), more("descriptors"), more("threads"))
