"""What comes between a check and its result is nobody's failure: not on the page, the wall, or what is taken home."""

import asyncio
import uuid
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from invoker.events import Outcome
from playground.invocations import service
from playground.invocations.models import Invocation, State
from playground.workshops import attempt_store, checking, report
from playground.workshops.evaluation import CANCELLED, PLATFORM_FAILED
from playground.workshops.models import Attempt, AttemptState, Participant, Workshop
from playground.workshops.plans import exercise_of
from tests.playground.workshops.asking import Asker, as_participant
from tests.playground.workshops.cast import Teacher, join
from tests.playground.workshops.conftest import each_queued
from tests.workshop_plan import SOLVED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


@pytest.fixture
def ada(teacher: Teacher) -> Asker:
    ada = as_participant(*join(teacher.workshop.code, "Ada"))
    ada.ask("PUT", "/exercises/hello/work", {"files": SOLVED, "revision": 0})
    return ada


def checked() -> Attempt:
    """Ada's work is checked, by whoever works off what is queued."""

    async def run(asked: checking.Checked) -> Attempt:
        attempt = await checking.checked(asked, "192.0.2.1")
        assert isinstance(attempt, Attempt), attempt
        while checking._driven:
            await asyncio.gather(*checking._driven)
        return attempt

    ada = Participant.objects.select_related("workshop").get(name="Ada")
    exercise = exercise_of(ada.workshop, "hello")
    assert exercise
    function = exercise.solved()
    attempt = async_to_sync(run)(
        checking.Checked(workshop=ada.workshop, participant=ada, exercise=exercise, function=function)
    )
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.FINISHED
    return attempt


def come_between(invocation_id: uuid.UUID) -> None:
    """The platform fails with each run of a check that participants see; the others are cancelled."""
    owner = Invocation.objects.values_list("owner", flat=True).get(pk=invocation_id)
    outcome = Outcome.PLATFORM_ERROR if owner.startswith("checks:") else Outcome.CANCELLED
    service.finish_unrun(invocation_id, State.QUEUED, outcome, "The worker stopped.")


def cell_of(leads: Asker) -> Any:
    return leads.ask("GET", "/wall")["participants"][0]["cells"]["hello"]


def test_what_the_platform_interrupted_is_neither_passed_nor_failed(
    teacher: Teacher, leads: Asker, ada: Asker
) -> None:
    with each_queued(come_between):
        attempts = [checked() for _ in range(3)]
    for attempt in attempts:
        assert (attempt.passed, attempt.failed, attempt.interrupted, attempt.error) == (0, 0, 2, "")
        shown = ada.ask("GET", f"/attempts/{attempt.pk}")
        assert [one["interrupted"] for one in shown["results"]] == [PLATFORM_FAILED, CANCELLED]
        assert shown["interrupted"] == 2

    mine = ada.ask("GET")["exercises"][0]
    cell = cell_of(leads)
    for told in (mine, cell):
        assert (told["attempts"], told["interruptions"], told["failed_in_a_row"]) == (0, 3, 0)
        assert (told["is_done"], told["last"]["is_interrupted"]) == (False, True)
    figures = leads.ask("GET", "/wall")["figures"]
    assert (figures["runs"], figures["errors"]) == (0, [])

    (hello, _) = report.figures(teacher.workshop)
    assert (hello.attempts, hello.interruptions, hello.done, hello.errors) == (0, 3, 0, [])
    assert {row["result"] for row in report.rows(teacher.workshop)} == {"interrupted"}
    assert "and 3 interrupted" in teacher.client.get(f"{teacher.path}/summary").content.decode()


@pytest.mark.usefixtures("working")
def test_an_interruption_neither_breaks_nor_makes_a_row_of_failures(leads: Asker, ada: Asker) -> None:
    for change in ({"failed": 2}, {"interrupted": 2}, {"failed": 1, "passed": 1}):
        attempt = checked()
        Attempt.objects.filter(pk=attempt.pk).update(**{"passed": 0, "failed": 0, **change})
    cell = cell_of(leads)
    assert (cell["attempts"], cell["interruptions"], cell["failed_in_a_row"]) == (2, 1, 2)
    checked()
    cell = cell_of(leads)
    assert (cell["is_done"], cell["failed_in_a_row"]) == (True, 0)
    # One that was interrupted after that takes nothing back.
    Attempt.objects.filter(pk=checked().pk).update(passed=0, interrupted=2)
    assert cell_of(leads)["is_done"]


def test_an_attempt_that_cannot_go_on_says_so_at_each_check(ada: Asker) -> None:
    person = Participant.objects.select_related("workshop").get(name="Ada")
    exercise = exercise_of(person.workshop, "hello")
    assert exercise
    asked = checking.Checked(
        workshop=person.workshop, participant=person, exercise=exercise, function=exercise.solved()
    )
    attempt = checking._begun(asked, SOLVED)
    Workshop.objects.update(revision=2)
    async_to_sync(checking.drive)(attempt.pk)
    shown = ada.ask("GET", f"/attempts/{attempt.pk}")
    assert [one["interrupted"] for one in shown["results"]] == [checking.CHANGED] * 2
    assert ada.ask("GET")["exercises"][0]["last"]["is_interrupted"]


def test_nothing_is_run_for_somebody_whose_data_is_gone(ada: Asker) -> None:
    person = Participant.objects.select_related("workshop").get(name="Ada")
    exercise = exercise_of(person.workshop, "hello")
    assert exercise
    asked = checking.Checked(
        workshop=person.workshop, participant=person, exercise=exercise, function=exercise.solved()
    )
    attempt = attempt_store.claimed(checking._begun(asked, SOLVED).pk)
    assert attempt
    Participant.objects.filter(pk=person.pk).delete()
    with pytest.raises(attempt_store.Gone):
        async_to_sync(checking._run)(attempt, "")
    assert not Invocation.objects.exists()
