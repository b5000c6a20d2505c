"""Cold and warm invocations one after the other, with a start of the bare Node.js before each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.bench import handlers
from tests.bench.bare_node import BareNode
from tests.bench.phases import Phases, phases
from tests.bench.samples import Samples, samples
from tests.bench.settling import settle
from tests.bench.ways_in import Boto3, Function, Page, WayIn
from tests.serving import Served


@dataclass
class Series:
    """What was measured again and again: milliseconds, and where they went."""

    name: str
    times_ms: list[float] = field(default_factory=list)
    phases: list[Phases] = field(default_factory=list)

    @property
    def samples(self) -> Samples:
        """Raises ValueError when nothing was measured."""
        return samples(self.times_ms)

    @property
    def phases_of_median(self) -> Phases | None:
        """Those of the measurement nearest to the median."""
        return self.phases[self.samples.index_of_median()] if self.phases else None


def measure(served: Served, node: BareNode, rounds: int) -> list[Series]:
    """Gives the bare Node.js first. All are taken in turn, so that a slow minute slows all of them.

    Raises AssertionError when an answer is wrong, or when one that should be cold or warm is not.
    """
    bare = Series("node -e 0")
    ways: list[WayIn] = [Boto3(served.url), Page(served.url)]
    kept_warm = [way.function(handlers.trivial()) for way in ways]
    for function in kept_warm:
        function.invoke()
    series = {(way.name, cold): Series(_name(way, cold)) for way in ways for cold in (True, False)}
    for _ in range(rounds):
        for way, warm_function in zip(ways, kept_warm, strict=True):
            for cold, function in _both(way, warm_function):
                settle(served)
                bare.times_ms.append(node.start_ms())
                answer = function.invoke()
                known = phases(served.state, answer)
                assert known.cold_start is cold, f"{_name(way, cold)}: {known}"
                one = series[way.name, cold]
                one.times_ms.append(answer.wall_ms)
                one.phases.append(known)
    return [bare, *series.values()]


def _both(way: WayIn, warm_function: Function) -> Iterator[tuple[bool, Function]]:
    yield True, way.function(handlers.trivial())
    yield False, warm_function


def _name(way: WayIn, cold: bool) -> str:
    return f"{'cold' if cold else 'warm'}, {way.name}"
