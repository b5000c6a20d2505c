"""A workshop of a whole playground, led by one person and taken part in by others, as browsers do it."""

import json
import re
import time
from dataclasses import dataclass
from typing import Any

from tests.client import Person
from tests.workshop_plan import EXERCISE, PLAN

PROVEN_WITHIN_S = 60


@dataclass
class Participant:
    """Somebody who takes part, in a browser of their own."""

    person: Person
    token: str
    id: str = ""

    def ask(self, method: str, path: str = "", body: object = None, status: int = 200) -> Any:
        """Ask the API of participants; gives the JSON of an answer that must have this status."""
        headers = {"X-CSRFToken": self.person.http.cookies["csrftoken"], "Origin": self.person.url}
        address = f"/api/participants/{self.token}{path}"
        answer = self.person.http.request(method, address, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()


class Workshop:
    """A workshop that is published, with every exercise open."""

    exercise = EXERCISE

    def __init__(self, leads: Person, plan: dict[str, Any] | None = None) -> None:
        self.leads = leads
        made = self.form("/workshops/import", files={"file": ("plan.json", json.dumps(plan or PLAN))})
        self.id = made.rpartition("/")[2]
        self.path = f"/workshops/{self.id}"
        self.form(f"{self.path}/prove")
        give_up = time.monotonic() + PROVEN_WITHIN_S
        while "The solutions pass every check" not in leads.http.get(self.path).text:
            assert time.monotonic() < give_up, leads.http.get(self.path).text
            time.sleep(0.2)
        self.form(f"{self.path}/do/publish")
        self.form(f"{self.path}/do/open-exercise")
        self.code: str = self.wall()["workshop"]["code"]

    def form(self, path: str, files: Any = None, **fields: str) -> str:
        """Send a form; gives the address that it leads to."""
        data = {"csrfmiddlewaretoken": self.leads.http.cookies["csrftoken"], **fields}
        answer = self.leads.http.post(path, data=data, files=files, headers={"Origin": self.leads.url})
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def steer(self, **change: object) -> None:
        """Change something for all."""
        assert self.leads.post(f"/api{self.path}/steer", change).status_code == 200

    def note(self, somebody: Participant, text: str) -> None:
        """Leave a note."""
        answer = self.leads.post(f"/api{self.path}/participants/{somebody.id}/notes", {"text": text})
        assert answer.status_code == 201, answer.text

    def ask_to_show(self, attempt: str) -> None:
        """Ask whoever made an attempt whether it may be shown to all."""
        answer = self.leads.post(f"/api{self.path}/showing", {"attempt": attempt})
        assert answer.status_code == 200, answer.text

    def wall(self) -> Any:
        """Everything on the wall."""
        return self.leads.http.get(f"/api{self.path}/wall").json()

    def joined(self, name: str, browser: Person | None = None) -> Participant:
        """Somebody new. No two may have the same name here."""
        somebody = Participant(browser or Person(self.leads.url), "")
        address = f"/join/{self.code}"
        page = somebody.person.http.get(address).text
        found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, page
        data = {"csrfmiddlewaretoken": found[1], "name": name}
        headers = {"Origin": somebody.person.url}
        answer = somebody.person.http.post(address, data=data, headers=headers)
        assert answer.status_code == 302, answer.text
        somebody.token = answer.headers["Location"].rpartition("/")[2]
        somebody.id = next((row["id"] for row in self.wall()["participants"] if row["name"] == name), "")
        return somebody


def led(leads: Person) -> Workshop:
    """A workshop of this person."""
    return Workshop(leads)
