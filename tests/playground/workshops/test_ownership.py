"""A workshop goes where whoever leads it goes."""

import pytest

from playground.invocations.models import Invocation
from playground.workshops import participants, workshop_store
from playground.workshops.models import Participant, Workshop
from playground.workshops.runs_as import checked_as
from tests.playground.accounts.visitors import PASSWORD, Browser, owner_of_account
from tests.workshop_plan import PLAN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clean_redis")]


def led_by(browser: Browser) -> tuple[Workshop, str]:
    """A workshop that is open, and the personal link of somebody in it."""
    assert browser.owner
    workshop = workshop_store.created(browser.owner, "First steps", PLAN)
    workshop_store.joining_opened(workshop)
    joined = participants.joined(workshop, "Ada")
    assert isinstance(joined, tuple)
    return workshop, joined[1]


def test_a_workshop_comes_along_to_the_account_and_everybody_stays_in_it() -> None:
    browser = Browser()
    workshop, link = led_by(browser)
    browser.sign_up("grace")
    assert workshop_store.found(owner_of_account("grace"), workshop.pk)
    assert browser.client.get(f"/workshops/{workshop.pk}").status_code == 200
    assert participants.found(link)


def test_a_workshop_goes_with_the_account_and_everything_of_everybody_in_it() -> None:
    browser, somebody = Browser(), Browser()
    workshop, link = led_by(browser)
    browser.sign_up("grace")
    run = somebody.run()
    tried = somebody.run()
    person = Participant.objects.get()
    Invocation.objects.filter(pk=run).update(owner=person.runs_as)
    Invocation.objects.filter(pk=tried).update(owner=checked_as(workshop.pk, True))
    others = somebody.run()
    browser.form("/account/delete", password=PASSWORD)
    assert not Workshop.objects.exists()
    assert participants.found(link) is None
    assert [str(one.pk) for one in Invocation.objects.all()] == [others]
