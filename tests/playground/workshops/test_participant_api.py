"""What somebody who takes part may see, save, and bring back."""

from typing import Any

import pytest
from django.test import Client

from playground.workshops import limits
from playground.workshops.models import Participant, Work
from tests.playground.workshops.asking import Asker, as_participant
from tests.playground.workshops.cast import Teacher, join, participant_of
from tests.workshop_plan import CODE, HIDDEN, SOLVED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
LARGE_TEMPLATE = {"id": "x", "fields": {str(number): "y" * 1_000 for number in range(300)}}
MINE = {"index.mjs": "export const handler = async () => 'mine';"}


@pytest.fixture
def teacher() -> Teacher:
    teacher = Teacher()
    teacher.do("open-exercise", exercise="hello")
    return teacher


@pytest.fixture
def ada(teacher: Teacher) -> Asker:
    return as_participant(*join(teacher.workshop.code, "Ada"))


def saved(who: Asker, revision: int = 0, status: int = 200, **changes: Any) -> Any:
    body = {"files": MINE, "revision": revision, **changes}
    return who.ask("PUT", "/exercises/hello/work", body, status)


def test_the_state_tells_of_open_exercises_and_of_nobody_else(teacher: Teacher, ada: Asker) -> None:
    join(teacher.workshop.code, "Bob")
    state = ada.ask("GET")
    assert [one["id"] for one in state["exercises"]] == ["hello"]
    assert (state["title"], state["name"], state["is_locked"]) == ("Cold starts", "Ada", False)
    assert "Bob" not in str(state)
    teacher.do("open-exercise")
    assert [one["id"] for one in ada.ask("GET")["exercises"]] == ["hello", "globals"]


def test_an_exercise_shows_no_hidden_check_no_solution_and_hints_one_by_one(ada: Asker) -> None:
    exercise = ada.ask("GET", "/exercises/hello")
    assert exercise["work"]["files"] == CODE
    assert exercise["work"]["test_events"][0]["name"] == "ada"
    assert [check["title"] for check in exercise["checks"]] == ["Greets Ada", "Greets others"]
    assert HIDDEN not in str(exercise)
    assert SOLVED["index.mjs"] not in str(exercise)
    assert (exercise["hints"], exercise["hints_in_all"]) == ([], 2)
    for shown in (1, 2, 2):
        assert len(ada.ask("POST", "/exercises/hello/hints")["hints"]) == shown
    assert not Work.objects.get().started_at, "whoever looks at a hint has not begun yet"


def test_what_is_closed_is_not_found(teacher: Teacher, ada: Asker) -> None:
    for path in ("/exercises/globals", "/exercises/nothing"):
        ada.ask("GET", path, status=404)
        ada.ask("PUT", f"{path}/work", {"files": MINE}, 404)
        ada.ask("POST", f"{path}/attempts", status=404)
    saved(ada)
    teacher.do("close-exercise", exercise="hello")
    saved(ada, 1, 404)
    teacher.do("open-exercise", exercise="hello")
    assert ada.ask("GET", "/exercises/hello")["work"]["files"] == MINE


