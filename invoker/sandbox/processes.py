"""The processes of a sandbox as this host's /proc shows them."""

import contextlib
from pathlib import Path

PLATFORM_PROCESSES = frozenset(
    {"aws-lambda-rie", "socat", "sh", "bash", "bwrap", "docker-init", "setpriv", "tini"}
)


def of_the_runtime(pids: list[int]) -> list[int]:
    """Those of the processes that are not the platform's, going by their names."""
    return [pid for pid in pids if _status(pid).get("Name", "") not in {*PLATFORM_PROCESSES, ""}]


def resident_peak_bytes(pids: list[int]) -> int:
    """The sum of the highest resident sizes of those processes that are the function's own and live."""
    total = 0
    for pid in pids:
        status = _status(pid)
        if status.get("Name") not in PLATFORM_PROCESSES and "VmHWM" in status:
            total += int(status["VmHWM"].split()[0]) * 1024
    return total


def _status(pid: int) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def descendants(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found.extend(int(child) for child in children.read_text().split())
    return found
