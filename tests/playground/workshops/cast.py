"""Whoever leads a workshop, and the people in it."""

from typing import Any

from django.test import Client

from playground.owner import owner_of_cookies
from playground.workshops import workshop_store
from playground.workshops.models import Participant, Workshop
from tests.workshop_plan import PLAN


class Teacher:
    """Somebody's browser, and their workshop, which is published."""

    def __init__(self, plan: dict[str, Any] | None = None) -> None:
        self.client = Client()
        self.client.get("/workshops")
        self.client.get("/")
        cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}
        self.owner = owner_of_cookies(cookies) or ""
        assert self.owner
        document = plan or PLAN
        self.workshop = workshop_store.created(self.owner, document["title"], document)
        self.workshop.proven_revision = self.workshop.revision
        self.workshop.save()
        workshop_store.published(self.workshop)
        self.path = f"/workshops/{self.workshop.pk}"

    def do(self, action: str, **fields: str) -> int:
        """Press a button of the page; gives the answer's status."""
        return self.client.post(f"{self.path}/do/{action}", fields).status_code

    def read(self) -> Workshop:
        """The workshop as it is now."""
        return Workshop.objects.get(pk=self.workshop.pk)


def join(code: str, name: str, client: Client | None = None) -> tuple[Client, str]:
    """Somebody who joins; gives their browser and their token."""
    client = client or Client()
    answer = client.post(f"/join/{code}", {"name": name})
    assert answer.status_code == 302, answer.content
    return client, answer["Location"].removeprefix("/w/")


def participant_of(name: str) -> Participant:
    """The only one of a name."""
    return Participant.objects.get(name=name)
