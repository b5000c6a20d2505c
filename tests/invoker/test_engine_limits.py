"""What a Docker Engine tells of its limits, and what is told to it where systemd keeps the control groups."""

import asyncio
from pathlib import Path
from typing import Any, cast

import docker.errors
import pytest
from docker.models.containers import Container

from invoker.errors import SandboxUnavailable
from invoker.sandbox import engine_limits
from invoker.sandbox.cgroup import MB, Cgroup
from invoker.sandbox.docker import DockerProvider, DockerSandbox

ROOTLESS = {
    "MemoryLimit": False,
    "PidsLimit": False,
    "CpuCfsQuota": False,
    "CgroupDriver": "none",
    "CgroupVersion": "2",
}


def test_an_engine_that_leaves_limits_out_is_refused_by_their_names() -> None:
    class Client:
        def info(self) -> dict[str, Any]:
            return ROOTLESS

    with pytest.raises(SandboxUnavailable, match="limits of memory and processes") as refused:
        DockerProvider(cast(docker.DockerClient, Client()), None, "auto", "")
    assert 'cgroup driver is "none", on cgroup v2' in str(refused.value)


@pytest.mark.parametrize("information", [{}, {"MemoryLimit": True, "PidsLimit": True, "CpuCfsQuota": True}])
def test_an_engine_that_enforces_them_or_tells_nothing_is_taken(information: dict[str, Any]) -> None:
    assert engine_limits.refusal(information) == ""
    assert engine_limits.notice(information) == ""


def test_missing_cpu_shares_are_told() -> None:
    assert "cannot limit CPU time" in engine_limits.notice({"CpuCfsQuota": False})


V1 = {"usage": 70, "max_usage": 90, "stats": {"total_cache": 30, "cache": 30, "rss": 40}}
V2 = {"usage": 70, "stats": {"anon": 40, "file": 30, "shmem": 10}}


@pytest.mark.parametrize(("counted", "used"), [(V1, 90), (V2, 50), ({}, 0), ({"usage": 5}, 5)])
def test_the_engine_s_figure_has_no_cached_files_in_it_where_they_are_told_apart(
    counted: dict[str, Any], used: int
) -> None:
    assert engine_limits.memory_used_bytes(counted) == used


class Recorder:
    """A container that keeps what is changed of it."""

    def __init__(self) -> None:
        self.updates: list[dict[str, object]] = []

    def update(self, **changes: object) -> None:
        self.updates.append(changes)

    def remove(self, **_: object) -> None:
        return


def told(folder: Path, container: Recorder) -> None:
    folder.mkdir()
    for name in ("memory.max", "memory.swap.max", "cgroup.freeze"):
        (folder / name).write_text("max\n")

    async def limit() -> None:
        group = Cgroup(folder, True, freezer=folder)
        sandbox = DockerSandbox(cast(Container, container), group, lambda: None)
        await sandbox.limit_memory(512)
        assert (folder / "memory.max").read_text() == str(512 * MB)
        (folder / "memory.swap.max").write_text("max\n")
        await sandbox.thaw()
        await sandbox.remove()

    asyncio.run(limit())


def test_systemd_is_told_of_a_limit_that_it_would_undo(tmp_path: Path) -> None:
    container = Recorder()
    told(tmp_path / "docker-1.scope", container)
    assert container.updates == [{"mem_limit": "512m", "memswap_limit": "512m"}]
    assert (tmp_path / "docker-1.scope" / "memory.swap.max").read_text() == "0"


def test_a_container_that_went_meanwhile_is_no_error(tmp_path: Path) -> None:
    class Gone(Recorder):
        def update(self, **_: object) -> None:
            raise docker.errors.NotFound("no such container")

    told(tmp_path / "docker-1.scope", Gone())


def test_where_nothing_would_undo_it_the_engine_is_not_asked(tmp_path: Path) -> None:
    container = Recorder()
    told(tmp_path / "docker", container)
    assert container.updates == []
