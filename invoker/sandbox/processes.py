"""The processes of a sandbox as this host's /proc shows them."""

import contextlib
from pathlib import Path

PLATFORM_PROCESSES = frozenset(
    {"aws-lambda-rie", "socat", "sh", "bash", "bwrap", "docker-init", "setpriv", "tini"}
)


def resident_peak_bytes(pids: list[int]) -> int:
    """The sum of the highest resident sizes of those processes that are the function's own and live."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{pid}/status").read_text()
            fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
            if fields["Name"].strip() not in PLATFORM_PROCESSES and "VmHWM" in fields:
                total += int(fields["VmHWM"].split()[0]) * 1024
    return total


def descendants(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found.extend(int(child) for child in children.read_text().split())
    return found
