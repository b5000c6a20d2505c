"""What a playground may leave on its host: processes, containers, mounts, control groups, sockets, folders."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
CGROUP_PARENT = "lambda-playground"


def sandbox_ids(state: Path) -> list[str]:
    """The ids of the sandboxes that have a folder now."""
    return [folder.name for folder in state.glob("sandboxes/*/*/") if folder.is_dir()]


def leftovers(state: Path, sandboxes: list[str]) -> list[str]:
    """Everything that is still there of a playground with this state folder, in words."""
    return [
        *in_use(state),
        *(f"socket {path}" for path in state.rglob("*") if path.is_socket()),
        *(f"folder {path}" for path in state.glob("sandboxes/*/*/")),
        *(f"control group {group}" for group in control_groups() if group.name in sandboxes),
    ]


def in_use(folder: Path) -> list[str]:
    """Everything that runs with a folder or a part of it, in words.

    For telling alone: while something is mounted there, every process of the machine is among them.
    """
    mark = str(folder)
    return [
        *(f"process {line}" for line in _processes(mark)),
        *(f"mount {line}" for line in Path("/proc/mounts").read_text().splitlines() if mark in line),
        *(f"open socket {line}" for line in _lines("/proc/net/unix") if mark in line),
        *(f"container {line}" for line in _containers() if mark in line),
    ]


def control_groups() -> set[Path]:
    """The groups of all sandboxes that this host's playgrounds made themselves."""
    found: set[Path] = set()
    # A controller of v1 has a folder of its own at the top; without root the parent lies deeper. Other groups
    # come and go meanwhile, which walk() takes as it comes.
    for folder, names, _ in os.walk(CGROUPS):
        if Path(folder).name == CGROUP_PARENT:
            found |= {Path(folder, name) for name in names}
            names.clear()
    return found


def _processes(mark: str) -> list[str]:
    """Those whose command line, environment or mounts name it: a sandbox's own tell by its mounts alone."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        command = _bytes(process / "cmdline")
        names = (command, _bytes(process / "environ"), _bytes(process / "mountinfo"))
        if any(mark.encode() in content for content in names):
            told = command.replace(bytes(1), b" ").decode(errors="replace")[:120]
            found.append(f"{process.name} {told}")
    return found


def _bytes(path: Path) -> bytes:
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return b""


def _lines(path: str) -> list[str]:
    return _bytes(Path(path)).decode(errors="replace").splitlines()


def _containers() -> list[str]:
    if not shutil.which("docker"):
        return []
    command = ["docker", "ps", "--all", "--no-trunc", "--format", "{{.ID}} {{.Mounts}}"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
