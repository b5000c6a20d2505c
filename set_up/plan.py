"""Everything that is left to do, as data, and the one function that does it."""

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from invoker.image import compiler, runtime_tree, toolchain
from invoker.image.step import Step, StepFailed, Task
from set_up import docker_engine, export_tools, frontend, virtual_environment
from set_up.place import Place

AT_ONCE = 3


def tasks(place: Place, testing: bool) -> list[Task]:
    """What is left to do for the purpose, the longest way first; empty when all is there."""
    python = virtual_environment.tasks(place, testing)
    runtime = runtime_tree.tasks(place.state, place.runtimes, place.python)
    page = frontend.tasks(place)
    typescript = compiler.task(place.state, place.runtimes)
    exports = export_tools.tasks(place) if testing else []
    tools = toolchain.task(place.state, place.python) if runtime or page or typescript or exports else None
    left = [
        *([tools] if tools else []),
        *runtime,
        *python,
        *page,
        *([typescript] if typescript else []),
        *exports,
    ]
    engine = docker_engine.task(place) if runtime else None
    return [*left, engine] if engine else left


def builds_runtime(planned: Sequence[Task]) -> bool:
    """Whether the tools that make the runtime's tree are needed."""
    return any(task.name in {"debian", "runtime_client"} for task in planned)


def makes_environment(planned: Sequence[Task]) -> bool:
    """Whether a virtual environment is to be made."""
    return any(task.name in {"venv", "sam_cli"} for task in planned)


def execute(planned: Sequence[Task], logs: Path) -> list[str]:
    """Take every task as soon as those before it are done; gives what failed, a message each.

    A failure stops what runs and starts nothing more. An interrupt does the same and is raised.
    """
    names = {task.name for task in planned}
    waiting = list(planned)
    running: dict[Future[None], tuple[Task, Step]] = {}
    done: set[str] = set()
    failures: list[str] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            while (waiting and not failures) or running:
                if not failures:
                    for task in [each for each in waiting if each.after & names <= done]:
                        waiting.remove(task)
                        step = Step(task, logs)
                        running[pool.submit(step.take)] = task, step
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    task, _step = running.pop(future)
                    error = future.exception()
                    if error is None:
                        done.add(task.name)
                    elif isinstance(error, StepFailed):
                        if not failures:
                            failures.append(str(error))
                        _stop(running)
                    else:
                        _stop(running)
                        raise error
        except BaseException:
            _stop(running)
            raise
    return failures


def _stop(running: dict[Future[None], tuple[Task, Step]]) -> None:
    for future, (_, step) in running.items():
        future.cancel()
        step.stop()
