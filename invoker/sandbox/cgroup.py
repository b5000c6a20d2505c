"""The control groups of one sandbox: its memory, CPU and freezer, read and set, on v1 and v2."""

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from invoker.sandbox.processes import read_all, resident_peak_bytes

ROOT = Path("/sys/fs/cgroup")
FUNCTION = "function"
THREADED = "threaded"
SCOPE = ".scope"
CPU_PERIOD_US = 100_000
# The kernel takes no quota below this.
CPU_QUOTA_MIN_US = 1_000
# A thousand killed processes take their time to go where the CPUs have much else to do.
REMOVE_WITHIN_S = 30.0
MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cgroup:
    """One sandbox's groups. On v1 each controller has a folder of its own, on v2 all have the same.

    `freezer` and `cpu` are None where this process may not write to them.
    """

    memory: Path
    unified: bool
    freezer: Path | None = None
    cpu: Path | None = None

    @property
    def of_systemd(self) -> bool:
        """Whether the group is a unit of systemd, which writes the limits that it knows again at times."""
        return self.memory.suffix == SCOPE

    def memory_used_bytes(self) -> int:
        """What counts as Max Memory Used: the function's own peak, without cached files.

        The group's peak counts pages of files for whoever read them first, so what is cached at the end is
        taken off; what the runtime maps of them is in the resident sizes of the processes, which in turn
        leave out /tmp and ended children. The larger figure is stable and grows with all of them.
        """
        names = ("file", "shmem") if self.unified else ("total_cache", "total_shmem")
        cached, shared = _fields(self.memory / "memory.stat", *names)
        resident = resident_peak_bytes(self.function_processes())
        return max(self._peak_bytes() - max(0, cached - shared), resident, 0)

    def out_of_memory_kills(self) -> int:
        """How many processes the memory limit has killed."""
        name = "memory.events" if self.unified else "memory.oom_control"
        return _fields(self.memory / name, "oom_kill")[0]

    def processes(self) -> list[int]:
        """The ids of all processes in the sandbox, as this host sees them."""
        return _processes(self.memory)

    def function_processes(self) -> list[int]:
        """The ids of the processes that are the function's own, where they are told apart; else all."""
        apart = self._function_group()
        if apart is None or not apart.is_dir():
            return self.processes()
        if not self.unified:
            return _processes(apart)
        # A threaded group tells its threads alone; the first thread of a process has the process's id.
        threads = set(read_all(apart / "cgroup.threads").split())
        return [pid for pid in self.processes() if str(pid).encode() in threads]

    def set_apart(self, pids: list[int]) -> None:
        """Make these processes, and all that come from them, the ones that `limit_cpu` means.

        On v2 a group with processes may only have threaded groups below it, which share its memory. Where the
        kernel refuses that, the whole sandbox is meant.
        """
        apart = self._function_group()
        if apart is None:
            return
        with contextlib.suppress(OSError):
            apart.mkdir(exist_ok=True)
            if self.unified and not (
                _write(apart / "cgroup.type", THREADED)
                and _write(apart.parent / "cgroup.subtree_control", "+cpu")
            ):
                apart.rmdir()
                return
            for pid in pids:
                _write(apart / "cgroup.procs", str(pid))

    def limit_cpu(self, cpus: float) -> None:
        """Give the function this much CPU time, in CPUs; what one period leaves over counts in the next."""
        quota = max(CPU_QUOTA_MIN_US, int(cpus * CPU_PERIOD_US))
        if self.cpu is None:
            return
        apart = self.cpu / FUNCTION
        # No quota may be below the burst that is set: the kernel refuses it.
        if self.unified:
            folder = apart if apart.is_dir() else self.cpu
            _write(folder / "cpu.max.burst", "0")
            _write(folder / "cpu.max", f"{quota} {CPU_PERIOD_US}")
            _write(folder / "cpu.max.burst", str(quota))
        elif apart.is_dir():
            _write(apart / "cpu.cfs_burst_us", "0")
            _write(apart / "cpu.cfs_period_us", str(CPU_PERIOD_US))
            _write(apart / "cpu.cfs_quota_us", str(quota))
            _write(apart / "cpu.cfs_burst_us", str(quota))

    def limit_memory(self, megabytes: int) -> bool:
        """Set the memory limit, swap included; False where that is not allowed."""
        size = str(megabytes * MB)
        if self.unified:
            self.forbid_swap()
            return _write(self.memory / "memory.max", size)
        # The limit with swap is never below the one without: which is first depends on the direction.
        names = ["memory.limit_in_bytes", "memory.memsw.limit_in_bytes"]
        if int(size) > _number(self.memory / names[0]):
            names.reverse()
        written = [_write(self.memory / name, size) for name in names]
        return written[names.index("memory.limit_in_bytes")]

    def forbid_swap(self) -> None:
        """Let no memory be swapped on v2, where swap has a limit of its own.

        A kernel that does not count swap has no such file.
        """
        if self.unified:
            _write(self.memory / "memory.swap.max", "0")

    def freeze(self) -> bool:
        """Stop every process where it is; False where that is not allowed."""
        return self._set_frozen(True)

    def thaw(self) -> bool:
        """Let every process go on."""
        return self._set_frozen(False)

    def kill(self, within_s: float = 5.0) -> None:
        """SIGKILL to every process until none is left, frozen ones too."""
        _write(self.memory / "cgroup.kill", "1")
        end = time.monotonic() + within_s
        while (pids := self.processes()) and time.monotonic() < end:
            for pid in pids:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            self.thaw()
            time.sleep(0.002)

    def remove_function_group(self) -> None:
        """Remove the group that `set_apart` made, once its processes have ended."""
        apart = self._function_group()
        if apart is None:
            return
        end = time.monotonic() + REMOVE_WITHIN_S
        while apart.is_dir() and time.monotonic() < end:
            with contextlib.suppress(OSError):
                apart.rmdir()
                return
            time.sleep(0.002)

    def _peak_bytes(self) -> int:
        if not self.unified:
            return _number(self.memory / "memory.max_usage_in_bytes")
        # Linux before 5.19 has no memory.peak: what is used at the end of an invocation comes nearest.
        return _number(self.memory / "memory.peak") or _number(self.memory / "memory.current")

    def _function_group(self) -> Path | None:
        return None if self.cpu is None else self.cpu / FUNCTION

    def _set_frozen(self, frozen: bool) -> bool:
        if self.freezer is None:
            return False
        if self.unified:
            return _write(self.freezer / "cgroup.freeze", "1" if frozen else "0")
        return _write(self.freezer / "freezer.state", "FROZEN" if frozen else "THAWED")


