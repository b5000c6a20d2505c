"""Control groups, those of v2 as plain files: this host may have v1 alone, and a kernel may lack some of them."""

import os
import threading
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
        "memory.swap.max": "max\n",
        "cgroup.subtree_control": "",
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
        for name in ("memory.max", "memory.swap.max", "cpu.max", "cpu.max.burst", "cgroup.freeze")
    }
    assert texts == {
        "memory.max": str(256 * MB),
        "memory.swap.max": "0",
        "cpu.max": "50000 100000",
        "cpu.max.burst": "50000",
        "cgroup.freeze": "1",
    }
    assert group.thaw()
    assert (group.memory / "cgroup.freeze").read_text() == "0"


@pytest.fixture
def function_group(group: Cgroup) -> Path:
    """The folder below with the files that the kernel makes in it."""
    folder = group.memory / cgroup.FUNCTION
    folder.mkdir()
    files = ("cgroup.type", "cgroup.procs", "cgroup.threads", "cpu.max", "cpu.max.burst")
    for name in files:
        (folder / name).touch()
    return folder


def test_the_share_is_of_the_function_alone(group: Cgroup, function_group: Path) -> None:
    group.set_apart([os.getpid()])
    group.limit_cpu(0.5)
    assert (group.memory / "cgroup.subtree_control").read_text() == "+cpu"
    texts = {path.name: path.read_text() for path in function_group.iterdir()}
    assert texts == {
        "cgroup.type": "threaded",
        "cgroup.procs": str(os.getpid()),
        "cgroup.threads": "",
        "cpu.max": "50000 100000",
        "cpu.max.burst": "50000",
    }
    assert (group.memory / "cpu.max").read_text() == "max 100000\n"


def test_the_function_s_processes_are_told_by_their_first_threads(
    group: Cgroup, function_group: Path
) -> None:
    (group.memory / "cgroup.procs").write_text("10\n20\n30\n")
    (function_group / "cgroup.threads").write_text("20\n21\n30\n")
    assert group.function_processes() == [20, 30]


def test_where_the_kernel_has_no_threaded_groups_the_share_is_of_the_whole_sandbox(group: Cgroup) -> None:
    group.set_apart([os.getpid()])
    assert not (group.memory / cgroup.FUNCTION).exists()
    group.limit_cpu(0.5)
    assert (group.memory / "cpu.max").read_text() == "50000 100000"


@pytest.mark.parametrize("name", ["system.slice/docker-1.scope", "lambda-playground/one"])
def test_the_sandbox_of_a_function_s_process_is_the_group_above_the_threaded_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(cgroup, "ROOT", tmp_path)
    sandbox = tmp_path / name
    (sandbox / cgroup.FUNCTION).mkdir(parents=True)
    (sandbox / "cgroup.type").write_text("domain threaded\n")
    (sandbox / "memory.events").touch()
    (sandbox / cgroup.FUNCTION / "cgroup.type").write_text("threaded\n")
    monkeypatch.setattr(Path, "read_text", lambda _: f"0::/{name}/{cgroup.FUNCTION}\n")
    group = cgroup.of_process(1)
    assert group == Cgroup(sandbox, True, freezer=sandbox, cpu=sandbox)
    assert group.of_systemd == name.endswith(".scope")


def test_a_group_whose_processes_take_their_time_to_end_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    function = folder / cgroup.FUNCTION
    function.mkdir(parents=True)
    # A folder with something in it cannot be removed, as a group with processes in it cannot.
    (function / "process").touch()
    ending = threading.Timer(1.5, (function / "process").unlink)
    ending.start()
    local_cgroup.LocalCgroup((folder,), Cgroup(folder, True, freezer=folder, cpu=folder)).remove()
    ending.join()
    assert not folder.exists()


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
    assert local_cgroup.obstacle() == ""
    assert not (root / local_cgroup.SERVICE).exists()


def test_what_only_looks_like_the_root_is_left_for_a_group_of_our_own(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, "cgroup.subtree_control", times=1)
    assert local_cgroup.obstacle() == ""
    assert (root / local_cgroup.SERVICE / "cgroup.procs").read_text() == str(os.getpid())


def test_a_group_that_cannot_be_left_is_no_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / local_cgroup.SERVICE).write_text("in the way")
    refusing(monkeypatch, "cgroup.subtree_control", times=1)
    assert local_cgroup.obstacle() == (
        f"the control group {root} cannot hand on its controllers, as it has processes of others"
    )


def test_processes_that_start_meanwhile_are_moved_as_well(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, "cgroup.subtree_control", times=3)
    assert local_cgroup.obstacle() == ""


def test_a_kernel_without_the_memory_controller_is_named(root: Path) -> None:
    (root / "cgroup.controllers").write_text("cpuset cpu io pids\n")
    assert local_cgroup.obstacle() == (
        "the kernel was started without the controller of memory (see cgroup_enable)"
    )


@pytest.fixture
def delegated(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A group below the root that this user, who is not root, may have been given."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    group = root / "user.slice" / "session.scope"
    group.mkdir(parents=True)
    (group / "cgroup.procs").write_text(f"{os.getpid()}\n")
    read_text = Path.read_text

    def read(path: Path, *arguments: Any, **more: Any) -> str:
        if path == Path("/proc/self/cgroup"):
            return "0::/user.slice/session.scope\n"
        return read_text(path, *arguments, **more)

    monkeypatch.setattr(Path, "read_text", read)
    return group


def test_controllers_that_the_group_was_not_handed_are_named(delegated: Path) -> None:
    (delegated / "cgroup.controllers").write_text("cpu\n")
    assert local_cgroup.obstacle() == (
        f"the control group {delegated} was not handed the controller of memory and pids"
    )


def test_a_group_of_somebody_else_is_named(delegated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert local_cgroup.obstacle() == f"no control group can be made in {delegated}"


def test_beside_v1_the_controllers_are_v1_s(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "cgroup.controllers").unlink()
    (root / "unified").mkdir()
    (root / "unified" / "cgroup.controllers").write_text("\n")
    for controller in local_cgroup.NEEDED:
        (root / controller).mkdir()
    assert not local_cgroup.is_unified()
    assert local_cgroup.obstacle() == ""
    (root / "memory" / local_cgroup.PARENT).rmdir()
    (root / "memory").rmdir()
    assert local_cgroup.obstacle() == f"no control group can be made in {root / 'memory'}"


def test_a_group_whose_limits_cannot_be_set_is_removed_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / local_cgroup.PARENT).mkdir()
    refusing(monkeypatch, "pids.max", times=1)
    with pytest.raises(OSError, match="busy"):
        local_cgroup.make("one", 128)
    assert list((root / local_cgroup.PARENT).iterdir()) == []
