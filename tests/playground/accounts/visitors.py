"""Browsers of people with and without an account."""

import json
import re
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from playground.owner import owner_of_cookies, owner_of_user

CODE = {"index.mjs": "export const handler = async (event) => event;"}
PASSWORD = "correct horse battery"


class Browser:
    """One browser's cookies, with a token in each request, as a page sends it."""

    def __init__(self, **headers: Any) -> None:
        self.client = Client(enforce_csrf_checks=True, **headers)
        self.client.get("/")

    @property
    def owner(self) -> str | None:
        """The owner in its cookie."""
        return owner_of_cookies({name: morsel.value for name, morsel in self.client.cookies.items()})

    def form(self, path: str, **typed: str) -> Any:
        """Open the page of a form, and send it."""
        self.client.get(path)
        return self.client.post(path, typed | {"csrfmiddlewaretoken": self.token})

    @property
    def token(self) -> str:
        """What another site cannot know."""
        return self.client.cookies["csrftoken"].value

    def sign_up(self, name: str = "ada", email: str = "", password: str = PASSWORD, **typed: str) -> Any:
        """Make an account."""
        return self.form(
            "/account/sign-up", username=name, email=email, password1=password, password2=password, **typed
        )

    def sign_in(self, name: str = "ada", password: str = PASSWORD, **typed: str) -> Any:
        """Sign in."""
        return self.form("/account/sign-in", username=name, password=password, **typed)

    def sign_out(self) -> Any:
        """Sign out."""
        return self.client.post("/account/sign-out", {"csrfmiddlewaretoken": self.token})

    def send(self, method: str, path: str, body: object = None) -> Any:
        """A request of the editor's."""
        return self.client.generic(
            method, path, json.dumps(body), content_type="application/json", HTTP_X_CSRFTOKEN=self.token
        )

    def save(self, name: str | None = None, **fields: object) -> str:
        """Save a snippet; gives its id."""
        body = {"files": CODE, **({"function_name": name} if name else {}), **fields}
        answer = self.send("POST", "/api/snippets", body)
        assert answer.status_code == 201, answer.content
        return str(answer.json()["id"])

    def run(self, **fields: object) -> str:
        """Submit an invocation, which no worker runs; gives its id."""
        answer = self.send("POST", "/api/invocations", {"files": CODE, **fields})
        assert answer.status_code == 202, answer.content
        return str(answer.json()["id"])

    def names(self) -> list[str]:
        """The names of its snippets."""
        told = self.client.get("/api/snippets?sort=name").json()["snippets"]
        return [one["function_name"] for one in told]

    def reads(self, path: str) -> bool:
        """Whether there is something for it at an address of the JSON API."""
        status = self.client.get(path).status_code
        assert status in {200, 404}, status
        return bool(status == 200)


def account(name: str = "ada", email: str = "", password: str = PASSWORD) -> User:
    """Somebody who made an account before."""
    return User.objects.create_user(name, email, password)


def owner_of_account(name: str = "ada") -> str:
    """The owner that an account is."""
    owner = owner_of_user(User.objects.get(username=name))
    assert owner
    return owner


def faults(answer: Any) -> dict[str, str]:
    """What the page says at each field, by the field."""
    html = answer.content.decode()
    said = re.findall(r'<p class="fault" id="id_(\w+)_error">([^<]*)</p>', html)
    return {field: text for field, text in said if text}


def copied(browser: Browser) -> Browser:
    """Another browser with the same cookies as this one has now."""
    other = Browser()
    for name in ("owner", "csrftoken"):
        other.client.cookies[name] = browser.client.cookies[name].value
    return other
