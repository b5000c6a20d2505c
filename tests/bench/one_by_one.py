"""Cold and warm invocations one after the other, with starts of the bare Node.js in between."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.bench import handlers
from tests.bench.bare_node import BareNode
from tests.bench.phases import Phases, phases
from tests.bench.samples import Samples, samples
from tests.bench.settling import settle
from tests.bench.ways_in import Answer, Boto3, Function, Page, WayIn
from tests.serving import Served

IN_A_ROW = 5


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


@dataclass(frozen=True, slots=True)
class Beside:
    """The bare Node.js, and what was measured beside it in the same way: after a pause, or in a row."""

    node: Series
    series: list[Series]


def after_a_pause(served: Served, node: BareNode, rounds: int) -> Beside:
    """Each measurement when the service has been idle for a moment, as a person finds it.

    All are taken in turn, so that a slow minute slows all of them. Caches are cold after a pause, for Node.js
    as for the service. Raises AssertionError when an answer is wrong, or when one that should be cold or warm
    is not.
    """
    bare = Series("node -e 0, after a pause")
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
                _note(served, series[way.name, cold], function.invoke(), cold)
    return Beside(bare, list(series.values()))


def in_a_row(served: Served, node: BareNode, rounds: int) -> Beside:
    """Warm invocations one right after the other, as a program makes them, and Node.js started likewise.

    Raises as `after_a_pause` does.
    """
    bare = Series("node -e 0, in a row")
    ways: list[WayIn] = [Boto3(served.url), Page(served.url)]
    functions = [way.function(handlers.trivial()) for way in ways]
    series = [Series(f"warm in a row, {way.name}") for way in ways]
    for _ in range(rounds):
        settle(served)
        node.start_ms()
        bare.times_ms += [node.start_ms() for _ in range(IN_A_ROW)]
        for function, one in zip(functions, series, strict=True):
            function.invoke()
            for answer in [function.invoke() for _ in range(IN_A_ROW)]:
                _note(served, one, answer, cold=False)
    return Beside(bare, series)


def _note(served: Served, series: Series, answer: Answer, cold: bool) -> None:
    known = phases(served.state, answer)
    assert known.cold_start is cold, f"{series.name}: {known}"
    series.times_ms.append(answer.wall_ms)
    series.phases.append(known)


def _both(way: WayIn, warm_function: Function) -> Iterator[tuple[bool, Function]]:
    yield True, way.function(handlers.trivial())
    yield False, warm_function


def _name(way: WayIn, cold: bool) -> str:
    return f"{'cold' if cold else 'warm'}, {way.name}"
