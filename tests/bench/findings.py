"""The lines of the printed table, and the same as values for JSON. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench import targets
from tests.bench.at_once import AtOnce
from tests.bench.one_by_one import Series
from tests.bench.samples import Samples
from tests.bench.targets import Target

HEADINGS = ("", "min", "median", "p95", "max", "figure", "target", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was measured in ms, and the `figure` that is held against a target.

    `unit` is that of the figure; "x" is starts of the bare Node.js of the same run.
    """

    name: str
    times: Samples | None = None
    figure: float | None = None
    unit: str = "x"
    target: Target | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """See Target.verdict; empty without a target."""
        if self.figure is None or self.target is None:
            return ""
        return self.target.verdict(self.figure)

    def cells(self) -> tuple[str, ...]:
        """Under HEADINGS."""
        times = self.times
        shown = (times.least, times.median, times.p95, times.most) if times else ()
        limit = ""
        if self.target:
            limit = f"{'≥' if self.target.least else '≤'} {self.target.limit:g} {self.unit}"
            if self.target.stretch is not None:
                limit += f" ({self.target.stretch:g} {self.unit})"
        return (
            self.name,
            *([f"{value:.1f}" for value in shown] or [""] * 4),
            "" if self.figure is None else f"{self.figure:.2f} {self.unit}",
            limit,
            self.verdict,
        )

    def as_json(self) -> dict[str, Any]:
        """Times in ms."""
        told: dict[str, Any] = {"name": self.name}
        if self.times:
            told["times_ms"] = {
                "count": len(self.times.values),
                "min": self.times.least,
                "median": self.times.median,
                "p95": self.times.p95,
                "max": self.times.most,
                "all": list(self.times.values),
            }
        if self.figure is not None:
            told |= {"figure": self.figure, "unit": self.unit}
        if self.target:
            told["target"] = asdict(self.target)
            told["verdict"] = self.verdict
        if self.note:
            told["note"] = self.note
        return told


def of_series(series: Series, node: Samples, target: Target | None) -> Finding:
    """A median in starts of Node.js."""
    ratio = series.samples.median / node.median
    where = series.phases_of_median
    note = f"median: {where}" if where else ""
    return Finding(series.name, series.samples, ratio, target=target, note=note)


def of_sam(sam: Series, ours: Series, target: Target) -> list[Finding]:
    """How many times faster this playground's median is."""
    factor = sam.samples.median / ours.samples.median
    return [
        Finding(ours.name, ours.samples),
        Finding(sam.name, sam.samples, factor, "x ours", target),
    ]


def of_cold_at_once(found: AtOnce, node: Samples, cores: int) -> list[Finding]:
    """The last of all in the time of their bare starts on all cores, and the worker's memory."""
    floor = targets.starts_on_all_cores_ms(len(found.each.values), node.median, cores)
    note = f"the last after {found.last_ms:.0f} ms; bare starts on {cores} cores {floor:.0f} ms"
    return [
        Finding(found.name, found.each, found.last_ms / floor, target=targets.COLD_AT_ONCE, note=note),
        _worker_memory(found),
    ]


def of_sleepers(found: AtOnce) -> list[Finding]:
    """The last of all in seconds, and the worker's memory."""
    return [
        Finding(found.name, found.each, found.last_ms / 1000, "s", targets.SLEEPERS_S),
        _worker_memory(found),
    ]


def _worker_memory(found: AtOnce) -> Finding:
    note = f"PSS {found.worker_pss_mb:.0f} MB"
    if not found.filled:
        note += "; the waiting sandboxes were not all there, or the machine was busy, when it began"
    return Finding(
        "  worker's memory (RSS)",
        None,
        found.worker_rss_mb,
        "MB",
        targets.WORKER_MEMORY_MB,
        note,
    )


def table(title: str, findings: Sequence[Finding]) -> str:
    """Lines for a person: times in ms, and below each line what is noted."""
    rows = [HEADINGS, *(finding.cells() for finding in findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [title]
    for row, finding in zip(rows, (None, *findings), strict=True):
        first, *others = row
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
        if finding and finding.note:
            lines.append(f"    {finding.note}")
    return "\n".join(lines)
