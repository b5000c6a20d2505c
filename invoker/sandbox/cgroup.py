"""The control group of one sandbox: its memory and its processes, read and limited, on v1 and v2."""

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from invoker.sandbox.processes import resident_peak_bytes

ROOT = Path("/sys/fs/cgroup")


@dataclass(frozen=True, slots=True)
class Cgroup:
    """One control group; on v1 the memory controller's folder, on v2 the only one."""

    memory: Path
    unified: bool

    def peak_bytes(self) -> int:
        """The highest charge of the group so far, in bytes; 0 where the kernel does not tell."""
        return _number(self.memory / ("memory.peak" if self.unified else "memory.max_usage_in_bytes"))

    def out_of_memory_kills(self) -> int:
        """How many processes the memory limit has killed."""
        name = "memory.events" if self.unified else "memory.oom_control"
        return _field(self.memory / name, "oom_kill")

    def processes(self) -> list[int]:
        """The process ids in the group, as this host sees them."""
        try:
            return [int(line) for line in (self.memory / "cgroup.procs").read_text().split()]
        except OSError:
            return []

    def memory_used_bytes(self) -> int:
        """What counts as Max Memory Used.

        The group's peak leaves out the runtime's own files once another sandbox has read them; the
        resident size of the processes leaves out /tmp and ended children. The larger one is stable and
        grows with all of them.
        """
        return max(self.peak_bytes(), resident_peak_bytes(self.processes()))

    def kill(self, within_s: float = 5.0) -> None:
        """SIGKILL to every process until none is left."""
        with contextlib.suppress(OSError):
            (self.memory / "cgroup.kill").write_text("1")
        end = time.monotonic() + within_s
        while (pids := self.processes()) and time.monotonic() < end:
            for pid in pids:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.002)


def of_process(pid: int) -> Cgroup | None:
    """The group that a process is in, None where this host's cgroup files cannot be seen."""
    try:
        lines = Path(f"/proc/{pid}/cgroup").read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if "memory" in controllers.split(","):
            folder = ROOT / "memory" / path.lstrip("/")
            return Cgroup(folder, unified=False) if folder.is_dir() else None
    for line in lines:
        if line.startswith("0::"):
            folder = ROOT / line[3:].lstrip("/")
            return Cgroup(folder, unified=True) if (folder / "memory.events").exists() else None
    return None


def _number(path: Path) -> int:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return 0


def _field(path: Path, name: str) -> int:
    with contextlib.suppress(OSError, ValueError):
        for line in path.read_text().splitlines():
            key, _, value = line.partition(" ")
            if key == name:
                return int(value)
    return 0
