"""A workshop whose exercises are all open, and a worker that runs whatever is queued while a test goes on."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection as database

from playground.invocations import tasks
from playground.invocations.models import Invocation, State
from playground.invocations.worker import Worker
from tests.playground.workshops.asking import Asker
from tests.playground.workshops.cast import Teacher

LOOK_EACH_S = 0.02


@pytest.fixture(scope="module")
def worker(redis_server: object) -> Iterator[Worker]:
    worker = Worker("workshops.dq")
    yield worker
    worker.close()


@contextmanager
def each_queued(work_off: Callable[[uuid.UUID], object]) -> Iterator[None]:
    """Do something with each invocation that is queued, until the block ends."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(LOOK_EACH_S):
            queued = Invocation.objects.filter(state=State.QUEUED).values_list("id", flat=True).first()
            if queued:
                work_off(queued)
        database.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


@pytest.fixture
def working(worker: Worker, transactional_db: None) -> Iterator[None]:
    with each_queued(lambda invocation_id: tasks.work_off(worker, invocation_id)):
        yield


@pytest.fixture
def teacher() -> Teacher:
    teacher = Teacher()
    teacher.do("open-exercise")
    return teacher


@pytest.fixture
def leads(teacher: Teacher) -> Asker:
    return Asker(teacher.client, f"/api/workshops/{teacher.workshop.pk}")
