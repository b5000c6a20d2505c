"""Somebody's attempt is shown to all: only if they agree, without their name, as long as they let it be."""

import uuid

import pytest

from playground.workshops import participants
from playground.workshops.models import Attempt, AttemptState
from tests.playground.workshops.asking import Asker, as_participant
from tests.playground.workshops.cast import Teacher, join, participant_of
from tests.workshop_plan import HIDDEN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]
CODE = {"index.mjs": "// of somebody"}
NAME = "Ada Lovelace"


@pytest.fixture
def ada(teacher: Teacher) -> Asker:
    return as_participant(*join(teacher.workshop.code, NAME))


@pytest.fixture
def bob(teacher: Teacher) -> Asker:
    return as_participant(*join(teacher.workshop.code, "Bob"))


@pytest.fixture
def attempt(ada: Asker) -> Attempt:
    hidden = {"id": "other", "title": "Greets others", "hidden": True, "passed": False, "interrupted": ""}
    return Attempt.objects.create(
        participant=participant_of(NAME),
        workshop=participant_of(NAME).workshop,
        exercise="hello",
        plan_revision=1,
        package_sha256="",
        state=AttemptState.FINISHED,
        files=CODE,
        environment={"KEY": "hush"},
        passed=1,
        failed=1,
        results=[{**hidden, "expectations": [{"words": HIDDEN, "difference": None}]}],
    )


def test_nobody_sees_it_before_its_maker_agrees(
    leads: Asker, ada: Asker, bob: Asker, attempt: Attempt
) -> None:
    wall = leads.ask("POST", "/showing", {"attempt": str(attempt.pk)})
    told = {"attempt": str(attempt.pk), "name": NAME, "title": "Hello", "agreed": None}
    assert wall["workshop"]["showing"] == told
    assert ada.ask("GET")["asked_to_show"] == "Hello"
    assert bob.ask("GET")["asked_to_show"] is None
    assert bob.ask("GET")["shown"] is None
    for who in (leads, ada, bob):
        who.ask("GET", "/showing", status=404)
    bob.ask("POST", "/showing", {"agrees": True}, 404)


def test_what_is_shown_has_neither_name_nor_values_nor_hidden_checks(
    leads: Asker, ada: Asker, bob: Asker, attempt: Attempt
) -> None:
    leads.ask("POST", "/showing", {"attempt": str(attempt.pk)})
    assert ada.ask("POST", "/showing", {"agrees": True})["shown"]["is_mine"]
    short = {"attempt": str(attempt.pk), "title": "Hello", "is_mine": False}
    state = bob.ask("GET")
    assert state["shown"] == short
    for who in (leads, bob):
        shown = who.ask("GET", "/showing")
        assert (shown["files"], shown["passed"], shown["failed"]) == (CODE, 1, 1)
        assert [one["title"] for one in shown["results"]] == ["Greets others"]
        for secret in (NAME, HIDDEN, "hush"):
            assert secret not in str(shown) + str(state)


def test_its_maker_and_whoever_leads_take_it_back_at_any_time(
    leads: Asker, ada: Asker, bob: Asker, attempt: Attempt
) -> None:
    asked = {"attempt": str(attempt.pk)}
    leads.ask("POST", "/showing", asked)
    ada.ask("POST", "/showing", {"agrees": True})
    ada.ask("POST", "/showing", {"agrees": False})
    bob.ask("GET", "/showing", status=404)
    assert leads.ask("GET", "/wall")["workshop"]["showing"]["agreed"] is False
    leads.ask("POST", "/showing", asked)
    assert ada.ask("GET")["asked_to_show"] == "Hello", "she may be asked again"
    ada.ask("POST", "/showing", {"agrees": True})
    assert leads.ask("DELETE", "/showing")["workshop"]["showing"] is None
    bob.ask("GET", "/showing", status=404)
    ada.ask("POST", "/showing", {"agrees": True}, 404)


def test_what_somebody_showed_goes_with_them(leads: Asker, ada: Asker, bob: Asker, attempt: Attempt) -> None:
    leads.ask("POST", "/showing", {"attempt": str(attempt.pk)})
    ada.ask("POST", "/showing", {"agrees": True})
    participants.removed(participant_of(NAME))
    bob.ask("GET", "/showing", status=404)
    assert bob.ask("GET")["shown"] is None


def test_only_an_attempt_of_this_workshop_that_has_ended_can_be_shown(leads: Asker, attempt: Attempt) -> None:
    for wrong in (str(uuid.uuid4()), "attempt", ""):
        leads.ask("POST", "/showing", {"attempt": wrong}, 422)
    Attempt.objects.update(state=AttemptState.RUNNING)
    leads.ask("POST", "/showing", {"attempt": str(attempt.pk)}, 422)
    other = Teacher()
    Attempt.objects.update(state=AttemptState.FINISHED)
    theirs = Asker(other.client, f"/api/workshops/{other.workshop.pk}")
    theirs.ask("POST", "/showing", {"attempt": str(attempt.pk)}, 422)
    assert leads.ask("GET", "/wall")["workshop"]["showing"] is None
