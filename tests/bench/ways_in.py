"""The two ways in that are measured, each as its users take it: boto3, and the page's API."""

import json
import time
import weakref
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Protocol

from websockets.sync.client import ClientConnection

from tests.client import Person
from tests.playground.lambda_api.clients import create, lambda_client

EVENT = '{"n": 1}'
TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """One invocation that gave its event back. `wall_ms` is what the client waited for the whole answer."""

    request_id: str
    wall_ms: float


class Function(Protocol):
    """One function that can be invoked again and again."""

    def invoke(self) -> Answer:
        """Raises AssertionError when the answer is not the event."""


class WayIn(Protocol):
    """A way to make functions and to invoke them."""

    name: str

    def function(self, source: str) -> Function:
        """A function of this text, as ready as this way in can make it."""


class Boto3:
    """boto3's CreateFunction beforehand; measured is Invoke with its log tail until the payload is read."""

    name = "boto3"

    def __init__(self, url: str, connections: int = 10) -> None:
        self.client = lambda_client(
            url, "AKIABENCH", max_pool_connections=connections, read_timeout=TIMEOUT_S
        )

    def function(self, source: str) -> "Boto3Function":
        """A function that is active."""
        return Boto3Function(self.client, create(self.client, {"index.mjs": source}, Timeout=30))


@dataclass(frozen=True, slots=True)
class Boto3Function:
    """A function of the Lambda API."""

    client: Any
    name: str
    log_type: str = "Tail"

    def invoke(self) -> Answer:
        """See Function."""
        began = time.perf_counter()
        answer = self.client.invoke(FunctionName=self.name, LogType=self.log_type, Payload=EVENT)
        payload = answer["Payload"].read()
        took = time.perf_counter() - began
        assert "FunctionError" not in answer, payload
        assert json.loads(payload) == json.loads(EVENT), payload
        return Answer(answer["ResponseMetadata"].get("RequestId", ""), took * 1000)


class Page:
    """The page's API: measured is the POST with all files, then the page's WebSocket until `finished`."""

    name = "page"

    def __init__(self, url: str) -> None:
        self.person = Person(url)

    def function(self, source: str) -> "PageFunction":
        """Nothing is sent beforehand."""
        return PageFunction(self.person, source)


@dataclass(eq=False)
class PageFunction:
    """The text in the editor of a tab of its own, which opens its WebSocket with the first run."""

    person: Person
    source: str
    _socket: ClientConnection | None = None

    def invoke(self) -> Answer:
        """See Function."""
        began = time.perf_counter()
        if self._socket is None:
            # A tab that is closed closes it.
            tab = ExitStack()
            weakref.finalize(self, tab.close)
            self._socket = tab.enter_context(self.person.page_socket())
        invocation_id = self.person.submit(self.source, event=EVENT, timeout=30)
        self._socket.send(json.dumps({"follow": invocation_id}))
        while True:
            message = json.loads(self._socket.recv(TIMEOUT_S))["messages"][-1]
            if message["type"] == "finished":
                took = time.perf_counter() - began
                break
        assert message["outcome"] == "ok", message
        assert json.loads(message["response"]) == json.loads(EVENT), message
        return Answer(invocation_id, took * 1000)
