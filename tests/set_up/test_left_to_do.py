"""Only what is missing or has changed is made again."""

from dataclasses import replace
from pathlib import Path

from invoker.image.step import Step, Task
from set_up import export_tools, frontend, plan, virtual_environment
from set_up.place import Place


def names(tasks: list[Task]) -> list[str]:
    return [task.name for task in tasks]


def stamp_packages(place: Place, testing: bool) -> None:
    """As if the packages had been installed: what is written is the stamp of the task itself."""
    (place.virtual_environment / "bin").mkdir(parents=True, exist_ok=True)
    for program in ("python", "pip"):
        (place.virtual_environment / "bin" / program).write_text("#!/bin/sh\n")
        (place.virtual_environment / "bin" / program).chmod(0o755)
    fill = virtual_environment.tasks(place, testing)[-1]
    Step(fill, place.logs).take()


def stamp_page(place: Place) -> None:
    tools = place.state / "tools/node/bin"
    tools.mkdir(parents=True, exist_ok=True)
    (tools / "npm").write_text("#!/bin/sh\nmkdir -p node_modules dist\n")
    (tools / "npm").chmod(0o755)
    for task in frontend.tasks(place):
        Step(task, place.logs).take()


def test_a_fresh_checkout_gets_environment_and_packages(place: Place) -> None:
    tasks = virtual_environment.tasks(place, testing=False)

    assert names(tasks) == ["venv", "packages"]
    assert tasks[1].title == "2 Python packages"


def test_the_packages_of_the_tests_serve_the_run_too(place: Place) -> None:
    stamp_packages(place, testing=True)

    assert virtual_environment.tasks(place, testing=False) == []
    assert virtual_environment.tasks(place, testing=True) == []


def test_the_packages_of_the_run_do_not_serve_the_tests(place: Place) -> None:
    stamp_packages(place, testing=False)

    assert virtual_environment.tasks(place, testing=False) == []
    assert names(virtual_environment.tasks(place, testing=True)) == ["packages"]


def test_a_changed_lock_file_installs_again(place: Place) -> None:
    stamp_packages(place, testing=True)
    (place.top / "requirements/runtime.lock").write_text("gamma==3\n")

    assert names(virtual_environment.tasks(place, testing=False)) == ["packages"]


def test_a_changed_source_builds_the_page_and_installs_nothing(place: Place) -> None:
    stamp_page(place)
    assert frontend.tasks(place) == []

    (place.top / "frontend/src/main.ts").write_text("export const changed = true")
    assert names(frontend.tasks(place)) == ["page"]


def test_a_changed_lock_of_the_page_installs_and_builds(place: Place) -> None:
    stamp_page(place)
    (place.top / "frontend/package-lock.json").write_text('{"changed": true}')

    assert names(frontend.tasks(place)) == ["frontend", "page"]


def test_what_a_build_leaves_in_its_folders_is_no_source(place: Place) -> None:
    stamp_page(place)
    folder: Path = place.top / "frontend"
    (folder / "dist/assets").mkdir()
    (folder / "dist/assets/main.js").write_text("built")
    (folder / "node_modules/.cache").write_text("cached")

    assert frontend.tasks(place) == []


def make_export_tools(place: Place) -> None:
    """As if they had been installed, by programs that only make what is looked for."""
    tools = place.state / "tools/node/bin"
    tools.mkdir(parents=True, exist_ok=True)
    (tools / "npm").write_text("#!/bin/sh\nmkdir node_modules\n")
    (tools / "npm").chmod(0o755)
    python = place.top / "python"
    python.write_text('#!/bin/sh\ntest "$2" = venv || exit 0\nmkdir -p "$4/bin"\ncp "$0" "$4/bin/python"\n')
    python.chmod(0o755)
    for task in export_tools.tasks(replace(place, system_python=python)):
        Step(task, place.logs).take()


def test_the_tools_of_exports_are_installed_once_and_again_when_a_lock_changes(place: Place) -> None:
    assert names(export_tools.tasks(place)) == ["sam_cli", "cdk"]
    make_export_tools(place)
    assert export_tools.tasks(place) == []

    (place.top / "requirements/exports.lock").write_text("gamma==3\n")
    assert names(export_tools.tasks(place)) == ["sam_cli"]
    (place.top / "playground/exports/tools/package-lock.json").write_text('{"changed": true}')
    assert names(export_tools.tasks(place)) == ["sam_cli", "cdk"]


def test_whoever_only_runs_the_playground_gets_none_of_them(place: Place) -> None:
    made_for_tests = {"sam_cli", "cdk"}
    assert made_for_tests.isdisjoint(names(plan.tasks(place, testing=False)))
    assert made_for_tests <= set(names(plan.tasks(place, testing=True)))
