"""What a playground keeps of its invocations: the rows of its database, and the pages that staff see."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cached_property
from threading import Lock
from uuid import UUID

import httpx

from tests.client import Person
from tests.serving import CHECKOUT, Served, serve_environment

LIST = "/admin/invocations/invocation/"
NAME = "historian"
PASSWORD = "correct-horse-7-battery"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class History:
    """The history of one served playground."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._logging_in = Lock()

    def records(self, owner: str) -> list[str]:
        """The ids of everything that is kept of an owner's invocations."""
        with closing(sqlite3.connect(f"file:{self._served.state}/db.sqlite3?mode=ro", uri=True)) as database:
            rows = database.execute(
                "SELECT id FROM invocations_invocation WHERE owner = ?", [owner]
            ).fetchall()
        return sorted(str(UUID(row[0])) for row in rows)

    @property
    def staff(self) -> httpx.Client:
        """A client that is logged in as somebody who may see everything."""
        with self._logging_in:
            return self._logged_in

    @cached_property
    def _logged_in(self) -> httpx.Client:
        self._create_superuser()
        client = httpx.Client(base_url=self._served.url, timeout=30, trust_env=False)
        form = client.get("/admin/login/")
        found = _TOKEN.search(form.text)
        assert found, form.text
        answer = client.post(
            "/admin/login/",
            data={"username": NAME, "password": PASSWORD, "csrfmiddlewaretoken": found[1], "next": LIST},
            headers={"Origin": self._served.url},
        )
        assert answer.headers.get("Location") == LIST, answer.text
        return client

    def _create_superuser(self) -> None:
        environment = serve_environment(self._served.state, self._served.port)
        account = ["--noinput", f"--username={NAME}", "--email=host@example.org"]
        subprocess.run(
            [sys.executable, "manage.py", "createsuperuser", *account],
            cwd=CHECKOUT,
            env=environment | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD},
            check=True,
            capture_output=True,
        )


def owner_of(person: Person) -> str:
    """The owner of what somebody makes on the page, as the rows have it."""
    return person.http.cookies["owner"].partition(":")[0]
