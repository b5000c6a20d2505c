"""Control groups that the local sandbox makes for itself, on v1 and v2."""

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from invoker import limits
from invoker.sandbox.cgroup import ROOT, Cgroup

PARENT = "lambda-playground"
SERVICE = "lambda-playground-service"
MB = 1024 * 1024
REMOVE_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True)
class LocalCgroup:
    """One sandbox's group. `folders` has one folder on v2, one a controller on v1."""

    folders: tuple[Path, ...]
    group: Cgroup

    def remove(self) -> None:
        """Kill what is left in the group and remove it."""
        self.group.kill()
        end = time.monotonic() + REMOVE_WITHIN_S
        for folder in self.folders:
            # A killed process leaves its group a moment after it can no longer be seen in it.
            while not _removed(folder) and time.monotonic() < end:
                time.sleep(0.005)


def _removed(folder: Path) -> bool:
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def is_unified() -> bool:
    """Whether this host has cgroup v2 with the memory controller."""
    controllers = ROOT / "cgroup.controllers"
    return controllers.exists() and "memory" in controllers.read_text().split()


def parents() -> tuple[Path, ...]:
    """The folders in which groups are made here: at the top for root, else in the group delegated to us."""
    return tuple(_home(controller) / PARENT for controller in ([""] if is_unified() else ["memory", "pids"]))


def available() -> bool:
    """Whether groups can be made here; makes the parents."""
    try:
        for folder in parents():
            folder.mkdir(exist_ok=True)
            if not os.access(folder, os.W_OK):
                return False
        if is_unified():
            home = parents()[0].parent
            if home != ROOT:
                _step_aside(home)
            for folder in (home, home / PARENT):
                (folder / "cgroup.subtree_control").write_text("+memory +pids")
    except OSError:
        return False
    return True


def _home(controller: str) -> Path:
    root = ROOT / controller
    if os.geteuid() == 0:
        return root
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, names, path = line.split(":", 2)
        if controller in names.split(","):
            return root / path.lstrip("/").removesuffix(SERVICE).rstrip("/")
    return root


def _step_aside(home: Path) -> None:
    """On v2 a group with processes of its own cannot hand its controllers on: ours move one level down."""
    (home / SERVICE).mkdir(exist_ok=True)
    for pid in (home / "cgroup.procs").read_text().split():
        with contextlib.suppress(ProcessLookupError):
            (home / SERVICE / "cgroup.procs").write_text(pid)


def make(name: str, memory_mb: int) -> LocalCgroup:
    """A group with a memory limit without swap, and a limit of processes."""
    folders = tuple(parent / name for parent in parents())
    for folder in folders:
        folder.mkdir()
    memory, pids = folders[0], folders[-1]
    size = str(memory_mb * MB)
    (pids / "pids.max").write_text(str(limits.PROCESSES_MAX))
    if is_unified():
        (memory / "memory.max").write_text(size)
        with contextlib.suppress(OSError):
            (memory / "memory.swap.max").write_text("0")
    else:
        (memory / "memory.limit_in_bytes").write_text(size)
        with contextlib.suppress(OSError):
            (memory / "memory.memsw.limit_in_bytes").write_text(size)
    return LocalCgroup(folders, Cgroup(memory, is_unified()))


def existing(name: str) -> LocalCgroup:
    """The group that a gone engine may have left."""
    folders = tuple(parent / name for parent in parents())
    return LocalCgroup(folders, Cgroup(folders[0], is_unified()))
