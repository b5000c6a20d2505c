"""What a playground may leave on its host: processes, containers, mounts, control groups, sockets."""

import shutil
import subprocess
from pathlib import Path


def sandbox_ids(state: Path) -> list[str]:
    """The ids of the sandboxes that have a folder now."""
    return [folder.name for folder in state.glob("sandboxes/*/*/") if folder.is_dir()]


def leftovers(state: Path, sandboxes: list[str]) -> list[str]:
    """Everything that is still there of a playground with this state folder, in words."""
    found = [f"process {line}" for line in _processes(str(state))]
    found += [f"mount {line}" for line in Path("/proc/mounts").read_text().splitlines() if str(state) in line]
    found += [f"socket {path}" for path in state.rglob("*") if path.is_socket()]
    found += [f"folder {path}" for path in state.glob("sandboxes/*/*/")]
    for parent in Path("/sys/fs/cgroup").glob("**/lambda-playground"):
        found += [f"control group {parent / name}" for name in sandboxes if (parent / name).exists()]
    found += [f"container {line}" for line in _containers() if str(state) in line]
    return found


def _processes(mark: str) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if mark.encode() in command or f"PLAYGROUND_STATE={mark}".encode() in environment.split(b"\0"):
            found.append(f"{folder.name} {command.replace(bytes(1), b' ').decode(errors='replace')[:120]}")
    return found


def _containers() -> list[str]:
    if not shutil.which("docker"):
        return []
    command = ["docker", "ps", "--all", "--no-trunc", "--format", "{{.ID}} {{.Mounts}}"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
