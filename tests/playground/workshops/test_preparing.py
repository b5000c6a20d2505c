"""A workshop is made, read in, changed, tried, copied, exported and deleted by its owner alone."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from invoker.deployment_package import DeploymentPackage
from playground.invocations.models import Invocation
from playground.invocations.purge import purge
from playground.snippets import packages
from playground.workshops import report
from playground.workshops.models import Attempt, AttemptState, Participant, Work, Workshop
from playground.workshops.runs_as import checked_as
from playground.workshops.shipped_workshops import shipped_names, shipped_workshop
from tests.playground.workshops.asking import as_participant
from tests.playground.workshops.cast import Teacher, join, participant_of
from tests.workshop_plan import CODE, PLAN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def only() -> Workshop:
    return Workshop.objects.get()


def upload(client: Client, name: str, data: bytes) -> Any:
    return client.post("/workshops/import", {"file": SimpleUploadedFile(name, data)})


def test_a_new_workshop_has_one_of_everything_and_is_good() -> None:
    client = Client()
    answer = client.post("/workshops/new")
    assert answer["Location"] == f"/workshops/{only().pk}/plan"
    assert "Greets Ada" in client.get(f"/workshops/{only().pk}/plan/text").content.decode()
    assert Client().get(answer["Location"]).status_code == 404


def test_it_goes_through_an_archive_of_plain_files_unchanged_and_without_anybody_in_it() -> None:
    teacher = Teacher()
    join(teacher.workshop.code, "Ada")
    exported = teacher.client.get(f"{teacher.path}/export.zip").content
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        assert len(archive.namelist()) > 3
        assert not any(archive.read(name) == b"Ada" for name in archive.namelist())
    other = Client()
    assert upload(other, "workshop.zip", exported).status_code == 302
    copied = Workshop.objects.exclude(pk=teacher.workshop.pk).get()
    again = other.get(f"/workshops/{copied.pk}/export.zip").content
    assert again == exported
    assert (copied.published_at, copied.proven_revision, copied.participants.count()) == (None, 0, 0)


def test_a_shipped_workshop_is_taken_from_the_page_and_all_by_one_command() -> None:
    client = Client()
    assert "Ready to be led" in client.get("/workshops").content.decode()
    assert client.post(f"/workshops/shipped/{shipped_names()[0]}").status_code == 302
    assert client.post("/workshops/shipped/nothing").status_code == 404
    taken = only()
    assert len(taken.plan["exercises"]) >= 6
    chief = User.objects.create_user("chief")
    for _ in range(2):
        call_command("load_workshops", "chief")
    titles = Workshop.objects.filter(owner=f"user:{chief.pk}").values_list("title", flat=True)
    assert sorted(titles) == sorted(shipped_workshop(name).title for name in shipped_names())
    with pytest.raises(CommandError, match="nobody"):
        call_command("load_workshops", "nobody")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b"{"),
        ("a.json", b"[]"),
        ("a.json", json.dumps({"title": "", "exercises": [{"id": "!"}]}).encode()),
        ("a.zip", b"PK\3\4 broken"),
        ("a.txt", b"\xff\xfe"),
    ],
)
def test_what_is_no_workshop_is_refused_with_every_fault(name: str, data: bytes) -> None:
    answer = upload(Client(), name, data)
    assert answer.status_code == 422
    assert 'class="fault"' in answer.content.decode()
    assert not Workshop.objects.exists()
    assert Client().post("/workshops/import").status_code == 422


def test_it_is_changed_as_json_with_faults_at_their_places_and_nothing_over_an_unseen_change() -> None:
    teacher = Teacher()
    path = f"{teacher.path}/plan/text"
    changed = {**PLAN, "title": "Warm starts"}
    bad = {**PLAN, "exercises": [{**PLAN["exercises"][0], "checks": [{"id": "x"}]}]}
    refused = teacher.client.post(path, {"plan": json.dumps(bad), "revision": "1"})
    assert refused.status_code == 422
    assert "exercises / 0 / checks / 0" in refused.content.decode()
    assert teacher.client.post(path, {"plan": json.dumps(changed), "revision": "1"}).status_code == 302
    assert (only().title, only().revision) == ("Warm starts", 2)
    assert teacher.client.post(path, {"plan": json.dumps(PLAN), "revision": "1"}).status_code == 422
    assert teacher.client.post(path, {"plan": json.dumps(PLAN), "revision": "x"}).status_code == 422
    assert only().title == "Warm starts"
    assert "Participants can join once" not in teacher.client.get(teacher.path).content.decode()


def test_a_copy_is_a_workshop_of_its_own() -> None:
    teacher = Teacher()
    join(teacher.workshop.code, "Ada")
    assert teacher.client.post(f"{teacher.path}/duplicate").status_code == 302
    copied = Workshop.objects.exclude(pk=teacher.workshop.pk).get()
    assert (copied.title, copied.owner, copied.code) == ("Cold starts", teacher.owner, "")
    assert copied.participants.count() == 0


def test_schedule_limit_and_day_of_deletion_are_set_with_faults_at_their_fields() -> None:
    teacher = Teacher()
    path = f"{teacher.path}/settings"
    day = timezone.now() + timedelta(days=10)
    good = {
        "starts_at": "2030-01-01T09:00",
        "ends_at": "2030-01-01T12:00",
        "runs_per_minute": "20",
        "delete_on": "2030-02-01",
    }
    assert teacher.client.post(path, good).status_code == 302
    one = only()
    assert (one.runs_per_minute, f"{one.delete_at:%Y-%m-%d}") == (20, "2030-02-01")
    assert 'value="2030-01-01T09:00"' in teacher.client.get(path).content.decode()
    for change in (
        {"starts_at": "yesterday"},
        {"ends_at": "2029-12-31T09:00"},
        {"runs_per_minute": "-1"},
        {"runs_per_minute": "601"},
        {"delete_on": "2030-01-01"},
        {"delete_on": "2032-01-01"},
        {"delete_on": ""},
    ):
        assert teacher.client.post(path, good | change).status_code == 422, change
    none = {"starts_at": "", "ends_at": "", "runs_per_minute": "", "delete_on": f"{day:%Y-%m-%d}"}
    assert teacher.client.post(path, none).status_code == 302
    join(only().code, "Ada")
    later = {**none, "delete_on": f"{day + timedelta(days=1):%Y-%m-%d}"}
    assert "told an earlier day" in teacher.client.post(path, later).content.decode()


def taken_part(teacher: Teacher, name: str) -> Participant:
    """Somebody with work, an attempt, a test and a run of a check."""
    teacher.do("open-exercise")
    who = as_participant(*join(teacher.read().code, name))
    who.ask("PUT", "/exercises/hello/work", {"files": CODE, "revision": 0})
    person = participant_of(name)
    package = packages.store(DeploymentPackage.of_texts(CODE))
    for owner in (person.runs_as, checked_as(person.pk, False), checked_as(person.pk, True)):
        Invocation.objects.create(
            owner=owner,
            function_name="f",
            package=package,
            handler="index.handler",
            memory_size=128,
            timeout=3,
            event=b"{}",
        )
    difference: dict[str, Any] = {"way": [], "message": "=1+1 is not 2", "expected": None, "got": None}
    Attempt.objects.create(
        workshop=person.workshop,
        participant=person,
        exercise="hello",
        plan_revision=1,
        package_sha256="",
        state=AttemptState.FINISHED,
        finished_at=timezone.now(),
        failed=1,
        error="Error: no",
        results=[
            {
                "id": "ada",
                "title": "Greets Ada",
                "hidden": False,
                "passed": False,
                "interrupted": "",
                "expectations": [{"kind": "outcome", "words": "w", "difference": difference}],
            }
        ],
    )
    return person


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    assert report.harmless(text) == f"'{text}"
    assert report.harmless("a=1") == "a=1"


def test_every_check_of_every_attempt_is_taken_home() -> None:
    teacher = Teacher()
    taken_part(teacher, "=cmd()")
    told = teacher.client.get(f"{teacher.path}/attempts.csv")
    (line,) = csv.DictReader(io.StringIO(told.content.decode("utf-8-sig")))
    assert (line["participant"], line["exercise"], line["attempt"]) == ("'=cmd()", "hello", "1")
    assert (line["check"], line["result"], line["detail"]) == ("ada", "failed", "'=1+1 is not 2")
    (row,) = teacher.client.get(f"{teacher.path}/attempts.json").json()["checks"]
    assert (row["participant"], row["detail"]) == ("=cmd()", "=1+1 is not 2")
    summary = teacher.client.get(f"{teacher.path}/summary").content.decode()
    assert "Error: no" in summary
    for name in ("attempts.csv", "attempts.json", "summary"):
        assert Client().get(f"{teacher.path}/{name}").status_code == 404


def test_everything_of_everybody_is_deleted_at_once() -> None:
    teacher, other = Teacher(), Teacher()
    taken_part(teacher, "Ada")
    kept = taken_part(other, "Bob")
    assert teacher.client.post(f"{teacher.path}/delete", {"what": "participants"}).status_code == 422
    assert other.client.post(f"{teacher.path}/delete", {"sure": "yes"}).status_code == 404
    assert Participant.objects.count() == 2
    sure = {"sure": "yes", "what": "participants"}
    assert teacher.client.post(f"{teacher.path}/delete", sure).status_code == 302
    assert [one.pk for one in Participant.objects.all()] == [kept.pk]
    assert (Work.objects.count(), Attempt.objects.count(), Invocation.objects.count()) == (1, 1, 3)
    assert not teacher.read().joining
    assert teacher.client.post(f"{teacher.path}/delete", {**sure, "what": "workshop"}).status_code == 302
    assert [one.pk for one in Workshop.objects.all()] == [other.workshop.pk]


def test_data_goes_on_the_day_that_was_told_and_nobody_joins_after_it() -> None:
    teacher = Teacher()
    taken_part(teacher, "Ada")
    purge(timezone.now())
    assert Participant.objects.exists()
    Workshop.objects.update(delete_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(f"/join/{teacher.workshop.code}").status_code == 404
    call_command("purge")
    assert not Participant.objects.exists()
    assert not Attempt.objects.exists()
    assert not Invocation.objects.filter(owner__contains=":").exclude(owner__startswith="user:").exists()
    assert Workshop.objects.get().plan["title"] == "Cold starts"


@pytest.mark.parametrize(
    "path",
    ["plan", "plan/text", "settings", "export.zip", "duplicate", "prove", "delete", "wall", "summary"],
)
def test_nothing_of_somebody_elses_workshop_is_read_or_done(path: str) -> None:
    teacher, other = Teacher(), Teacher()
    before = Workshop.objects.count()
    for answer in (other.client.get(f"{teacher.path}/{path}"), other.client.post(f"{teacher.path}/{path}")):
        assert answer.status_code in {404, 405}, path
    assert Workshop.objects.count() == before


@pytest.mark.usefixtures("working")
def test_solutions_are_run_from_the_page_and_what_fails_is_told_there() -> None:
    plan = {**PLAN, "exercises": [PLAN["exercises"][0]]}
    plan["exercises"] = [{**plan["exercises"][0], "solution": {"index.ts": "export const ="}}]
    teacher = Teacher(plan)
    told = teacher.client.post(f"{teacher.path}/prove")
    assert told.status_code == 422
    assert "hello / solution / index.ts" in told.content.decode()
