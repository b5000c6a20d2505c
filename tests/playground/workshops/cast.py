"""A workshop with two exercises, and the people in it."""

import json
from typing import Any

from django.test import Client

from playground.owner import owner_of_cookies
from playground.workshops import workshop_store
from playground.workshops.models import Participant, Workshop

CODE = {"index.mjs": "export const handler = async (event) => event;"}
SOLVED = {"index.mjs": "export const handler = async (event) => `Hello, ${event.name}!`;"}
HIDDEN = "marker-of-a-hidden-check"
CHECKS = [
    {
        "id": "ada",
        "title": "Greets Ada",
        "event": '{"name": "Ada"}',
        "expectations": [{"kind": "response_equals", "value": "Hello, Ada!"}],
    },
    {
        "id": "other",
        "title": "Greets others",
        "hidden": True,
        "event": json.dumps({"name": HIDDEN}),
        "expectations": [{"kind": "response_equals", "value": f"Hello, {HIDDEN}!"}],
    },
]
PLAN: dict[str, Any] = {
    "title": "Cold starts",
    "description": "What a first invocation costs.",
    "exercises": [
        {
            "id": "hello",
            "title": "Hello",
            "instructions": "Say *hello*.",
            "starter": {"files": CODE},
            "hints": ["First hint.", "Second hint."],
            "solution": SOLVED,
            "test_events": [{"name": "ada", "event": '{"name": "Ada"}'}],
            "checks": CHECKS,
        },
        {
            "id": "globals",
            "title": "Globals",
            "instructions": "Count.",
            "starter": {"files": CODE},
            "solution": SOLVED,
            "checks": CHECKS,
        },
    ],
}


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
