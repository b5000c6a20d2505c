"""The shell script that becomes bubblewrap around one sandbox. Pure."""

import shlex
from collections.abc import Iterable
from pathlib import Path

from invoker import limits
from invoker.sandbox import control_directory
from invoker.sandbox.protocol import SandboxSpecification

UID, GID = 993, 990


def script(
    root: Path,
    specification: SandboxSpecification,
    cgroups: Iterable[Path],
    system_calls: int,
    as_root: bool,
) -> str:
    """Limits the shell that runs it, puts it into `cgroups` and lets bubblewrap take its place.

    `system_calls` is the number of a descriptor with a seccomp program.
    """
    join = [f"echo $$ > {shlex.quote(str(folder / 'cgroup.procs'))}" for folder in cgroups]
    bubblewrap = shlex.join(_command(root, specification, system_calls, as_root))
    return " && ".join([f"ulimit -n {limits.OPEN_FILES_MAX}", "ulimit -c 0", *join, f"exec {bubblewrap}"])


def _command(root: Path, specification: SandboxSpecification, system_calls: int, as_root: bool) -> list[str]:
    tmp_bytes = specification.ephemeral_storage_mb * 1024 * 1024
    command = [
        "bwrap",
        "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
        "--as-pid-1", "--die-with-parent", "--new-session", "--clearenv", "--hostname", "lambda",
        "--ro-bind", str(root), "/",
        "--proc", "/proc",
        "--dev", "/dev",
        "--perms", "1777", "--size", str(tmp_bytes), "--tmpfs", "/tmp",  # noqa: S108
        "--ro-bind", str(specification.task), "/var/task",
        "--ro-bind", str(specification.control), control_directory.MOUNT,
        "--remount-ro", "/dev",
        "--chdir", "/var/task",
        "--seccomp", str(system_calls),
        "--cap-drop", "ALL",
    ]  # fmt: skip
    entry = ["/bin/sh", f"{control_directory.MOUNT}/entry"]
    if not as_root:
        return [*command, "--unshare-user", "--uid", str(UID), "--gid", str(GID), *entry]
    # Root steps down inside: with a user namespace the function would still be root outside.
    caps = [part for name in ("SETUID", "SETGID", "SETPCAP") for part in ("--cap-add", f"CAP_{name}")]
    step_down = [
        "/usr/bin/setpriv", f"--reuid={UID}", f"--regid={GID}", "--clear-groups",
        "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all",
    ]  # fmt: skip
    return [*command, *caps, *step_down, *entry]
