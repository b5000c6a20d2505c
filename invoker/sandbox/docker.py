"""The sandbox as a Docker container, through the docker SDK."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import docker
import docker.errors
import requests.exceptions
from docker.models.containers import Container
from docker.types import Mount, Ulimit

from invoker import limits
from invoker.errors import SandboxFailure, SandboxUnavailable
from invoker.image.docker_image import ensure_image
from invoker.sandbox import cgroup, control_directory, engine_limits
from invoker.sandbox.cgroup import CPU_PERIOD_US, CPU_QUOTA_MIN_US, Cgroup
from invoker.sandbox.processes import of_the_runtime
from invoker.sandbox.protocol import SandboxSpecification

LABEL = "lambda-playground.sandbox"
USER = "993:990"
API_TIMEOUT_S = 30
STATE_EACH_S = 0.05
GVISOR = "runsc"
EngineErrors = (docker.errors.DockerException, requests.exceptions.RequestException)


class DockerSandbox:
    """One running container."""

    def __init__(self, container: Container, group: Cgroup | None, owe: Callable[[], None]) -> None:
        self._container = container
        self._group = group
        self._owe = owe
        self._paused = False
        self._removed = False
        self._telling: asyncio.Task[None] | None = None

    async def memory_peak_bytes(self) -> int:
        """See Sandbox. Without a view of the host's cgroups the engine's own figure is taken."""
        if self._group is not None:
            return self._group.memory_used_bytes()
        with contextlib.suppress(*EngineErrors):
            stats = cast(dict[str, Any], await asyncio.to_thread(self._container.stats, stream=False))
            return engine_limits.memory_used_bytes(stats.get("memory_stats", {}))
        return 0

    async def out_of_memory_kills(self) -> int:
        """See Sandbox."""
        if self._group is not None:
            return self._group.out_of_memory_kills()
        with contextlib.suppress(*EngineErrors):
            await asyncio.to_thread(self._container.reload)
            return int(self._container.attrs["State"].get("OOMKilled", False))
        return 0

    async def was_killed_from_outside(self) -> bool:
        """See Sandbox. An engine without an answer or without the container is the reason itself."""
        deadline = time.monotonic() + limits.SANDBOX_END_TIMEOUT_S
        while time.monotonic() < deadline:
            try:
                await asyncio.to_thread(self._container.reload)
            except EngineErrors:
                return True
            state = self._container.attrs["State"]
            if not state["Running"]:
                return bool(state["ExitCode"] == control_directory.KILLED_STATUS)
            await asyncio.sleep(STATE_EACH_S)
        return False

    async def set_apart(self) -> None:
        """See Sandbox."""
        if self._group is not None:
            self._group.set_apart(of_the_runtime(self._group.processes()))

    async def limit_memory(self, megabytes: int) -> None:
        """See Sandbox.

        systemd sets every limit that it knows again when it reads its units. Where the group is one of its
        own it is told of this one too, through the engine and meanwhile, as that takes its time.
        """
        if self._group is None or not self._group.limit_memory(megabytes):
            await self._tell_memory(megabytes)
        elif self._group.of_systemd:
            self._telling = asyncio.create_task(self._tell_memory(megabytes))

    async def limit_cpu(self, cpus: float) -> None:
        """See Sandbox."""
        if self._group is not None and self._group.cpu is not None:
            self._group.limit_cpu(cpus)
        else:
            quota = max(CPU_QUOTA_MIN_US, int(cpus * CPU_PERIOD_US))
            await self._through_engine(
                lambda: self._container.update(cpu_period=CPU_PERIOD_US, cpu_quota=quota)
            )

    async def freeze(self) -> None:
        """See Sandbox."""
        if self._group is None or not self._group.freeze():
            await self._through_engine(self._container.pause)
            self._paused = True

    async def thaw(self) -> None:
        """See Sandbox."""
        if self._paused:
            self._paused = False
            await self._through_engine(self._container.unpause)
        elif self._group is not None:
            if self._group.of_systemd:
                # The one limit that the engine cannot tell systemd, which takes it off as it reads its units.
                self._group.forbid_swap()
            self._group.thaw()

    async def remove(self) -> None:
        """See Sandbox. Processes are killed first, as the engine takes its time for the rest."""
        if self._removed:
            return
        self._removed = True
        if self._group is not None:
            await asyncio.to_thread(self._group.kill)
            await asyncio.to_thread(self._group.remove_function_group)
        if self._telling is not None:
            await asyncio.gather(self._telling, return_exceptions=True)
        if not await asyncio.to_thread(_removed, self._container):
            self._owe()

    async def _tell_memory(self, megabytes: int) -> None:
        size = f"{megabytes}m"
        await self._through_engine(lambda: self._container.update(mem_limit=size, memswap_limit=size))

    async def _through_engine(self, call: Callable[[], object]) -> None:
        try:
            await asyncio.to_thread(call)
        except EngineErrors as error:
            raise SandboxFailure(f"The Docker Engine could not change a sandbox: {error}") from error


class DockerProvider:
    """Starts containers of the base image. Nothing here touches the registry or the network."""

    kind = "docker"

    def __init__(
        self, client: docker.DockerClient, runtime: Path | None, image_source: str, oci_runtime: str
    ) -> None:
        self._client = client
        information = _information(client)
        if refusal := engine_limits.refusal(information):
            raise SandboxUnavailable(refusal)
        self.notice = engine_limits.notice(information)
        self._image = ensure_image(client, runtime, image_source)
        self._oci_runtime = oci_runtime or None
        self._owed: set[str] = set()
        # gVisor lets nobody write to a pipe on a read-only mount. The folder is the worker's all the same.
        self._is_gvisor = GVISOR in oci_runtime

    async def check(self) -> str:
        """See SandboxProvider. An engine that was away is rid of what it could not remove meanwhile."""
        try:
            version = await asyncio.to_thread(self._client.version)
            if self._owed:
                await asyncio.to_thread(self._sweep, set(self._owed))
        except EngineErrors as error:
            raise SandboxUnavailable(f"The Docker Engine does not answer: {error}") from error
        return f"Docker Engine {version['Version']}, image {self._image}"

    async def start(self, specification: SandboxSpecification) -> DockerSandbox:
        """See SandboxProvider."""
        starting = asyncio.ensure_future(asyncio.to_thread(self._start, specification))
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            # The thread cannot be stopped; what it starts goes again before anybody goes on.
            await asyncio.wait({starting})
            if starting.exception() is None:
                await starting.result().remove()
            raise

    async def sweep(self, sandbox_ids: list[str]) -> None:
        """See SandboxProvider."""
        await asyncio.to_thread(self._sweep, set(sandbox_ids))

    def _start(self, specification: SandboxSpecification) -> DockerSandbox:
        memory = f"{specification.memory_mb}m"
        container = None
        try:
            container = self._client.containers.create(
                self._image,
                entrypoint=["/bin/sh", f"{control_directory.MOUNT}/entry"],
                command=[],
                environment={},
                labels={LABEL: specification.sandbox_id},
                user=USER,
                # The entry script is the first process itself: how that ended tells what ended the sandbox.
                init=False,
                stop_signal="SIGKILL",
                read_only=True,
                network_mode="none",
                ipc_mode="none",
                cap_drop=["ALL"],
                security_opt=["no-new-privileges"],
                mem_limit=memory,
                memswap_limit=memory,
                pids_limit=limits.PROCESSES_MAX,
                ulimits=[
                    Ulimit(name="nofile", soft=limits.OPEN_FILES_MAX, hard=limits.OPEN_FILES_MAX),
                    Ulimit(name="core", soft=0, hard=0),
                ],
                tmpfs={
                    "/tmp": f"rw,exec,nosuid,nodev,mode=1777,size={specification.ephemeral_storage_mb}m,"  # noqa: S108
                    f"nr_inodes={specification.ephemeral_storage_mb * limits.TMP_INODES_PER_MB}"
                },
                mounts=[
                    Mount("/var/task", str(specification.task), type="bind", read_only=True),
                    Mount(
                        control_directory.MOUNT,
                        str(specification.control),
                        type="bind",
                        read_only=not self._is_gvisor,
                    ),
                ],
                log_config=docker.types.LogConfig(type="none"),
                working_dir="/var/task",
                hostname="lambda",
                runtime=self._oci_runtime,
            )
            container.start()
            container.reload()
        except EngineErrors as error:
            # The engine can have made it without being able to say so.
            if container is None or not _removed(container):
                self._owed.add(specification.sandbox_id)
            raise SandboxFailure(f"The Docker Engine could not start a sandbox: {error}") from error
        group = cgroup.of_process(container.attrs["State"]["Pid"])
        return DockerSandbox(container, group, lambda: self._owed.add(specification.sandbox_id))

    def _sweep(self, sandbox_ids: set[str]) -> None:
        left: set[str] = set()
        for container in self._client.containers.list(
            all=True, filters={"label": LABEL}, ignore_removed=True
        ):
            if container.labels.get(LABEL) in sandbox_ids:
                # What was left frozen cannot be killed by the engine.
                if group := cgroup.of_process(container.attrs["State"]["Pid"]):
                    group.kill()
                    group.remove_function_group()
                if not _removed(container):
                    left.add(container.labels[LABEL])
        self._owed -= sandbox_ids - left


def connect() -> docker.DockerClient:
    """A client of the engine that the environment names. Raises SandboxUnavailable."""
    try:
        client = docker.from_env(timeout=API_TIMEOUT_S)
        client.ping()
    except EngineErrors as error:
        raise SandboxUnavailable(f"No Docker Engine is reachable: {error}") from error
    return client


def _information(client: docker.DockerClient) -> dict[str, Any]:
    """What `docker info` tells; nothing where a proxy does not let that through."""
    try:
        return client.info()
    except EngineErrors:
        return {}


def _removed(container: Container) -> bool:
    """Whether a container is gone after up to three tries."""
    for _ in range(3):
        try:
            container.remove(force=True, v=True)
        except docker.errors.NotFound:
            return True
        except EngineErrors:
            continue
        return True
    return False
