"""How people get into a workshop with a code and a name, stay in, and are taken out."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from playground.workshops import join_limit, limits, workshop_store
from playground.workshops.join_code import ALPHABET, LENGTH, new_code, typed_code
from playground.workshops.models import Participant, Workshop
from tests.playground.workshops.cast import Teacher, join, participant_of
from tests.workshop_plan import PLAN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def test_a_code_has_letters_that_cannot_be_mistaken_and_is_typed_in_any_way() -> None:
    assert not set("0O1IL") & set(ALPHABET)
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in (new_code() for _ in range(50)))
    assert typed_code(" k7qm-4x ") == "K7QM4X"
    assert typed_code("K7QM4") == typed_code("K7QM40") == typed_code("") == ""


def test_somebody_joins_with_code_and_name_alone_and_is_told_until_when_data_is_kept() -> None:
    teacher = Teacher()
    workshop = teacher.workshop
    somebody = Client()
    assert somebody.get("/join", {"code": workshop.code.lower()})["Location"] == f"/join/{workshop.code}"
    form = somebody.get(f"/join/{workshop.code}").content.decode()
    assert workshop.title in form
    assert f"{workshop.delete_at:%-d %B %Y}" in form
    _, token = join(workshop.code, "  Ada   L. ", somebody)
    page = somebody.get(f"/w/{token}")
    assert page.status_code == 200
    assert "Cold starts" in page.content.decode()
    assert participant_of("Ada L.").workshop == workshop
    assert token not in str(Participant.objects.values()), "the link is kept only as a hash"


def test_the_personal_link_opens_in_another_browser_and_nobody_elses_does() -> None:
    teacher = Teacher()
    _, token = join(teacher.workshop.code, "Ada")
    assert "Ada" in Client().get(f"/w/{token}").content.decode()
    assert Client().get(f"/w/{token[:-1]}").status_code == 404
    assert Client().get("/w/nothing").status_code == 404


def test_names_may_repeat_and_a_browser_goes_on_as_who_joined_in_it() -> None:
    code = Teacher().workshop.code
    browser, token = join(code, "Ada")
    join(code, "Ada")
    again = browser.post(f"/join/{code}", {"name": "Ada"})
    assert again["Location"] == f"/w/{token}"
    assert f"/w/{token}" in browser.get(f"/join/{code}").content.decode()
    browser.post(f"/join/{code}", {"name": "Bob", "another": "1"})
    assert sorted(Participant.objects.values_list("name", flat=True)) == ["Ada", "Ada", "Bob"]


@pytest.mark.parametrize(
    "name", ["", "   ", "x" * (limits.NAME_LENGTH_MAX + 1), "a\0b", "a\u202eb", "\u3164\u200d", "\u0301"]
)
def test_a_name_that_cannot_be_shown_is_refused_at_its_field(name: str) -> None:
    code = Teacher().workshop.code
    answer = Client().post(f"/join/{code}", {"name": name})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Participant.objects.exists()


def test_a_giant_name_is_not_sent_back() -> None:
    answer = Client().post(f"/join/{Teacher().workshop.code}", {"name": "x" * 1_000_000})
    assert answer.status_code == 422
    assert len(answer.content) < 10_000


def test_names_of_every_script_and_emoji_are_taken() -> None:
    code = Teacher().workshop.code
    for name in ("شراره نیک\u200cفر", "👩\u200d👩\u200d👧", "ﷺ", "Zoë"):
        join(code, name)
        participant_of(name)


def test_a_closed_code_and_a_changed_one_let_nobody_in_and_whoever_is_in_stays() -> None:
    teacher = Teacher()
    old = teacher.workshop.code
    _, token = join(old, "Ada")
    assert teacher.do("close-joining") == 302
    assert Client().get(f"/join/{old}").status_code == 404
    assert teacher.do("open-joining") == 302
    assert Client().get(f"/join/{old}").status_code == 200
    assert teacher.do("change-code") == 302
    new = teacher.read().code
    assert new != old
    assert Client().post(f"/join/{old}", {"name": "Eve"}).status_code == 404
    assert Client().get(f"/join/{new}").status_code == 200
    assert Client().get(f"/w/{token}").status_code == 200


def test_somebody_is_removed_by_whoever_leads_and_by_nobody_else() -> None:
    teacher, other = Teacher(), Teacher()
    _, token = join(teacher.workshop.code, "Ada")
    path = f"/participants/{participant_of('Ada').pk}/remove"
    assert other.client.post(teacher.path + path).status_code == 404
    assert other.client.post(other.path + path).status_code == 404
    assert Client().get(f"/w/{token}").status_code == 200
    assert "Ada" in teacher.client.get(teacher.path).content.decode()
    assert teacher.client.post(teacher.path + path).status_code == 302
    assert Client().get(f"/w/{token}").status_code == 404
    assert "Ada" not in teacher.client.get(teacher.path).content.decode()


def test_a_code_is_open_in_one_workshop_alone() -> None:
    first, second = Teacher().workshop, Teacher().workshop
    with pytest.raises(IntegrityError), transaction.atomic():
        Workshop.objects.filter(pk=second.pk).update(code=first.code)
    # One that was closed may come back when its code has gone to somebody else.
    workshop_store.joining_closed(first)
    Workshop.objects.filter(pk=second.pk).update(code=first.code)
    workshop_store.joining_opened(first)
    assert first.code != Workshop.objects.get(pk=second.pk).code


def test_a_workshop_takes_so_many_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.workshops.participants.PARTICIPANTS_MAX", 1)
    code = Teacher().workshop.code
    join(code, "Ada")
    assert "no more can" in Client().post(f"/join/{code}", {"name": "Bob"}).content.decode()


def test_a_class_joins_from_one_address() -> None:
    code = Teacher().workshop.code
    for number in range(40):
        somebody = Client()
        somebody.get(f"/join/{code}")
        join(code, f"laptop-{number}", somebody)


def test_who_has_used_up_the_wrong_codes_keeps_nobody_else_out() -> None:
    code = Teacher().workshop.code
    guesser = Client()
    guesser.get("/")
    tried = [guesser.get(f"/join/{new_code()}") for _ in range(limits.WRONG_CODES_PER_BROWSER_MAX + 1)]
    assert [one.status_code for one in tried] == [404] * limits.WRONG_CODES_PER_BROWSER_MAX + [429]
    assert join_limit.TRIED_IN_BROWSER in tried[-1].content.decode()
    assert guesser.get(f"/join/{code}").status_code == 429
    # At the same address, with the right code.
    assert Client().get(f"/join/{code}").status_code == 200
    join(code, "Ada")


def test_a_code_cannot_be_found_by_trying_with_ever_new_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    code = Teacher().workshop.code
    monkeypatch.setattr(join_limit, "WRONG_CODES_PER_ADDRESS_MAX", 30)
    assert {Client().get(f"/join/{new_code()}").status_code for _ in range(30)} == {404}
    # Only where somebody must be guessing is a right code refused to others, and only at this address.
    refused = Client().get(f"/join/{code}")
    assert refused.status_code == 429
    assert join_limit.TRIED_IN_NETWORK in refused.content.decode().replace("&#x27;", "'")
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"/join/{code}").status_code == 200


def test_guessing_is_hopeless() -> None:
    codes = len(ALPHABET) ** LENGTH
    tries_a_day = limits.WRONG_CODES_PER_ADDRESS_MAX * 24 * 3_600 / limits.JOIN_PERIOD_S
    assert codes / tries_a_day / 10 > 600, "days until one of ten open workshops is found"


def test_right_codes_are_never_too_many() -> None:
    code = Teacher().workshop.code
    somebody = Client()
    assert {somebody.get(f"/join/{code}").status_code for _ in range(50)} == {200}


def test_one_browser_does_not_fill_a_workshop(monkeypatch: pytest.MonkeyPatch) -> None:
    code = Teacher().workshop.code
    prankster, _ = join(code, "p0")
    for number in range(1, limits.JOINS_PER_BROWSER_MAX):
        assert prankster.post(f"/join/{code}", {"name": f"p{number}", "another": "1"}).status_code == 302
    assert prankster.post(f"/join/{code}", {"name": "", "another": "1"}).status_code == 422
    refused = prankster.post(f"/join/{code}", {"name": "one more", "another": "1"})
    assert refused.status_code == 422
    assert join_limit.JOINED_IN_BROWSER in refused.content.decode()
    join(code, "Ada")
    monkeypatch.setattr(join_limit, "JOINS_PER_ADDRESS_MAX", 3)
    assert join_limit.JOINED_IN_NETWORK in Client().post(f"/join/{code}", {"name": "Bob"}).content.decode()


def test_whoever_was_removed_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.workshops.participants.PARTICIPANTS_MAX", 1)
    teacher = Teacher()
    join(teacher.workshop.code, "prank")
    assert "no more can" in Client().post(f"/join/{teacher.workshop.code}", {"name": "Bob"}).content.decode()
    teacher.client.post(f"{teacher.path}/participants/{participant_of('prank').pk}/remove")
    join(teacher.workshop.code, "Bob")
    monkeypatch.setattr("playground.workshops.participants.REMOVED_MAX", 1)
    teacher.client.post(f"{teacher.path}/participants/{participant_of('Bob').pk}/remove")
    assert "were removed" in Client().post(f"/join/{teacher.workshop.code}", {"name": "Eve"}).content.decode()


def test_a_workshop_is_shown_to_its_owner_alone_with_code_and_qr_code() -> None:
    teacher, other = Teacher(), Teacher()
    page = teacher.client.get(teacher.path).content.decode()
    assert teacher.workshop.code in page
    assert 'alt="QR code of http://testserver/join/' in page
    drawn = teacher.client.get(f"{teacher.path}/qr.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<svg" in drawn.content
    assert re.findall(r'class="name" href="([^"]+)"', teacher.client.get("/workshops").content.decode()) == [
        teacher.path
    ]
    for path in ("", "/qr.svg"):
        assert other.client.get(teacher.path + path).status_code == 404
        assert other.client.get(f"/workshops/{uuid.uuid4()}{path}").status_code == 404
    assert other.client.post(f"{teacher.path}/do/lock").status_code == 404
    assert teacher.do("nothing") == 404


def test_nobody_is_let_in_before_the_solutions_have_passed() -> None:
    teacher = Teacher()
    Workshop.objects.filter(pk=teacher.workshop.pk).update(published_at=None, joining=False, code="")
    assert teacher.do("open-joining") == 422
    Workshop.objects.filter(pk=teacher.workshop.pk).update(revision=2)
    assert teacher.do("publish") == 422
    Workshop.objects.filter(pk=teacher.workshop.pk).update(proven_revision=2)
    assert teacher.do("publish") == 302
    assert teacher.read().joining


def test_exercises_open_and_close_one_by_one_and_all_at_once() -> None:
    teacher = Teacher()
    assert teacher.do("open-exercise", exercise="globals") == 302
    assert workshop_store.open_exercises(teacher.workshop) == {"globals"}
    teacher.do("open-exercise")
    assert workshop_store.open_exercises(teacher.workshop) == {"hello", "globals"}
    teacher.do("close-exercise", exercise="hello")
    teacher.do("close-exercise", exercise="nothing")
    assert workshop_store.open_exercises(teacher.workshop) == {"globals"}
    assert teacher.do("lock") == 302
    assert teacher.read().locked


def test_a_plan_is_changed_on_what_somebody_has_read() -> None:
    workshop = Teacher().workshop
    behind = Workshop.objects.get(pk=workshop.pk)
    assert workshop_store.plan_changed(workshop, "Other", PLAN)
    assert not workshop_store.plan_changed(behind, "Third", PLAN)
    assert (workshop.title, workshop.revision, workshop.proven_revision) == ("Other", 2, 1)
    assert workshop.delete_at > timezone.now() + timedelta(days=29)


def test_an_owner_has_so_many_workshops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop_store, "WORKSHOPS_PER_OWNER_MAX", 1)
    workshop_store.created("somebody", "One", PLAN)
    with pytest.raises(workshop_store.TooManyWorkshops):
        workshop_store.created("somebody", "Two", PLAN)
    workshop_store.created("another", "One", PLAN)
