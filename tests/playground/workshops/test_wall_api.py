"""What whoever leads sees of everybody, and changes for all."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from invoker.deployment_package import DeploymentPackage
from playground.invocations import admission
from playground.invocations.models import Invocation
from playground.snippets import packages
from playground.workshops import run_limit
from playground.workshops.models import Attempt, AttemptState, Participant, Workshop
from playground.workshops.wall.figures import most_frequent
from tests.playground.workshops.asking import Asker, as_participant
from tests.playground.workshops.cast import Teacher, join, participant_of
from tests.workshop_plan import CODE, HIDDEN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


@pytest.fixture
def ada(teacher: Teacher) -> Asker:
    return as_participant(*join(teacher.workshop.code, "Ada"))


def attempted(person: Participant, failed: int, error: str = "", exercise: str = "hello") -> Attempt:
    return Attempt.objects.create(
        workshop=person.workshop,
        participant=person,
        exercise=exercise,
        plan_revision=1,
        package_sha256="",
        state=AttemptState.FINISHED,
        finished_at=timezone.now(),
        passed=2 - failed,
        failed=failed,
        error=error,
        duration_ms=10.0,
        results=[{"id": "other", "title": "t", "hidden": True, "passed": not failed, "difference": HIDDEN}],
    )


def ran(person: Participant, **changes: object) -> Invocation:
    package = packages.store(DeploymentPackage.of_texts(CODE))
    asked = {"function_name": "f", "package": package, "handler": "index.handler", "memory_size": 128}
    return Invocation.objects.create(owner=person.runs_as, timeout=3, event=b"{}", **asked, **changes)


def test_the_wall_has_a_row_for_everybody_and_a_cell_for_every_exercise(leads: Asker, ada: Asker) -> None:
    ada.ask("PUT", "/exercises/hello/work", {"files": CODE, "revision": 0})
    for failed in (0, 1, 2):
        attempted(participant_of("Ada"), failed, "Error: no" if failed else "")
    wall = leads.ask("GET", "/wall")
    (row,) = wall["participants"]
    cell = row["cells"]["hello"]
    assert (row["name"], row["exercise"], row["is_here"]) == ("Ada", "hello", False)
    assert (cell["attempts"], cell["failed_in_a_row"], cell["is_done"]) == (3, 2, True)
    assert (cell["last"]["failed"], cell["error"]) == (2, "Error: no")
    assert (cell["is_begun"], cell["revision"]) == (True, 1)
    assert [one["id"] for one in wall["workshop"]["exercises"]] == ["hello", "globals"]
    assert (wall["figures"]["runs"], wall["figures"]["median_ms"]) == (3, 10.0)
    assert wall["figures"]["errors"] == [{"text": "Error: no", "count": 2}]


def test_errors_that_differ_in_an_id_alone_are_one() -> None:
    ids = ("6f2c1b9e-0000-4000-8000-00000000000a", "6f2c1b9e-0000-4000-8000-00000000000b")
    told = most_frequent([f"Error: {one} is  gone" for one in ids] + ["TypeError: x"])
    assert told == [{"text": "Error: … is gone", "count": 2}, {"text": "TypeError: x", "count": 1}]


def test_code_and_runs_of_somebody_are_open_to_whoever_leads(leads: Asker, ada: Asker) -> None:
    person = participant_of("Ada")
    ada.ask("PUT", "/exercises/hello/work", {"files": {"index.mjs": "// now"}, "revision": 0})
    attempted(person, 1)
    run = ran(person)
    look = leads.ask("GET", f"/participants/{person.pk}/exercises/hello")
    assert (look["files"], look["revision"]) == ({"index.mjs": "// now"}, 1)
    assert HIDDEN in str(look["attempts"])
    assert [one["id"] for one in look["runs"]] == [str(run.pk)]
    assert leads.client.get(f"/runs/{run.pk}").status_code == 200
    assert Client().get(f"/runs/{run.pk}").status_code == 404
    leads.ask("GET", f"/participants/{person.pk}/exercises/nothing", status=404)


def test_a_note_appears_with_its_participant_alone(leads: Asker, ada: Asker, teacher: Teacher) -> None:
    bob = as_participant(*join(teacher.workshop.code, "Bob"))
    path = f"/participants/{participant_of('Ada').pk}/notes"
    leads.ask("POST", path, {"text": " Look at the event. ", "exercise": "hello"}, 201)
    (note,) = ada.ask("GET")["notes"]
    assert (note["text"], note["exercise"]) == ("Look at the event.", "hello")
    assert bob.ask("GET")["notes"] == []
    unknown = [{"text": "a", "exercise": one} for one in ("nothing", "\0", "\ud800")]
    for body in ({}, {"text": " "}, {"text": "x" * 2_001}, {"text": "a", "to": "all"}, *unknown):
        leads.ask("POST", path, body, 422)


def test_everything_is_steered_at_once_or_not_at_all(leads: Asker, ada: Asker) -> None:
    change = {"announcement": "Five minutes", "close": ["hello"], "is_locked": True, "runs_per_minute": 5}
    leads.ask("POST", "/steer", {**change, "open": ["nothing"]}, 422)
    assert ada.ask("GET")["announcements"] == []
    assert leads.ask("POST", "/steer", change)["workshop"]["is_locked"]
    state = ada.ask("GET")
    assert [one["text"] for one in state["announcements"]] == ["Five minutes"]
    assert [one["id"] for one in state["exercises"]] == ["globals"]
    assert (state["is_locked"], state["runs_per_minute"]) == (True, 5)
    leads.ask("POST", "/steer", {"runs_per_minute": None})
    assert ada.ask("GET")["runs_per_minute"] is None
    for body in ({"runs_per_minute": -1}, {"announcement": ""}, {"open": "all"}, {"x": 1}):
        leads.ask("POST", "/steer", body, 422)


def test_a_hand_is_lowered_by_whoever_has_helped(leads: Asker, ada: Asker) -> None:
    ada.ask("POST", "/hand", {"raised": True})
    assert leads.ask("GET", "/wall")["participants"][0]["hand_raised_at"]
    leads.ask("POST", f"/participants/{participant_of('Ada').pk}/lower-hand", status=204)
    assert not ada.ask("GET")["hand_raised_at"]


def test_runs_are_limited_and_stopped_for_tests_and_checks_alike(teacher: Teacher, ada: Asker) -> None:
    person = Participant.objects.select_related("workshop").get(name="Ada")
    workshops = Workshop.objects.filter(pk=teacher.workshop.pk)
    admission.admit(person.runs_as, "")
    workshops.update(runs_per_minute=2)
    ran(person)
    attempted(person, 1)
    with pytest.raises(admission.Refused, match="and 2 may be"):
        admission.admit(person.runs_as, "")
    Invocation.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    admission.admit(person.runs_as, "")
    workshops.update(runs_per_minute=0)
    with pytest.raises(admission.Refused, match="no runs"):
        admission.admit(person.runs_as, "")
    person.refresh_from_db()
    with pytest.raises(admission.Refused):
        run_limit.admit(Participant.objects.select_related("workshop").get(pk=person.pk))
    admission.admit("somebody", "")


def test_whoever_was_removed_runs_nothing_more(teacher: Teacher, ada: Asker) -> None:
    person = participant_of("Ada")
    teacher.client.post(f"{teacher.path}/participants/{person.pk}/remove")
    with pytest.raises(admission.Refused, match="no longer"):
        admission.admit(person.runs_as, "")


def test_the_wall_is_nobody_elses(teacher: Teacher, ada: Asker) -> None:
    other = Asker(Teacher().client, f"/api/workshops/{teacher.workshop.pk}")
    person = f"/participants/{participant_of('Ada').pk}"
    for asker in (other, Asker(ada.client, other.path), Asker(Client(), other.path)):
        asker.ask("GET", "/wall", status=404)
        asker.ask("GET", f"{person}/exercises/hello", status=404)
        asker.ask("POST", "/steer", {"is_locked": True}, 404)
        asker.ask("POST", f"{person}/notes", {"text": "x"}, 404)
        asker.ask("POST", f"{person}/lower-hand", status=404)
