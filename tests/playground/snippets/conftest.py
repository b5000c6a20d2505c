"""What the tests of snippets share: somebody's requests."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

CODE = {"index.mjs": "export const handler = async (event) => event;"}
GOOD = {
    "files": CODE,
    "handler": "index.handler",
    "environment": {"PASSWORD": "secret of mine"},
    "memory_size": 256,
    "timeout": 5,
    "ephemeral_storage": 512,
    "test_events": [
        {"name": "first", "event": '{"n": 1}', "expected": '{"n": 1}', "template": None},
        {"name": "second", "event": "{}", "expected": None, "template": {"id": "sqs", "fields": {"a": "b"}}},
    ],
}
Ask = Callable[..., Any]


def asking(client: Client) -> Ask:
    """`ask(method, path, body)` below /api/snippets; answers the response."""

    def ask(method: str, path: str = "", body: object = None, status: int | None = None) -> Any:
        data = b"" if body is None else json.dumps(body).encode()
        answer = client.generic(method, f"/api/snippets{path}", data, content_type="application/json")
        assert status is None or answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    return ask


@pytest.fixture
def ask() -> Ask:
    """Requests of one person."""
    return asking(Client())


@pytest.fixture
def other() -> Ask:
    """Requests of somebody else."""
    return asking(Client())