def test_work_is_kept_and_a_second_tab_writes_nothing_over_it(ada: Asker) -> None:
    first = saved(ada, environment={"STAGE": "test"}, test_events=[{"name": "one", "event": "1"}])
    assert (first["revision"], first["is_begun"]) == (1, True)
    refused = saved(ada, 0, 409, files=CODE)
    assert refused["current"]["files"] == MINE
    assert saved(ada, 1, files=CODE)["revision"] == 2
    work = ada.ask("GET", "/exercises/hello")["work"]
    assert (work["files"], work["environment"]) == (CODE, {})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"files": {"../up": ""}}, "files"),
        ({"files": {"index.mjs": "x" * (limits.WORK_BYTES_MAX + 1)}}, "files"),
        ({"files": {"index.mjs": "\0"}}, "files"),
        ({"test_events": [{"name": "a", "event": "1", "template": LARGE_TEMPLATE}]}, "files"),
        ({"revision": -1}, "revision"),
        ({"revision": True}, "revision"),
        ({"memory_size": 1}, "memory_size"),
        ({"owner": "somebody"}, "owner"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(ada: Asker, changes: dict[str, Any], field: str) -> None:
    told = ada.ask("PUT", "/exercises/hello/work", {"files": MINE, "revision": 0, **changes}, 422)
    assert {fault["field"][0] for fault in told["errors"]} == {field}
    assert not Work.objects.exists()


def test_the_starter_comes_back_and_ones_own_work_is_kept(ada: Asker) -> None:
    saved(ada)
    exercise = ada.ask("POST", "/exercises/hello/starter")
    assert exercise["work"]["files"] == CODE
    assert not exercise["work"]["is_begun"]
    (copy,) = exercise["copies"]
    saved(ada, exercise["work"]["revision"], files=SOLVED)
    restored = ada.ask("POST", "/exercises/hello/restore", {"copy_id": copy["id"]})
    assert restored["work"]["files"] == MINE
    (other,) = restored["copies"]
    assert ada.ask("POST", "/exercises/hello/restore", {"copy_id": other["id"]})["work"]["files"] == SOLVED
    ada.ask("POST", "/exercises/hello/restore", {"copy_id": copy["id"]}, 404)


def test_copies_are_kept_up_to_a_number(ada: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.workshops.work_store.COPIES_MAX", 2)
    revision = 0
    for number in range(4):
        revision = saved(ada, revision, files={"index.mjs": f"// {number}"})["revision"]
        exercise = ada.ask("POST", "/exercises/hello/starter")
        revision = exercise["work"]["revision"]
    assert len(exercise["copies"]) == 2


def test_nothing_is_taken_once_submissions_are_locked(teacher: Teacher, ada: Asker) -> None:
    saved(ada)
    teacher.do("lock")
    assert ada.ask("GET")["is_locked"]
    assert "takes nothing more" in str(saved(ada, 1, 403))
    for path in ("attempts", "starter", "hints"):
        ada.ask("POST", f"/exercises/hello/{path}", status=403)
    assert ada.ask("GET", "/exercises/hello")["work"]["files"] == MINE


def test_a_hand_keeps_its_place_in_the_line(ada: Asker) -> None:
    assert ada.ask("POST", "/hand", {"raised": True})["hand_raised_at"]
    first = participant_of("Ada").hand_raised_at
    ada.ask("POST", "/hand", {"raised": True})
    assert participant_of("Ada").hand_raised_at == first
    assert not ada.ask("POST", "/hand", {"raised": False})["hand_raised_at"]
    ada.ask("POST", "/hand", {}, 422)


def test_a_plan_that_changes_reaches_those_who_have_not_begun(teacher: Teacher, ada: Asker) -> None:
    from playground.workshops import workshop_store

    bob = as_participant(*join(teacher.workshop.code, "Bob"))
    saved(ada)
    plan = {**teacher.workshop.plan}
    plan["exercises"] = [{**plan["exercises"][0], "starter": {"files": SOLVED}}, plan["exercises"][1]]
    assert workshop_store.plan_changed(teacher.read(), "Cold starts", plan)
    assert bob.ask("GET", "/exercises/hello")["work"]["files"] == SOLVED
    assert ada.ask("GET", "/exercises/hello")["work"]["files"] == MINE


def test_nobody_reaches_anothers_work_or_gets_in_after_being_removed(teacher: Teacher, ada: Asker) -> None:
    saved(ada)
    bob = as_participant(*join(teacher.workshop.code, "Bob"))
    assert MINE["index.mjs"] not in str(bob.ask("GET", "/exercises/hello"))
    teacher.client.post(f"{teacher.path}/participants/{participant_of('Ada').pk}/remove")
    for method, path in (("GET", ""), ("GET", "/exercises/hello"), ("POST", "/exercises/hello/attempts")):
        ada.ask(method, path, status=404)
    ada.ask("POST", "/hand", {"raised": True}, 404)
    assert Participant.objects.get(name="Ada").hand_raised_at is None


def test_another_site_changes_nothing_in_a_participants_name(teacher: Teacher) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    _, token = join(teacher.workshop.code, "Ada")
    ada = as_participant(client, token)
    for path in ("starter", "hints", "attempts"):
        ada.ask("POST", f"/exercises/hello/{path}", status=403)
    ada.ask("POST", "/hand", {"raised": True}, 403)
    ada.ask("PUT", "/exercises/hello/work", {"files": MINE}, 403)
    assert not Work.objects.exists()
