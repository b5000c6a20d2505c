"""Whose an engine's folder is, whenever somebody looks."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from invoker.sandbox.workspace import LOCK, EngineFolder, abandoned


def test_a_sweep_leaves_alone_a_folder_that_is_just_being_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[object] = []
    sweep = threading.Thread(target=lambda: found.extend(abandoned(tmp_path)))
    real_open = os.open

    def open_while_a_sweep_comes(path: Any, *arguments: Any, **more: Any) -> int:
        if Path(path).name == LOCK and threading.current_thread() is not sweep:
            sweep.start()
            # A sweep that does not wait its turn is over by then.
            sweep.join(0.5)
        return real_open(path, *arguments, **more)

    monkeypatch.setattr(os, "open", open_while_a_sweep_comes)
    folder = EngineFolder(tmp_path)
    sweep.join()
    assert found == []
    monkeypatch.undo()
    folder.remove()


def test_a_folder_is_its_engines_until_that_is_gone(tmp_path: Path) -> None:
    folder = EngineFolder(tmp_path)
    (folder.path / "sandbox").mkdir()
    assert abandoned(tmp_path) == []
    # As the kernel does for a process that was killed.
    os.close(folder._lock)
    assert abandoned(tmp_path) == [(folder.path, ["sandbox"])]


def test_a_folder_whose_engine_was_killed_before_it_was_locked_is_found(tmp_path: Path) -> None:
    (tmp_path / "sandboxes" / "one").mkdir(parents=True)
    assert abandoned(tmp_path) == [(tmp_path / "sandboxes" / "one", [])]


def test_where_no_engine_ever_was_nothing_is_abandoned(tmp_path: Path) -> None:
    assert abandoned(tmp_path) == []
