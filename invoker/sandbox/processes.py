"""The processes of a sandbox as this host's /proc shows them."""

import contextlib
import os
from pathlib import Path

PIECE_BYTES = 16 * 1024

PLATFORM_PROCESSES = frozenset(
    {b"aws-lambda-rie", b"socat", b"sh", b"bash", b"bwrap", b"docker-init", b"setpriv", b"tini"}
)
_RESIDENT_PEAK = b"\nVmHWM:"


def of_the_runtime(pids: list[int]) -> list[int]:
    """Those of the processes that are not the platform's, going by their names."""
    return [pid for pid in pids if _name(_status(pid)) not in {*PLATFORM_PROCESSES, b""}]


def resident_peak_bytes(pids: list[int]) -> int:
    """The sum of the highest resident sizes of those processes that are the function's own and live."""
    total = 0
    for pid in pids:
        status = _status(pid)
        _, found, rest = status.partition(_RESIDENT_PEAK)
        if found and _name(status) not in PLATFORM_PROCESSES:
            total += int(rest.split(maxsplit=1)[0]) * 1024
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


def _status(pid: int) -> bytes:
    return read_all(f"/proc/{pid}/status")


def _name(status: bytes) -> bytes:
    """The name, which comes first; the kernel writes a line break in it as two signs."""
    return status.partition(b"\n")[0].removeprefix(b"Name:\t")


def descendants(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found.extend(int(child) for child in children.read_text().split())
    return found
