"""The command of set-up, run as the Makefile runs it."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
NOBODY = 65534


def python_for_all() -> str:
    """An interpreter that a user without rights can start; root's own may lie in root's home."""
    here = Path(sys.executable).resolve()
    return str(here) if all(part.stat().st_mode & 0o001 for part in here.parents) else "/usr/bin/python3"


def set_up(folder: Path, *arguments: str, user: int | None = None, **environment: str) -> tuple[int, str]:
    """Run it in a checkout; gives its exit code and all that it said."""
    finished = subprocess.run(
        [python_for_all(), "-m", "set_up", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment},
        user=user,
        group=user,
        extra_groups=[] if user else None,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return finished.returncode, finished.stdout + finished.stderr


@pytest.fixture
def clone(short_folder: Path) -> Path:
    """What set-up reads of this checkout, in a folder that everybody may read."""
    short_folder.chmod(0o755)
    folder = short_folder / "clone"
    for part in ("set_up", "invoker/image", "requirements"):
        shutil.copytree(CHECKOUT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("__init__.py", "errors.py"):
        shutil.copy(CHECKOUT / "invoker" / name, folder / "invoker" / name)
    shutil.copytree(
        CHECKOUT / "playground/exports/tools",
        folder / "playground/exports/tools",
    )
    (folder / "frontend").mkdir()
    (folder / "frontend/package-lock.json").write_text("{}")
    return folder


def written(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_without_a_purpose_its_usage_is_said(clone: Path) -> None:
    assert set_up(clone) == (2, "usage: python3 -m set_up run|test\n")


def test_without_root_one_message_names_everything_and_nothing_is_written(clone: Path) -> None:
    before = written(clone)
    if os.geteuid() != 0:
        for folder in (clone, *clone.rglob("*/")):
            folder.chmod(0o555)

    code, said = set_up(clone, "test", user=NOBODY if os.geteuid() == 0 else None, PATH="/nonexistent")

    assert code == 1
    assert said.startswith("Nothing was set up, because:\n")
    assert f"{clone} cannot be written" in said
    for program in ("redis-server", "bwrap", "cmake", "g++", "autoconf", "mmdebstrap", "chromium"):
        assert f"- {program} is missing" in said
    assert "Traceback" not in said
    assert written(clone) == before


def test_an_old_python_is_told_what_is_needed(clone: Path) -> None:
    program = (
        "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_module('set_up', run_name='__main__')"
    )

    finished = subprocess.run(
        [sys.executable, "-c", program], cwd=clone, capture_output=True, text=True, timeout=30
    )

    assert finished.returncode == 1
    assert finished.stderr.startswith("The playground needs Python 3.11 or newer; this is 3.9 (")


def test_a_set_up_that_has_nothing_to_do_says_nothing_and_is_quick() -> None:
    set_up(CHECKOUT, "run")
    began = time.monotonic()

    assert set_up(CHECKOUT, "run") == (0, "")
    assert time.monotonic() - began < 1
