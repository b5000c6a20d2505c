"""Checks are run against what a participant has saved: once, in order, and by somebody else where it was left."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.utils import timezone

from playground.invocations import admission
from playground.invocations.models import Invocation
from playground.workshops import attempt_store, checking, work_store, workshop_store
from playground.workshops.check_runs import runs_of
from playground.workshops.models import Attempt, AttemptState, Participant, Workshop
from playground.workshops.participant.exercise_view import attempt_object, exercise_object
from playground.workshops.participant.state import state_object
from playground.workshops.plans import exercise_of
from playground.workshops.wall.state import wall_object
from playground.workshops.work_store import Content
from tests.playground.workshops.asking import as_participant
from tests.playground.workshops.cast import Teacher, join
from tests.workshop_plan import CODE, HIDDEN, SOLVED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
NODE_ERROR = {"index.mjs": "export const handler = async () => { throw new RangeError('too far'); };"}


@pytest.fixture
def ada() -> Participant:
    teacher = Teacher()
    teacher.do("open-exercise")
    join(teacher.workshop.code, "Ada")
    return Participant.objects.select_related("workshop").get(name="Ada")


def what(participant: Participant, files: dict[str, str], exercise: str = "hello") -> checking.Checked:
    one = exercise_of(participant.workshop, exercise)
    assert one
    work = work_store.found(participant, exercise)
    function = work_store.function_of(work)
    content = Content(function=type(function)(files=files), test_events=())
    work_store.saved(work, content, work.revision)
    return checking.Checked(
        workshop=participant.workshop, participant=participant, exercise=one, function=content.function
    )


def checked(asked: checking.Checked) -> Attempt:
    """Run to the end."""

    async def run() -> Attempt:
        attempt = await checking.checked(asked, "192.0.2.1")
        assert isinstance(attempt, Attempt), attempt
        while checking._driven:
            await asyncio.gather(*checking._driven)
        return attempt

    attempt = async_to_sync(run)()
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.FINISHED
    return attempt


@pytest.mark.usefixtures("working")
def test_each_check_passes_or_says_what_is_otherwise_and_a_hidden_one_only_whether(ada: Participant) -> None:
    failed = checked(what(ada, CODE))
    assert (failed.passed, failed.failed, len(failed.runs)) == (0, 2, 2)
    shown = attempt_object(failed)["results"]
    assert "Hello, Ada!" in str(shown[0]["expectations"])
    assert HIDDEN in str(failed.results[1])
    assert HIDDEN not in str(shown)
    assert (shown[1]["title"], shown[1]["passed"]) == ("Greets others", False)
    passed = checked(what(ada, SOLVED))
    assert (passed.passed, passed.failed, passed.error) == (2, 0, "")
    assert passed.duration_ms
    assert [one.pk for one in ada.attempts.all()] == [failed.pk, passed.pk], "every attempt is kept"


@pytest.mark.usefixtures("working")
def test_an_attempt_tells_its_first_error_in_one_line(ada: Participant) -> None:
    assert checked(what(ada, NODE_ERROR)).error == "RangeError: too far"


@pytest.mark.usefixtures("working")
def test_a_function_that_throws_what_a_hidden_check_sends_tells_it_to_whoever_leads_alone(
    ada: Participant,
) -> None:
    tells = "export const handler = async (event) => {{ if ({}) throw new Error(event.name); }};"
    attempt = checked(what(ada, {"index.mjs": tells.format("event.name !== 'Ada'")}))
    assert HIDDEN in attempt.error
    exercise = exercise_of(ada.workshop, "hello")
    assert exercise
    seen = [state_object(ada), exercise_object(ada, exercise, work_store.found(ada, "hello"))]
    assert HIDDEN not in str(seen)
    assert HIDDEN in str(wall_object(ada.workshop))


@pytest.mark.usefixtures("working")
def test_runs_of_checks_are_read_by_nobody_and_share_no_environment_with_hidden_ones(
    ada: Participant,
) -> None:
    counting = {"index.mjs": "let n = 0; export const handler = async () => ++n;"}
    attempt = checked(what(ada, counting))
    rows = Invocation.objects.filter(pk__in=attempt.runs)
    assert sorted(row.owner for row in rows) == [f"checks:{ada.pk}", f"hidden:{ada.pk}"]
    assert {bytes(row.response) for row in rows} == {b"1"}, "each in an environment of its own"
    assert {row.address for row in rows} == {"192.0.2.1"}


@pytest.mark.usefixtures("working")
def test_whoever_presses_twice_gets_one_attempt(ada: Participant) -> None:
    asked = what(ada, CODE)

    async def twice() -> list[Any]:
        both = await asyncio.gather(checking.checked(asked, ""), checking.checked(asked, ""))
        while checking._driven:
            await asyncio.gather(*checking._driven)
        return list(both)

    first, second = async_to_sync(twice)()
    assert first.pk == second.pk
    assert Attempt.objects.count() == 1
    assert Invocation.objects.count() == 2


@pytest.mark.usefixtures("working")
def test_what_a_web_process_left_is_driven_on_without_doing_a_run_again(ada: Participant) -> None:
    asked = what(ada, SOLVED)
    attempt = checking._begun(asked, SOLVED)
    claimed = attempt_store.claimed(attempt.pk)
    assert claimed
    first = async_to_sync(checking._submitted)(
        claimed, 0, asked.exercise.checks[0], runs_of(asked.exercise.checks[0])[0], ""
    )
    # It ended here. As long as it may live nobody drives the attempt on.
    assert attempt_store.claimed(attempt.pk) is None
    assert attempt_store.left(ada) == []
    Attempt.objects.update(driven_until=timezone.now() - timedelta(seconds=1))
    assert attempt_store.left(ada) == [attempt.pk]
    async_to_sync(checking.drive)(attempt.pk)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.passed) == (AttemptState.FINISHED, 2)
    assert attempt.runs[0] == str(first)
    assert Invocation.objects.count() == 2
    assert not attempt_store.finished(attempt, [], "", None), "it is finished once"


def test_a_plan_that_changes_meanwhile_ends_the_attempt_with_a_sentence(ada: Participant) -> None:
    attempt = checking._begun(what(ada, CODE), CODE)
    Workshop.objects.update(revision=2)
    async_to_sync(checking.drive)(attempt.pk)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.interrupted) == (AttemptState.FINISHED, 2)
    assert attempt.results[0]["interrupted"] == checking.CHANGED


def test_attempts_are_kept_up_to_a_number(ada: Participant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempt_store, "ATTEMPTS_PER_EXERCISE_MAX", 1)
    checking._begun(what(ada, CODE), CODE)
    Attempt.objects.update(state=AttemptState.FINISHED)
    with pytest.raises(admission.Refused, match="as often as may be"):
        checking._begun(what(ada, CODE), CODE)


def test_code_that_does_not_compile_is_told_at_its_line() -> None:
    teacher = Teacher()
    teacher.do("open-exercise")
    ada = as_participant(*join(teacher.workshop.code, "Ada"))
    ada.ask("PUT", "/exercises/hello/work", {"files": {"index.ts": "export const ="}, "revision": 0})
    told = ada.ask("POST", "/exercises/hello/attempts", status=422)
    assert told["errors"][0]["line"] == 1
    assert not Attempt.objects.exists()


def test_dependencies_are_ranges_of_versions_in_an_attempt_too() -> None:
    teacher = Teacher()
    teacher.do("open-exercise")
    ada = as_participant(*join(teacher.workshop.code, "Ada"))
    files = {**CODE, "package.json": '{\n"dependencies": {"is-odd": "latest"}}'}
    ada.ask("PUT", "/exercises/hello/work", {"files": files, "revision": 0})
    told = ada.ask("POST", "/exercises/hello/attempts", status=422)
    assert (told["errors"][0]["field"], told["errors"][0]["line"]) == (["files", "package.json"], 2)
    assert not Attempt.objects.exists()


@pytest.mark.usefixtures("working")
def test_a_workshop_is_proven_when_every_solution_passes_its_checks() -> None:
    workshop = Teacher().workshop
    Workshop.objects.update(proven_revision=0)
    for exercise in ("hello", "globals"):
        assert Workshop.objects.get().proven_revision == 0
        one = exercise_of(workshop, exercise)
        assert one
        checked(checking.Checked(workshop=workshop, participant=None, exercise=one, function=one.solved()))
    assert Workshop.objects.get().proven_revision == workshop.revision
    one = exercise_of(workshop, "hello")
    assert one
    checked(checking.Checked(workshop=workshop, participant=None, exercise=one, function=one.starter))
    assert [one.failed for one in attempt_store.of_solutions(workshop) if one.exercise == "hello"] == [2]
    workshop_store.proven_if_all(workshop)
