"""Keys of somebody, and a program that shows one."""

from typing import Any

from django.test import Client

from playground.access_keys import key_store
from playground.access_keys.bearer import bearer_token
from playground.access_keys.key_reader import KeyFields
from playground.access_keys.models import AccessKey
from playground.access_keys.scope import Scope

ALICE, BOB = "alice", "bob"


def made(owner: str = ALICE, *scopes: Scope, days: int | None = None) -> AccessKey:
    """A new key, with every scope where none is named."""
    fields = KeyFields(name="CI", scopes=list(scopes or Scope), expires_in_days=days)
    key = key_store.made(owner, fields)
    assert isinstance(key, AccessKey), key
    return key


class Program:
    """What asks the JSON API with a key, and takes no cookie."""

    def __init__(self, key: AccessKey | str) -> None:
        self.client = Client(enforce_csrf_checks=True)
        token = key if isinstance(key, str) else bearer_token(key)
        self.headers = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """The answer of an address below /api."""
        # A dictionary is sent as JSON.
        content = {} if body is None else {"data": body, "content_type": "application/json"}
        ask = getattr(self.client, method.lower())
        return ask(f"/api{path}", **content, headers={**self.headers, **headers})

    def status(self, method: str, path: str, body: object = None) -> int:
        """How an address answers."""
        return int(self.ask(method, path, body).status_code)


def sentence(answer: Any) -> str:
    """What a refusal of one fault says."""
    (fault,) = answer.json()["errors"]
    return str(fault["message"])
