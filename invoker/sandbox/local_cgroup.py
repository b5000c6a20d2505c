"""Control groups that the local sandbox makes for itself, on v1 and v2."""

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from invoker import limits
from invoker.sandbox.cgroup import REMOVE_WITHIN_S, ROOT, Cgroup

PARENT = "lambda-playground"
SERVICE = "lambda-playground-service"
NEEDED = ("memory", "pids")
WANTED = ("cpu", "freezer")
STEPS_ASIDE_MAX = 10


@dataclass(frozen=True, slots=True)
class LocalCgroup:
    """One sandbox's group. `folders` has one folder on v2, one a controller on v1.

    Memory and processes are always limited; CPU share and freezing only where the host lets us.
    """

    folders: tuple[Path, ...]
    group: Cgroup

    def remove(self) -> None:
        """Kill what is left in the group and remove it."""
        self.group.kill()
        self.group.remove_function_group()
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
    """Whether this host has cgroup v2 alone. Where v2 stands beside v1, the controllers are v1's."""
    return (ROOT / "cgroup.controllers").exists()


def parents() -> dict[str, Path]:
    """The folders in which groups are made here: at the top for root, else in the group delegated to us.

    By controller on v1, under "" on v2.
    """
    controllers = [""] if is_unified() else [*NEEDED, *WANTED]
    return {controller: _home(controller) / PARENT for controller in controllers}


def obstacle() -> str:
    """What keeps groups with the needed limits from being made here, empty if nothing; makes the parents."""
    folders = parents()
    closed = {controller: folder.parent for controller, folder in folders.items() if not _made(folder)}
    if not is_unified():
        missing = [str(closed[controller]) for controller in NEEDED if controller in closed]
        return f"no control group can be made in {' or '.join(missing)}" if missing else ""
    home = folders[""].parent
    if closed:
        return f"no control group can be made in {home}"
    if lacking := " and ".join(_not_handed_down(home)):
        if home == ROOT:
            return f"the kernel was started without the controller of {lacking} (see cgroup_enable)"
        return f"the control group {home} was not handed the controller of {lacking}"
    # Only the host's own root group may have processes and hand controllers on. What looks like the root from
    # inside a container is none, so whether to step aside is found out by trying.
    if not _hand_on(home, *NEEDED) and not _hands_on_from_aside(home):
        return f"the control group {home} cannot hand on its controllers, as it has processes of others"
    if not _hand_on(home / PARENT, *NEEDED):
        return f"the control group {home / PARENT} cannot hand on its controllers"
    for folder in (home, home / PARENT):
        _hand_on(folder, "cpu")
    return ""


def _not_handed_down(folder: Path) -> list[str]:
    try:
        handed = (folder / "cgroup.controllers").read_text().split()
    except OSError:
        handed = []
    return [controller for controller in NEEDED if controller not in handed]


def _hands_on_from_aside(home: Path) -> bool:
    """Whether it hands on once our processes have left it; some may start meanwhile."""
    return any(_step_aside(home) and _hand_on(home, *NEEDED) for _ in range(STEPS_ASIDE_MAX))


def _made(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
    return os.access(folder, os.W_OK)


def _hand_on(folder: Path, *controllers: str) -> bool:
    try:
        text = " ".join(f"+{controller}" for controller in controllers)
        (folder / "cgroup.subtree_control").write_text(text)
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


def _step_aside(home: Path) -> bool:
    """On v2 a group with processes of its own cannot hand its controllers on: ours move one level down.

    False when that is not allowed.
    """
    try:
        (home / SERVICE).mkdir(exist_ok=True)
        for pid in (home / "cgroup.procs").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                (home / SERVICE / "cgroup.procs").write_text(pid)
    except OSError:
        return False
    return True


def make(name: str, memory_mb: int) -> LocalCgroup:
    """A group with a memory limit without swap, and a limit of processes. Raises OSError, with none left."""
    made = existing(name)
    try:
        for folder in made.folders:
            folder.mkdir()
        pids = made.folders[0] if is_unified() else made.folders[NEEDED.index("pids")]
        (pids / "pids.max").write_text(str(limits.PROCESSES_MAX))
        if not made.group.limit_memory(memory_mb):
            raise OSError(f"The memory limit of {made.group.memory} cannot be set.")
    except OSError:
        made.remove()
        raise
    return made


def existing(name: str) -> LocalCgroup:
    """The group of this name, which a gone engine may have left."""
    folders = {
        controller: parent / name
        for controller, parent in parents().items()
        if controller not in WANTED or os.access(parent, os.W_OK)
    }
    if is_unified():
        folder = folders[""]
        return LocalCgroup((folder,), Cgroup(folder, True, freezer=folder, cpu=folder))
    group = Cgroup(folders["memory"], False, freezer=folders.get("freezer"), cpu=folders.get("cpu"))
    return LocalCgroup(tuple(folders.values()), group)