def of_process(pid: int) -> Cgroup | None:
    """The groups that a process is in, None where this host's cgroup files cannot be seen."""
    try:
        lines = Path(f"/proc/{pid}/cgroup").read_text().splitlines()
    except OSError:
        return None
    folders: dict[str, Path] = {}
    for line in lines:
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            folders[controller] = ROOT / controller / path.lstrip("/")
    if "memory" in folders:
        if not folders["memory"].is_dir():
            return None
        return Cgroup(
            folders["memory"], False, _writable(folders.get("freezer")), _writable(folders.get("cpu"))
        )
    folder = folders.get("")
    while folder is not None and read_all(folder / "cgroup.type").strip() == THREADED.encode():
        folder = folder.parent
    if folder is not None and (folder / "memory.events").exists():
        return Cgroup(folder, True, _writable(folder), _writable(folder))
    return None


def _writable(folder: Path | None) -> Path | None:
    return folder if folder is not None and os.access(folder, os.W_OK) else None


def _write(path: Path, text: str) -> bool:
    # Without a file object: a warm invocation writes and reads eight of these files.
    try:
        file = os.open(path, os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        os.write(file, text.encode())
    except OSError:
        return False
    finally:
        os.close(file)
    return True


def _processes(folder: Path) -> list[int]:
    return [int(pid) for pid in read_all(folder / "cgroup.procs").split()]


def _number(path: Path) -> int:
    try:
        return int(read_all(path))
    except ValueError:
        return 0


def _fields(path: Path, *names: str) -> list[int]:
    """The numbers behind these names, 0 for those that the file does not have."""
    found = dict(line.split()[:2] for line in read_all(path).splitlines())
    return [int(found.get(name.encode(), 0)) for name in names]
