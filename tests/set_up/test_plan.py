"""The plan is carried out in its order, at once where it can be, and stops at the first failure."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from invoker.image.step import Step, StepFailed, Task
from set_up import plan


def task(name: str, act: Callable[[Step], object], *after: str) -> Task:
    return Task(name, name, 0, lambda step: (act(step), None)[1], frozenset(after))


def test_a_task_waits_for_those_before_it(tmp_path: Path) -> None:
    order: list[str] = []
    tasks = [
        task("third", lambda _: order.append("third"), "second", "not planned"),
        task("second", lambda _: order.append("second"), "first"),
        task("first", lambda _: order.append("first")),
    ]

    assert plan.execute(tasks, tmp_path) == []
    assert order == ["first", "second", "third"]


def test_tasks_that_need_nothing_of_each_other_run_at_once(tmp_path: Path) -> None:
    both_are_here = threading.Barrier(2, timeout=5)

    assert plan.execute([task(name, lambda _: both_are_here.wait()) for name in "ab"], tmp_path) == []


def test_a_failure_stops_what_runs_and_starts_nothing_more(tmp_path: Path) -> None:
    ran: list[str] = []

    def fail(_: Step) -> None:
        time.sleep(0.3)
        raise StepFailed("the disk is full")

    tasks = [
        task("long", lambda step: step.run(["sh", "-c", "sleep 60 & wait"])),
        task("failing", fail),
        task("later", lambda _: ran.append("later"), "failing"),
    ]
    began = time.monotonic()

    assert plan.execute(tasks, tmp_path) == ["the disk is full"]
    assert time.monotonic() - began < 10
    assert ran == []
