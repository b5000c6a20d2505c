"""What a playground keeps of its invocations: the rows of its database, and the pages that staff see."""

import html
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cached_property
from threading import Lock
from uuid import UUID

import httpx

from tests.client import Person
from tests.hostile.told import Told
from tests.serving import CHECKOUT, Served, serve_environment

LIST = "/admin/invocations/invocation/"
NAME = "host"
PASSWORD = "correct-horse-7-battery"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class History:
    """The history of one served playground."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._logging_in = Lock()

    def records(self, person: Person) -> list[str]:
        """The ids of everything that is kept of somebody's invocations."""
        owner = person.http.cookies["owner"].partition(":")[0]
        with closing(sqlite3.connect(f"file:{self._served.state}/db.sqlite3?mode=ro", uri=True)) as database:
            rows = database.execute(
                "SELECT id FROM invocations_invocation WHERE owner = ?", [owner]
            ).fetchall()
        return sorted(str(UUID(row[0])) for row in rows)

    def unlike_records(self, person: Person, told: Iterable[Told]) -> Iterator[str]:
        """Whether there is exactly one record of each of somebody's invocations, and none of a refusal."""
        invoked = sorted(one.invocation_id for one in told if one.invocation_id)
        kept = self.records(person)
        if kept != invoked:
            yield f"records {kept} of the invocations {invoked}"

    def unescaped(self, person: Person, told: Told, texts: Iterable[str]) -> Iterator[str]:
        """Every answer about an invocation that a browser could take some text of the function for markup in."""
        path = f"/api/invocations/{told.invocation_id}"
        for answer in (person.http.get(path + end) for end in ("", "/response", "/events")):
            kind = answer.headers["Content-Type"]
            if kind.startswith("text/") or answer.headers["X-Content-Type-Options"] != "nosniff":
                yield f"{answer.url} is {kind}"
        page = self._staff.get(f"{LIST}{told.invocation_id}/change/")
        for text in texts:
            if text in page.text or html.escape(text) not in page.text:
                yield f"{text!r} is not shown as text on {page.url} ({page.status_code})"
        listed = self._staff.get(LIST, params={"q": told.invocation_id})
        if str(told.invocation_id) not in listed.text or any(text in listed.text for text in texts):
            yield f"{listed.url} ({listed.status_code})"

    @property
    def _staff(self) -> httpx.Client:
        with self._logging_in:
            return self._logged_in

    @cached_property
    def _logged_in(self) -> httpx.Client:
        environment = serve_environment(self._served.state, self._served.port)
        command = [
            "manage.py",
            "createsuperuser",
            "--noinput",
            f"--username={NAME}",
            "--email=host@example.org",
        ]
        subprocess.run(
            [sys.executable, *command],
            cwd=CHECKOUT,
            env=environment | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD},
            check=True,
            capture_output=True,
        )
        client = httpx.Client(base_url=self._served.url, timeout=30, trust_env=False)
        form = client.get("/admin/login/")
        found = _TOKEN.search(form.text)
        assert found, form.text
        answer = client.post(
            "/admin/login/",
            data={"username": NAME, "password": PASSWORD, "csrfmiddlewaretoken": found[1], "next": LIST},
            headers={"Referer": self._served.url, "Origin": self._served.url},
        )
        assert answer.headers.get("Location") == LIST, answer.text
        return client
