"""The sandbox without an engine: bubblewrap and cgroups on this host, meant for one's own code."""

import asyncio
import contextlib
import os
import shutil
import signal
from pathlib import Path

from invoker import limits
from invoker.errors import SandboxFailure, SandboxUnavailable
from invoker.sandbox import bubblewrap, control_directory, local_cgroup, seccomp
from invoker.sandbox.cgroup import Cgroup
from invoker.sandbox.local_cgroup import LocalCgroup
from invoker.sandbox.processes import descendants, of_the_runtime, resident_peak_bytes
from invoker.sandbox.protocol import SandboxSpecification

UNENFORCEABLE = ("memory", "processes")
NOTICE = (
    "The local sandbox is meant for your own code: it shares this machine's kernel, without a Docker Engine."
)


class LocalSandbox:
    """One bubblewrap process and everything below it."""

    def __init__(self, process: asyncio.subprocess.Process, group: LocalCgroup | None) -> None:
        self._process = process
        self._group = group
        self._removed = False

    async def memory_peak_bytes(self) -> int:
        """See Sandbox. Without a cgroup only what lives at the end is counted."""
        if self._cgroup is not None:
            return self._cgroup.memory_used_bytes()
        return resident_peak_bytes(descendants(self._process.pid))

    async def out_of_memory_kills(self) -> int:
        """See Sandbox."""
        return self._cgroup.out_of_memory_kills() if self._cgroup else 0

    async def was_killed_from_outside(self) -> bool:
        """See Sandbox."""
        try:
            async with asyncio.timeout(limits.SANDBOX_END_TIMEOUT_S):
                status = await self._process.wait()
        except TimeoutError:
            return False
        return status in {-signal.SIGKILL, control_directory.KILLED_STATUS}

    async def set_apart(self) -> None:
        """See Sandbox."""
        if self._cgroup is not None:
            self._cgroup.set_apart(of_the_runtime(self._cgroup.processes()))

    async def limit_memory(self, megabytes: int) -> None:
        """See Sandbox."""
        if self._cgroup is not None and not self._cgroup.limit_memory(megabytes):
            raise SandboxFailure("The memory limit of a sandbox could not be changed.")

    async def limit_cpu(self, cpus: float) -> None:
        """See Sandbox."""
        if self._cgroup is not None:
            self._cgroup.limit_cpu(cpus)

    async def freeze(self) -> None:
        """See Sandbox."""
        if self._cgroup is not None:
            self._cgroup.freeze()

    async def thaw(self) -> None:
        """See Sandbox."""
        if self._cgroup is not None:
            self._cgroup.thaw()

    async def remove(self) -> None:
        """See Sandbox."""
        if self._removed:
            return
        self._removed = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self.thaw()
        await self._process.wait()
        if self._group is not None:
            await asyncio.to_thread(self._group.remove)

    @property
    def _cgroup(self) -> Cgroup | None:
        return self._group.group if self._group else None


class LocalProvider:
    """Starts bubblewrap around the runtime's tree."""

    kind = "local"

    def __init__(self, runtime: Path, accept_unenforced: frozenset[str] = frozenset()) -> None:
        if shutil.which("bwrap") is None:
            raise SandboxUnavailable("The local sandbox needs bubblewrap, and there is no bwrap on the PATH.")
        seccomp.program()
        self._root = runtime / "rootfs"
        obstacle = local_cgroup.obstacle()
        self._cgroups = not obstacle
        missing = [] if self._cgroups else [name for name in UNENFORCEABLE if name not in accept_unenforced]
        if missing:
            raise SandboxUnavailable(
                f"The local sandbox cannot enforce the limits of {' and '.join(missing)} here: {obstacle}. "
                "That needs root, or a control group that is delegated to this user (with systemd: "
                "systemd-run --user --scope -p Delegate=yes make run). Start a Docker Engine, or accept it "
                "by name with "
                f"LOCAL_SANDBOX_ACCEPT_UNENFORCED={','.join(UNENFORCEABLE)}."
            )
        self.notice = NOTICE
        if not self._cgroups:
            self.notice += " The limits of memory and processes are not enforced."

    async def check(self) -> str:
        """See SandboxProvider."""
        if not (self._root / "var/lang/bin/node").exists():
            raise SandboxUnavailable(f"The runtime is missing from {self._root}; run the set-up again.")
        return "bubblewrap with cgroups" if self._cgroups else "bubblewrap without cgroups"

    async def start(self, specification: SandboxSpecification) -> LocalSandbox:
        """See SandboxProvider."""
        group = None
        system_calls = seccomp.descriptor()
        try:
            if self._cgroups:
                group = await asyncio.to_thread(
                    local_cgroup.make, specification.sandbox_id, specification.memory_mb
                )
            # From the event loop's own thread: bubblewrap dies with the thread that started it.
            process = await asyncio.create_subprocess_exec(
                "/bin/sh",
                "-c",
                bubblewrap.script(
                    self._root,
                    specification,
                    group.folders if group else (),
                    system_calls,
                    as_root=os.geteuid() == 0,
                ),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                env={"PATH": os.environ.get("PATH", os.defpath)},
                cwd="/",
                start_new_session=True,
                pass_fds=[system_calls],
            )
        except OSError as error:
            if group is not None:
                await asyncio.to_thread(group.remove)
            raise SandboxFailure(f"bubblewrap could not be started: {error}") from error
        finally:
            os.close(system_calls)
        return LocalSandbox(process, group)

    async def sweep(self, sandbox_ids: list[str]) -> None:
        """See SandboxProvider. Processes ended with their engine; their groups may be left."""
        if self._cgroups:
            for sandbox_id in sandbox_ids:
                await asyncio.to_thread(local_cgroup.existing(sandbox_id).remove)
