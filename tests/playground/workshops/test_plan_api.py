"""A plan is read, saved and tried over the JSON API by whoever leads the workshop alone."""

from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.utils import timezone

from invoker import limits
from playground.workshops import checking
from playground.workshops.models import Attempt
from playground.workshops.plan import WorkshopPlan
from playground.workshops.plan_document import plan_document
from playground.workshops.plan_reader import read_plan
from tests.playground.workshops.asking import Asker
from tests.playground.workshops.cast import Teacher, join
from tests.workshop_plan import PLAN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def whole(plan: dict[str, Any]) -> dict[str, Any]:
    read = read_plan(plan)
    assert isinstance(read, WorkshopPlan)
    return plan_document(read)


def changed(**fields: object) -> dict[str, Any]:
    """The plan with another first exercise."""
    return {**PLAN, "exercises": [{**PLAN["exercises"][0], **fields}, *PLAN["exercises"][1:]]}


def ended(leads: Asker, exercise: str) -> Any:
    """What came of the solution that was tried last. The test's client has no event loop that lives on."""
    proof = leads.ask("GET", f"/exercises/{exercise}/proof")
    Attempt.objects.filter(pk=proof["id"]).update(driven_until=timezone.now())
    async_to_sync(checking.drive)(UUID(proof["id"]))
    return leads.ask("GET", f"/exercises/{exercise}/proof")


def test_what_was_read_is_saved_unchanged_and_what_was_changed_is_there(
    leads: Asker, teacher: Teacher
) -> None:
    stored = leads.ask("GET", "/plan")
    assert stored == {"revision": 1, "plan": whole(PLAN)}
    assert leads.ask("PUT", "/plan", stored) == {**stored, "revision": 2}
    plan = {**changed(title="Good day", minutes=7), "title": "Warm starts"}
    answer = leads.ask("PUT", "/plan", {"revision": 2, "plan": plan})
    assert answer == {"revision": 3, "plan": whole(plan)}
    assert leads.ask("GET", "/plan") == answer
    assert teacher.read().title == "Warm starts"


def test_over_a_change_that_was_not_seen_nothing_is_saved_and_it_is_shown(leads: Asker) -> None:
    theirs = changed(title="Theirs")
    leads.ask("PUT", "/plan", {"revision": 1, "plan": theirs})
    for revision in (1, 0, 3, -1):
        refused = leads.ask("PUT", "/plan", {"revision": revision, "plan": changed(title="Mine")}, 409)
        assert refused["current"] == {"revision": 2, "plan": whole(theirs)}
        assert refused["errors"][0]["field"] == ["revision"]
    assert leads.ask("GET", "/plan")["plan"]["exercises"][0]["title"] == "Theirs"


def test_every_fault_is_told_with_the_way_to_it(leads: Asker) -> None:
    check = {"id": "x", "title": "X", "expectations": [{"kind": "duration_below_ms", "value": "soon"}]}
    plan = {**changed(minutes=0, checks=[check], hints=[""]), "title": ""}
    told = leads.ask("PUT", "/plan", {"revision": 1, "plan": plan}, 422)
    first = ["plan", "exercises", "0"]
    assert sorted(fault["field"] for fault in told["errors"]) == [
        [*first, "checks", "0", "expectations", "0", "value"],
        [*first, "hints", "0"],
        [*first, "minutes"],
        ["plan", "title"],
    ]
    assert leads.ask("GET", "/plan")["revision"] == 1


@pytest.mark.parametrize("body", [[], {}, {"plan": PLAN}, {"revision": 1}, {"revision": "1", "plan": PLAN}])
def test_what_is_no_change_of_a_plan_is_refused(leads: Asker, body: object) -> None:
    leads.ask("PUT", "/plan", body, 422)
    assert leads.ask("GET", "/plan")["revision"] == 1


