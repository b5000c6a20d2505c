"""Programs are looked for by what they are called on the PATH, and installed only where that is ours to do."""

import fcntl
import os
import shutil
import threading
from pathlib import Path

import pytest

from invoker.image.step import Step, Task
from set_up import system_packages

LOCK = Path("/var/lib/dpkg/lock-frontend")


@pytest.fixture
def bare_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing on it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def packages(needs: list[system_packages.Need]) -> list[str]:
    return [need.package for need in needs]


@pytest.mark.usefixtures("bare_path")
def test_a_run_needs_redis_and_bubblewrap() -> None:
    missing = system_packages.missing(testing=False, builds_runtime=False, makes_environment=False)

    assert packages(missing) == ["redis-server", "bubblewrap"]


@pytest.mark.usefixtures("bare_path")
def test_compilers_are_needed_only_to_build_and_chromium_only_to_test() -> None:
    building = packages(system_packages.missing(False, True, False))
    testing = packages(system_packages.missing(True, False, False))

    assert {"cmake", "g++", "autoconf", "automake", "libtool", "mmdebstrap"} <= set(building)
    assert "chromium" not in building
    assert "chromium" in testing
    assert "cmake" not in testing


@pytest.mark.usefixtures("bare_path")
def test_postgresql_counts_off_the_path_and_is_needed_only_to_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "POSTGRESQL", tmp_path)
    assert "postgresql" in packages(system_packages.missing(True, False, False))
    assert "postgresql" not in packages(system_packages.missing(False, True, False))

    (tmp_path / "15" / "bin").mkdir(parents=True)
    (tmp_path / "15" / "bin" / "initdb").touch()
    assert "postgresql" not in packages(system_packages.missing(True, False, False))


def test_a_program_counts_wherever_it_came_from(bare_path: Path) -> None:
    for name in ("redis-server", "bwrap"):
        (bare_path / name).write_text("#!/bin/sh\n")
        (bare_path / name).chmod(0o755)

    assert system_packages.missing(False, False, False) == []


@pytest.mark.usefixtures("bare_path")
def test_elsewhere_everything_is_named_with_its_purpose_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = system_packages.missing(testing=True, builds_runtime=True, makes_environment=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    said = "\n".join(system_packages.refusals(missing))

    for need in missing:
        assert f"- {need.name} is missing ({need.purpose})." in said
        assert need.package in said


@pytest.mark.usefixtures("bare_path")
@pytest.mark.parametrize("ci", ["", "true"])
def test_the_browser_alone_is_dispensable_but_never_in_ci(monkeypatch: pytest.MonkeyPatch, ci: str) -> None:
    missing = [need for need in system_packages.missing(True, False, False) if need.package == "chromium"]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("CI", ci)

    assert bool(system_packages.refusals(missing)) == bool(ci)


def test_apt_is_waited_for_while_somebody_else_uses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        pytest.skip("apt's lock can be held by root on Debian or Ubuntu only")
    monkeypatch.setattr(system_packages, "LOCK_RETRY_S", 0.2)
    with LOCK.open("w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        waited = threading.Event()

        def install(step: Step) -> None:
            system_packages._apt(step, ["install", "--no-upgrade", "coreutils"])
            waited.set()

        step = Step(Task("system", "System packages", 0, install), tmp_path)
        installing = threading.Thread(target=step.take)
        installing.start()
        assert not waited.wait(2)
        fcntl.lockf(lock, fcntl.LOCK_UN)
        installing.join(60)

    assert waited.is_set()
    assert "Another package manager holds apt's lock" in capsys.readouterr().out
