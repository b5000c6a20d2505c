"""Control groups of v2 as plain files: this host may have v1 alone, and a kernel may lack some of them."""

import os
from pathlib import Path
from typing import Any

import pytest

from invoker.sandbox import cgroup, local_cgroup
from invoker.sandbox.cgroup import MB, Cgroup

STAT = f"anon {30 * MB}\nfile {20 * MB}\nshmem {5 * MB}\n"


@pytest.fixture
def group(tmp_path: Path) -> Cgroup:
    """A group of v2 without processes, as it is when all of them have ended."""
    files = {
        "memory.peak": f"{60 * MB}\n",
        "memory.current": f"{40 * MB}\n",
        "memory.stat": STAT,
        "memory.events": "low 0\nhigh 0\nmax 3\noom 2\noom_kill 1\noom_group_kill 0\n",
        "memory.max": "max\n",
        "cgroup.procs": "",
        "cgroup.freeze": "0\n",
        "cpu.max": "max 100000\n",
        "cpu.max.burst": "0\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return Cgroup(tmp_path, True, freezer=tmp_path, cpu=tmp_path)


def test_cached_files_do_not_count_and_what_is_in_tmp_does(group: Cgroup) -> None:
    assert group.memory_used_bytes() == 45 * MB


def test_a_kernel_without_a_peak_gives_what_is_used_now(group: Cgroup) -> None:
    (group.memory / "memory.peak").unlink()
    assert group.memory_used_bytes() == 25 * MB


def test_the_processes_own_peak_counts_where_it_is_higher(group: Cgroup) -> None:
    (group.memory / "memory.peak").unlink()
    (group.memory / "memory.current").write_text("0\n")
    (group.memory / "cgroup.procs").write_text(f"{os.getpid()}\n")
    assert group.memory_used_bytes() > 10 * MB


@pytest.mark.parametrize("text", ["0\n", f"{10 * MB}\n", "", "max\n"])
def test_the_figure_is_never_negative(group: Cgroup, text: str) -> None:
    for name in ("memory.peak", "memory.current"):
        (group.memory / name).write_text(text)
    assert group.memory_used_bytes() == 0


def test_a_group_that_has_gone_has_nothing(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    group = Cgroup(gone, True, freezer=gone, cpu=gone)
    assert (group.memory_used_bytes(), group.out_of_memory_kills(), group.processes()) == (0, 0, [])
    assert not group.freeze()
    assert not group.limit_memory(128)
    group.limit_cpu(1)
    group.kill(within_s=0.1)


def test_the_processes_that_the_limit_killed_are_counted(group: Cgroup) -> None:
    assert group.out_of_memory_kills() == 1


def test_limits_and_the_freezer_are_written_as_the_kernel_reads_them(group: Cgroup) -> None:
    assert group.limit_memory(256)
    group.limit_cpu(0.5)
    assert group.freeze()
    texts = {
        name: (group.memory / name).read_text()
        for name in ("memory.max", "cpu.max", "cpu.max.burst", "cgroup.freeze")
    }
    assert texts == {
        "memory.max": str(256 * MB),
        "cpu.max": "50000 100000",
        "cpu.max.burst": "50000",
        "cgroup.freeze": "1",
    }
    assert group.thaw()
    assert (group.memory / "cgroup.freeze").read_text() == "0"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What looks like the top of v2's groups, with this process in it."""
    for module in (cgroup, local_cgroup):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "cgroup.controllers").write_text("cpuset cpu io memory pids\n")
    (tmp_path / "cgroup.procs").write_text(f"{os.getpid()}\n")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path


def refusing(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """The first writes to files of this name fail, as the kernel's do."""
    write_text = Path.write_text
    left = [times]

    def write(path: Path, *arguments: Any, **more: Any) -> int:
        if path.name == name and left[0]:
            left[0] -= 1
            raise OSError(16, "Device or resource busy")
        return write_text(path, *arguments, **more)

    monkeypatch.setattr(Path, "write_text", write)


def test_at_the_hosts_own_root_nothing_is_moved(root: Path) -> None:
    assert local_cgroup.available()
    assert not (root / local_cgroup.SERVICE).exists()


def test_what_only_looks_like_the_root_is_left_for_a_group_of_our_own(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, "cgroup.subtree_control", times=1)
    assert local_cgroup.available()
    assert (root / local_cgroup.SERVICE / "cgroup.procs").read_text() == str(os.getpid())


def test_a_group_that_cannot_be_left_is_no_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / local_cgroup.SERVICE).write_text("in the way")
    refusing(monkeypatch, "cgroup.subtree_control", times=1)
    assert not local_cgroup.available()


def test_a_group_whose_limits_cannot_be_set_is_removed_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / local_cgroup.PARENT).mkdir()
    refusing(monkeypatch, "pids.max", times=1)
    with pytest.raises(OSError, match="busy"):
        local_cgroup.make("one", 128)
    assert list((root / local_cgroup.PARENT).iterdir()) == []