@pytest.mark.usefixtures("working")
def test_a_solution_is_tried_alone_and_hidden_checks_are_told(leads: Asker, teacher: Teacher) -> None:
    leads.ask("GET", "/exercises/hello/proof", status=404)
    begun = leads.ask("POST", "/exercises/hello/proof", status=202)
    assert (begun["revision"], begun["state"]) == (1, "running")
    proof = ended(leads, "hello")
    assert (proof["id"], proof["passed"], proof["failed"]) == (begun["id"], 2, 0)
    leads.ask("GET", "/exercises/globals/proof", status=404)

    wrong = {"index.mjs": "export const handler = async () => 1;"}
    leads.ask("PUT", "/plan", {"revision": 1, "plan": changed(solution=wrong)})
    # What was tried before the change says nothing of the plan as it is.
    leads.ask("GET", "/exercises/hello/proof", status=404)
    leads.ask("POST", "/exercises/hello/proof", status=202)
    proof = ended(leads, "hello")
    assert (proof["revision"], proof["passed"], proof["failed"]) == (2, 0, 2)
    hidden = next(one for one in proof["results"] if one["hidden"])
    assert hidden["expectations"][0]["difference"]["expected"].startswith('"Hello, marker')


@pytest.mark.usefixtures("working")
def test_the_plan_is_proven_once_the_solution_of_each_exercise_has_passed(
    leads: Asker, teacher: Teacher
) -> None:
    leads.ask("PUT", "/plan", {"revision": 1, "plan": PLAN})
    for exercise in ("hello", "globals"):
        assert teacher.read().proven_revision == 1
        leads.ask("POST", f"/exercises/{exercise}/proof", status=202)
        ended(leads, exercise)
    assert teacher.read().proven_revision == 2


def test_a_solution_that_cannot_be_compiled_is_told_at_its_file(leads: Asker) -> None:
    plan = changed(solution={"index.ts": "export const ="}, starter={"files": {"index.mjs": ""}})
    leads.ask("PUT", "/plan", {"revision": 1, "plan": plan})
    (fault,) = leads.ask("POST", "/exercises/hello/proof", status=422)["errors"]
    assert fault["field"] == ["plan", "exercises", "0", "solution", "index.ts"]
    assert fault["line"] == 1
    plan = changed(starter={"files": {"lib.ts": "export const =", "index.mjs": ""}})
    leads.ask("PUT", "/plan", {"revision": 2, "plan": plan})
    (fault,) = leads.ask("POST", "/exercises/hello/proof", status=422)["errors"]
    assert fault["field"] == ["plan", "exercises", "0", "starter", "files", "lib.ts"]


def test_markdown_is_shown_as_participants_see_it_and_harmless() -> None:
    asker = Asker(Client(), "/api/workshops")
    html = asker.ask("POST", "/markdown", {"text": "# Hi\n\n<script>alert(1)</script> [x](javascript:x)"})[
        "html"
    ]
    assert "<h4>Hi</h4>" in html
    assert "<script" not in html
    assert "<a" not in html
    most = limits.WORKSHOP_TEXT_LENGTH_MAX
    asker.ask("POST", "/markdown", {"text": "x" * most})
    bodies: list[object] = [{"text": "x" * (most + 1)}, {}, {"text": 1}, [], {"text": "", "more": 1}]
    for body in bodies:
        asker.ask("POST", "/markdown", body, 422)


def test_a_plan_is_nobody_elses(teacher: Teacher, leads: Asker) -> None:
    ada, _ = join(teacher.workshop.code, "Ada")
    for client in (Teacher().client, ada, Client()):
        asker = Asker(client, leads.path)
        asker.ask("GET", "/plan", status=404)
        asker.ask("PUT", "/plan", {"revision": 1, "plan": PLAN}, 404)
        asker.ask("POST", "/exercises/hello/proof", status=404)
        asker.ask("GET", "/exercises/hello/proof", status=404)
    leads.ask("POST", "/exercises/nothing/proof", status=404)
    assert leads.ask("GET", "/plan")["revision"] == 1
