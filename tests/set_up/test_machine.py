"""What stands against a set-up is said before anything is written."""

import platform
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from set_up import machine
from set_up.place import Place


def test_nothing_stands_against_this_machine(place: Place) -> None:
    assert machine.refusals(place, builds=True) == []


def test_an_architecture_that_lambda_does_not_have_is_named(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")

    (refusal,) = machine.refusals(place, builds=True)

    assert "riscv64" in refusal
    assert "x86_64 and aarch64" in refusal


def test_a_full_disk_is_named_with_what_is_free(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_200_000_000))

    (refusal,) = machine.refusals(place, builds=True)

    assert "1.2 GB free" in refusal
    assert "3 GB" in refusal


def test_a_folder_that_cannot_be_written_is_named(place: Place) -> None:
    read_only = Place(Path("/proc/sys"), Path("/proc/sys/.state"), place.runtimes, place.system_python)

    assert any(
        "/proc/sys cannot be written" in refusal for refusal in machine.refusals(read_only, builds=True)
    )


def test_a_machine_where_all_is_there_may_be_full(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))

    assert machine.refusals(place, builds=False) == []


def test_the_state_folder_is_the_one_that_the_settings_read(tmp_path: Path) -> None:
    moved = Place.of_environment(tmp_path, {"PLAYGROUND_STATE": "/srv/state"})
    apart = Place.of_environment(tmp_path, {"PLAYGROUND_RUNTIME": "/srv/runtime"})

    assert moved.runtimes == Path("/srv/state/runtime")
    assert apart.state == tmp_path / ".state"
    assert apart.runtimes == Path("/srv/runtime")
