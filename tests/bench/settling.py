"""Waiting until a service has nothing to do, so that one measurement does not pay for the one before."""

import os
import time
from pathlib import Path

from tests.leftovers import sandbox_ids
from tests.serving import Served

QUIET_S = 0.3
QUIET_CPU_S = 0.02
LOOK_EVERY_S = 0.1
ENGINE_PROCESSES = ("dockerd", "containerd")
TICKS = os.sysconf("SC_CLK_TCK")


def settle(served: Served, sandboxes: int = 0, at_most_s: float = 5.0) -> bool:
    """Wait until there are so many sandboxes, their number rests, and service and Docker are idle.

    False when that did not come in time: somebody else keeps the machine's Docker Engine busy.
    """
    end = time.monotonic() + at_most_s
    seen = _look(served)
    since = time.monotonic()
    while time.monotonic() < end:
        time.sleep(LOOK_EVERY_S)
        now = _look(served)
        if now[0] != seen[0] or now[0] < sandboxes or now[1] - seen[1] > QUIET_CPU_S:
            seen, since = now, time.monotonic()
        elif time.monotonic() - since >= QUIET_S:
            return True
    return False


def _look(served: Served) -> tuple[int, float]:
    return len(sandbox_ids(served.state)), _cpu_seconds(served.process.pid)


def _cpu_seconds(service: int) -> float:
    """CPU time of the service with all that came from it, and of a Docker Engine with its containers."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    wanted = {service}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        fields = rest.split()
        pid = int(folder.name)
        parents[pid] = int(fields[1])
        # Of its own and of the children that it has waited for: one that ends is not lost.
        used[pid] = sum(int(value) for value in fields[11:15]) / TICKS
        if name.startswith(ENGINE_PROCESSES):
            wanted.add(pid)
    return sum(seconds for pid, seconds in used.items() if _comes_from(pid, wanted, parents))


def _comes_from(pid: int, ancestors: set[int], parents: dict[int, int]) -> bool:
    while pid:
        if pid in ancestors:
            return True
        pid = parents.get(pid, 0)
    return False
