"""The workshops that ship with the playground: each solution passes every check, each starter runs and fails one."""

import os
import re
import shutil
from collections.abc import Iterator

import pytest

from invoker.engine import Engine
from invoker.pool_settings import PoolSettings
from playground.workshops.evaluation import CheckResult
from playground.workshops.folder_writer import folder_files
from playground.workshops.markdown import html_of
from playground.workshops.plan import Exercise, ExpectationKind
from playground.workshops.plan_files import plan_of_files
from playground.workshops.shipped_workshops import FOLDER, BrokenWorkshop, shipped_names, shipped_workshop
from tests.invoker.conftest import start_engine
from tests.playground.workshops.engine_runs import checked

PLANS = {name: shipped_workshop(name) for name in shipped_names()}
EXERCISES = [
    pytest.param(exercise, id=f"{name}-{exercise.id}")
    for name, plan in PLANS.items()
    for exercise in plan.exercises
]
TIMES = {ExpectationKind.DURATION_BELOW_MS, ExpectationKind.INIT_DURATION_BELOW_MS}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on the sandbox that the suite is run with."""
    state = tmp_path_factory.mktemp("shipped-state")
    engine = start_engine(os.environ.get("SANDBOX", "auto"), state, PoolSettings(waiting=2))
    yield engine
    engine.close()
    shutil.rmtree(state)


def failures(results: list[CheckResult]) -> list[str]:
    return [
        f"{result.id}: {result.interrupted or [one.difference for one in result.expectations if not one.passed]}"
        for result in results
        if not result.passed
    ]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_solution_passes_every_check(engine: Engine, exercise: Exercise) -> None:
    owner, function = f"solution of {exercise.id}", exercise.solved()
    assert failures([checked(engine, owner, function, check) for check in exercise.checks]) == []


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_starter_runs_and_fails_a_check(engine: Engine, exercise: Exercise) -> None:
    owner = f"starter of {exercise.id}"
    results = [checked(engine, owner, exercise.starter, check) for check in exercise.checks]
    assert [result.interrupted for result in results if result.interrupted] == []
    assert not all(result.passed for result in results)
    # What a participant may see is enough to find out.
    assert not all(result.passed for result in results if not result.hidden)


def test_there_are_two_with_six_exercises_at_least() -> None:
    assert shipped_names() == ["cold-starts", "first-steps"]
    assert all(len(plan.exercises) >= 6 for plan in PLANS.values())


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_is_whole(exercise: Exercise) -> None:
    assert 150 <= len(exercise.instructions.split()) <= 350
    assert "<code" in html_of(exercise.instructions)
    assert "# Your task" in exercise.instructions
    assert 2 <= len(exercise.hints) <= 3
    assert 3 <= len(exercise.checks) <= 5
    assert any(check.hidden for check in exercise.checks)
    assert sum(not check.hidden for check in exercise.checks) >= 2
    assert exercise.test_events
    assert exercise.solved() != exercise.starter


@pytest.mark.parametrize("exercise", EXERCISES)
def test_bounds_of_time_are_generous(exercise: Exercise) -> None:
    """The suite may run on a busy machine, and forty people at once."""
    bounds = [one.value for check in exercise.checks for one in check.expectations if one.kind in TIMES]
    assert all(bound >= 10_000 for bound in bounds)


@pytest.mark.parametrize("name", shipped_names())
def test_a_folder_is_the_same_when_it_is_written_again(name: str) -> None:
    plan = PLANS[name]
    assert plan_of_files(folder_files(plan)) == plan
    paths = {
        path.relative_to(FOLDER / name).as_posix() for path in (FOLDER / name).rglob("*") if path.is_file()
    }
    assert set(folder_files(plan)) == paths


@pytest.mark.parametrize("name", shipped_names())
def test_markdown_has_headings_in_order_and_no_html(name: str) -> None:
    plan = PLANS[name]
    texts = [plan.description]
    texts += [text for one in plan.exercises for text in (one.instructions, *one.hints)]
    for text in texts:
        html = html_of(text)
        assert set(re.findall(r"<(h\d)", html)) <= {"h2"}
        assert "&lt;/" not in re.sub(r"<code.*?</code>", "", html, flags=re.DOTALL)


def test_another_name_is_no_workshop() -> None:
    with pytest.raises(KeyError):
        shipped_workshop("../shipped/first-steps")


def test_a_folder_that_is_broken_is_told_with_its_file(
    tmp_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copytree(FOLDER, f"{tmp_path}/shipped")
    broken = type(FOLDER)(copy)
    (broken / "first-steps" / "exercises" / "02-event" / "checks.json").write_text("[")
    monkeypatch.setattr("playground.workshops.shipped_workshops.FOLDER", broken)
    with pytest.raises(
        BrokenWorkshop, match=r"first-steps/exercises/02-event/checks\.json: The file is not JSON"
    ):
        shipped_workshop("first-steps")
