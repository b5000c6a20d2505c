"""A snippet with a secret and a recorded run, and the browser of its owner."""

import json
from typing import Any

from django.test import Client

from invoker.deployment_package import DeploymentPackage
from playground.invocations.models import Invocation, State
from playground.owner import owner_of_cookies
from playground.snippets import packages, snippet_store
from playground.snippets.function_reader import FunctionFields
from playground.snippets.models import Snippet
from playground.snippets.snippet_reader import SnippetFields
from playground.snippets.test_event import TestEventFields

SECRET = 'hush "quoted" 7c1e'
SOURCE = "export const handler = async (event) => event;"


class Owner:
    """Somebody with a snippet of their own."""

    def __init__(self, **changes: Any) -> None:
        self.client = Client()
        self.client.get("/")
        owner = owner_of_cookies({name: morsel.value for name, morsel in self.client.cookies.items()})
        assert owner
        self.owner = owner
        self.snippet = self.made(**changes)

    def made(self, **changes: Any) -> Snippet:
        """Another snippet."""
        files = changes.pop("files", {"index.mjs": SOURCE})
        events = changes.pop("test_events", [TestEventFields(name="first", event='{"a": 1}')])
        environment = changes.pop("environment", {"API_KEY": SECRET, "STAGE": "production"})
        function = FunctionFields(files=files, environment=environment)
        fields = SnippetFields(function=function, test_events=events, **changes)
        return snippet_store.created(self.owner, fields, files)

    def share(self, **body: Any) -> Any:
        """Ask for a link; gives the answer."""
        return self.send("POST", f"/api/snippets/{self.snippet.id}/shares", body)

    def shared(self, **body: Any) -> dict[str, Any]:
        """A link that was made."""
        answer = self.share(**body)
        assert answer.status_code == 201, answer.content
        told: dict[str, Any] = answer.json()
        return told

    def send(self, method: str, path: str, body: object = None) -> Any:
        """A request with the page's token."""
        token = self.client.cookies["csrftoken"].value
        return self.client.generic(
            method, path, json.dumps(body), content_type="application/json", HTTP_X_CSRFTOKEN=token
        )

    def recorded(self, **changes: Any) -> Invocation:
        """A run that has ended."""
        files = changes.pop("files", {"index.mjs": SOURCE})
        log = changes.pop("log", "")
        message = {"seq": 1, "time": "2026-01-01T00:00:00.000Z", "type": "log", "stream": "stdout"}
        row = {
            "owner": self.owner,
            "snippet": self.snippet,
            "function_name": self.snippet.function_name,
            "package": packages.store(DeploymentPackage.of_texts(files)),
            "handler": "index.handler",
            "memory_size": 128,
            "timeout": 3,
            "environment": {"API_KEY": SECRET},
            "event": b"{}",
            "state": State.FINISHED,
            "outcome": "ok",
            "response": b'"done"',
            "events": json.dumps({**message, "level": None, "text": log}) + "\n",
        }
        return Invocation.objects.create(**row | changes)
