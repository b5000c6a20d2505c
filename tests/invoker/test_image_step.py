"""A step of set-up tells how far it is, and a failure in words that help."""

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from invoker.image import step as steps
from invoker.image.building import building, remove_interrupted
from invoker.image.step import Step, StepFailed, Task, in_order


def taken(logs: Path, act: Callable[[Step], object], expected_s: int = 0) -> Step:
    step = Step(Task("try", "Trying", expected_s, lambda step: (act(step), None)[1]), logs)
    step.take()
    return step


def test_it_says_how_long_it_takes_and_took(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken(tmp_path, lambda _: None, expected_s=90)

    first, last = capsys.readouterr().out.splitlines()
    assert first.endswith("] Trying (usually about 90 s)")
    assert "] Trying: done in 0." in last


def test_a_long_one_ticks_with_how_far_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "TICK_S", 0.2)
    script = "echo Collecting a; echo Collecting b; sleep 0.7"

    taken(tmp_path, lambda step: step.run(["sh", "-c", script], counting=("Collecting",), total=8))

    assert "25 %" in capsys.readouterr().out


def test_what_its_commands_print_is_given_and_logged(tmp_path: Path) -> None:
    given: list[str] = []
    taken(tmp_path, lambda step: given.append(step.run(["sh", "-c", "echo out; echo err >&2"])))

    assert given == ["out\nerr\n"]
    assert "out\nerr\n" in (tmp_path / "set-up-try.log").read_text()


def test_a_failure_shows_the_end_of_the_output_and_where_the_rest_is(tmp_path: Path) -> None:
    with pytest.raises(StepFailed) as failed:
        taken(tmp_path, lambda step: step.run(["sh", "-c", "seq 40; exit 3"]))

    assert "`sh` ended with 3" in str(failed.value)
    assert str(tmp_path / "set-up-try.log") in str(failed.value)
    assert "    40" in str(failed.value)
    assert "    20" not in str(failed.value)


@pytest.mark.parametrize(
    "said",
    [
        "Temporary failure resolving 'deb.example.org'",
        "npm error code EAI_AGAIN",
        "NewConnectionError: Failed to establish a new connection: [Errno 111] Connection refused",
    ],
)
def test_a_machine_without_network_is_told_so(tmp_path: Path, said: str) -> None:
    with pytest.raises(StepFailed, match="the network cannot be reached"):
        taken(tmp_path, lambda step: step.run(["sh", "-c", f'echo "{said}"; exit 1']))


def test_a_program_that_is_not_there_is_a_failure_and_no_crash(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="no-such-program"):
        taken(tmp_path, lambda step: step.run(["no-such-program"]))


def test_stopping_ends_the_command_and_all_that_it_started(tmp_path: Path) -> None:
    step = Step(
        Task("try", "Trying", 0, lambda step: (step.run(["sh", "-c", "sleep 4321 & wait"]), None)[1]),
        tmp_path,
    )
    failures: list[BaseException] = []

    def take() -> None:
        try:
            step.take()
        except StepFailed as failure:
            failures.append(failure)

    taking = threading.Thread(target=take)
    taking.start()
    time.sleep(0.3)
    step.stop()
    taking.join(5)

    assert [str(failure) for failure in failures] == ["Trying: stopped."]
    assert subprocess.run(["pgrep", "-f", "sleep 4321"], capture_output=True).stdout == b""


def test_steps_one_by_one_end_at_the_first_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: Step) -> None:
        raise StepFailed("broken")

    code = in_order([Task("b", "After", 0, fail, frozenset({"a"})), Task("a", "Before", 0, fail)], tmp_path)

    assert code == 1
    said = capsys.readouterr()
    assert "Before" in said.out
    assert "After" not in said.out
    assert said.err == "broken\n"


def test_a_folder_that_is_being_built_is_whole_or_not_there(tmp_path: Path) -> None:
    target = tmp_path / "made"

    def interrupted() -> None:
        with building(target) as folder:
            (folder / "half").write_text("")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []

    with building(target) as folder:
        (folder / "whole").write_text("")
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
    assert (target / "whole").exists()
    assert target.stat().st_mode & 0o777 == 0o755


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".building-made-x1/half").mkdir(parents=True)
    (tmp_path / "made").mkdir()

    remove_interrupted(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["made"]
