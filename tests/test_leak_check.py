"""What the check at the end of the suite tells of, and what it leaves to others."""

import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import leak_check
from tests.leak_check import LeakCheck


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> Iterator[LeakCheck]:
    monkeypatch.setattr(leak_check, "GONE_WITHIN_S", 0.5)
    check = LeakCheck()
    yield check
    check.remove()


def test_nothing_is_told_where_nothing_is_left(check: LeakCheck) -> None:
    with tempfile.TemporaryDirectory(prefix="playground-"):
        pass
    Path(tempfile.mkdtemp(prefix="a-browsers-own-"))
    assert check.leaks() == []


def test_a_process_a_folder_and_a_socket_that_are_left_are_told(check: LeakCheck) -> None:
    folder = Path(tempfile.mkdtemp(prefix="playground-"))
    with socket.socket(socket.AF_UNIX) as listener, subprocess.Popen(["sleep", "60"]) as process:
        listener.bind(str(folder / "s"))
        leaks = "\n".join(check.leaks())
        process.kill()
    assert f"process {process.pid} sleep 60" in leaks
    assert f"temporary folder {folder}" in leaks
    assert f"socket {folder / 's'}" in leaks


def test_what_others_run_is_not_told(check: LeakCheck) -> None:
    elsewhere = {**os.environ, "TMPDIR": "/tmp"}
    with subprocess.Popen(["sleep", "60"], env=elsewhere) as process:
        assert check.leaks() == []
        process.kill()


def test_the_temporary_folder_before_it_comes_back() -> None:
    before = tempfile.gettempdir()
    check = LeakCheck()
    assert tempfile.gettempdir() == str(check.folder) == os.environ["TMPDIR"]
    check.remove()
    assert tempfile.gettempdir() == before
    assert not check.folder.exists()
