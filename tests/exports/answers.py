"""What the playground answers to the events of a work."""

import json
from typing import Any

from tests.client import Person
from tests.exports.works import Work


def answer(url: str, work: Work, event: str) -> Any:
    """The response to an event of the work, as the page's Test gives it."""
    person = Person(url)
    request = {
        "files": work.files,
        "handler": work.handler,
        "environment": work.environment,
        "memory_size": 256,
        "timeout": work.timeout,
        "event": work.events[event],
    }
    accepted = person.post("/api/invocations", request)
    assert accepted.status_code == 202, accepted.text
    finished = person.follow(str(accepted.json()["id"]))[-1]
    assert finished["type"] == "finished"
    return json.loads(finished["response"])
