"""The processes of a sandbox as this host's /proc shows them."""

import contextlib
import os
import re
from pathlib import Path

PIECE_BYTES = 16 * 1024

PLATFORM_PROCESSES = frozenset(
    {"aws-lambda-rie", "socat", "sh", "bash", "bwrap", "docker-init", "setpriv", "tini"}
)
_WANTED = re.compile(r"^(Name|VmHWM):\s*(.*)$", re.MULTILINE)


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


def read_all(path: Path | str) -> bytes:
    """A file that the kernel makes as it is read, empty when it cannot be read."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        pieces = []
        while piece := os.read(file, PIECE_BYTES):
            pieces.append(piece)
        return b"".join(pieces)
    except OSError:
        return b""
    finally:
        os.close(file)


def _status(pid: int) -> dict[str, str]:
    text = read_all(f"/proc/{pid}/status").decode(errors="replace")
    return dict(_WANTED.findall(text))


def descendants(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found.extend(int(child) for child in children.read_text().split())
    return found
