"""What processes hold, as /proc tells it."""

import contextlib
import threading
from dataclasses import dataclass
from pathlib import Path

from invoker.sandbox.processes import descendants

KB_PER_MB = 1024


@dataclass(frozen=True, slots=True)
class Holding:
    """What one or several processes hold. Memory in MB: resident, proportional, and their own alone."""

    rss: float = 0.0
    pss: float = 0.0
    uss: float = 0.0
    descriptors: int = 0
    threads: int = 0

    def __add__(self, other: "Holding") -> "Holding":
        return Holding(
            self.rss + other.rss,
            self.pss + other.pss,
            self.uss + other.uss,
            self.descriptors + other.descriptors,
            self.threads + other.threads,
        )


def holding(pid: int) -> Holding:
    """What one process holds now; nothing when it has ended."""
    folder = Path(f"/proc/{pid}")
    with contextlib.suppress(OSError):
        sizes: dict[str, float] = {}
        for line in (folder / "smaps_rollup").read_text().splitlines()[1:]:
            name, value = line.split()[:2]
            sizes[name.rstrip(":")] = int(value) / KB_PER_MB
        return Holding(
            sizes["Rss"],
            sizes["Pss"],
            sizes["Private_Clean"] + sizes["Private_Dirty"],
            len(list((folder / "fd").iterdir())),
            len(list((folder / "task").iterdir())),
        )
    return Holding()


def holding_of_part(pid: int) -> Holding:
    """A part of the service with the processes of the same program below it, without any sandbox."""
    program = _program(pid)
    same = [below for below in descendants(pid) if _program(below) == program]
    return sum((holding(one) for one in same), Holding())


def _program(pid: int) -> str:
    try:
        return str(Path(f"/proc/{pid}/exe").readlink())
    except OSError:
        return ""


class PeakWatch:
    """Looks at a part again and again while the `with` block runs. Sizes in MB."""

    def __init__(self, pid: int, every_s: float = 0.1) -> None:
        self._pid = pid
        self._every_s = every_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.rss = 0.0
        self.pss = 0.0

    def _watch(self) -> None:
        while True:
            now = holding_of_part(self._pid)
            self.rss = max(self.rss, now.rss)
            self.pss = max(self.pss, now.pss)
            if self._over.wait(self._every_s):
                return

    def __enter__(self) -> "PeakWatch":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()
