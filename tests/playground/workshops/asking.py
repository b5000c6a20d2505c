"""Requests to the API of workshops, of a participant or of whoever leads."""

import json
from typing import Any

from django.test import Client


class Asker:
    """Somebody who asks below an address."""

    def __init__(self, client: Client, path: str) -> None:
        self.client = client
        self.path = path

    def ask(self, method: str, path: str = "", body: object = None, status: int = 200) -> Any:
        """Ask, and give the JSON of an answer that must have this status."""
        data = b"" if body is None else json.dumps(body).encode()
        answer = self.client.generic(method, self.path + path, data, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None


def as_participant(client: Client, token: str) -> Asker:
    """Somebody who takes part."""
    return Asker(client, f"/api/participants/{token}")
