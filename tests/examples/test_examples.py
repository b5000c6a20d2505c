"""Every example of the page runs at once, with each of its events, and ends as it says."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.client import Person, texts
from tests.examples.examples import Example, read_all

pytestmark = pytest.mark.xdist_group("playground")

EXAMPLES = read_all()
CASES = [(example, event["name"]) for example in EXAMPLES for event in example.told["events"]]


@dataclass
class Ran:
    """An invocation that has ended: what the service keeps of it, and what it printed."""

    told: dict[str, Any]
    printed: list[str] = field(default_factory=list)

    @property
    def response(self) -> Any:
        """The response's value."""
        return json.loads(self.told["response"])

    @property
    def log(self) -> str:
        """All that the function printed."""
        return "\n".join(self.printed)


def ran(person: Person, example: Example, event: str) -> Ran:
    # In an environment of its own: an example may remember what was there before.
    answer = person.post("/api/invocations", example.submission(event) | {"start_cold": True})
    assert answer.status_code == 202, answer.text
    invocation_id = str(answer.json()["id"])
    messages = person.follow(invocation_id)
    return Ran(person.read(invocation_id), texts(messages, "stdout") + texts(messages, "stderr"))


def responds(value: object) -> Callable[[Ran], bool]:
    return lambda run: bool(run.response == value)


def status(code: int, body: object = None) -> Callable[[Ran], bool]:
    return lambda run: (
        run.response["statusCode"] == code and (body is None or json.loads(run.response["body"]) == body)
    )


def fails(kind: str, message: str) -> Callable[[Ran], bool]:
    return lambda run: run.told["error"]["type"] == kind and message in run.told["error"]["message"]


MESSAGE_IDS = ["059f36b4-87a3-44ab-83d2-661975830002", "059f36b4-87a3-44ab-83d2-661975830003"]

# What the outcome alone does not say, by example and event.
SHOWN: dict[tuple[str, str], Callable[[Ran], bool]] = {
    ("hello", "ada"): responds("Hello, Ada!"),
    ("hello", "empty"): responds("Hello, world!"),
    ("order-receipt", "order"): lambda run: (
        run.response["receipt"] == "OrderID: 12345\nAmount: 199.99 EUR\nItem: Wireless Headphones"
        and run.response["memoryLimit"] == "128 MB"
        and 0 < run.response["remainingMs"] <= 3000
        and run.response["invocationsOfThisEnvironment"] == 1
    ),
    ("callback", "die"): lambda run: (
        1 <= run.response["thrown"] <= 6 and "The last thing on the event loop" in run.log
    ),
    ("callback", "one-side"): fails("RangeError", "A die with 1 sides"),
    ("environment-variables", "settings"): lambda run: (
        run.response["greeting"] == "Good morning"
        and run.response["retries"] == 3
        and run.response["signed"] is True
        and "AWS_LAMBDA_FUNCTION_NAME" in run.response["setByLambda"]
        and "example-key" not in run.log
    ),
    ("environment-variables", "not-set"): fails("Error", "RECEIPT_BUCKET is not set"),
    ("cold-start", "empty"): lambda run: run.response["coldStart"] is True and "Init:" in run.log,
    ("top-level-await", "basket"): responds({"total": 209.49}),
    ("top-level-await", "unknown-item"): responds({"unknown": ["amplifier"]}),
    ("typescript", "orders"): lambda run: (
        run.response == {"batchItemFailures": []} and "Order 12345: 199.99 EUR" in run.log
    ),
    ("typescript", "no-amount"): lambda run: (
        run.told["error"]["type"] == "TypeError" and "receipt.ts:13" in "".join(run.told["error"]["trace"])
    ),
    ("http-result", "get"): lambda run: (
        run.response["statusCode"] == 200 and "<h1>Hello, Ada!</h1>" in run.response["body"]
    ),
    ("http-result", "post"): lambda run: run.response["statusCode"] == 405,
    ("api-router", "list"): status(200, [{"id": "1", "item": "headphones"}]),
    ("api-router", "create"): status(201, {"id": "2", "item": "cable"}),
    ("api-router", "not-json"): status(400),
    ("api-router", "unknown"): status(404),
    ("streaming", "poem"): lambda run: "line after line\ncomes rolling in.\n" in run.told["response"],
    ("sqs-batch", "three-messages"): responds(
        {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in MESSAGE_IDS]}
    ),
    ("error-handling", "known"): responds({"order": {"id": "12345", "amount": 199.99}, "attempts": 1}),
    ("error-handling", "shaky"): lambda run: run.response["attempts"] == 3 and "Attempt 2 failed" in run.log,
    ("error-handling", "unknown"): fails("UnknownOrder", "There is no order unknown"),
    ("timeout", "in-time"): responds({"done": 2, "left": 0}),
    ("timeout", "too-slow"): lambda run: "Step 2 of 20" in run.log,
    ("timeout", "careful"): lambda run: run.response["done"] + run.response["left"] == 20,
    ("memory", "thirty"): lambda run: run.told["metrics"]["max_memory_used_mb"] >= 60,
    ("memory", "too-much"): lambda run: "Before:" in run.log,
    ("worker-threads", "one-thread"): lambda run: run.response["primes"] == 17_984,
    ("worker-threads", "two-threads"): lambda run: run.response["primes"] == 17_984,
}


@pytest.fixture(scope="module")
def visitor(playground: str) -> Person:
    """Somebody who tries the examples."""
    return Person(playground)


def test_there_are_twelve_at_least_and_each_event_is_tested() -> None:
    assert len(EXAMPLES) >= 12
    assert SHOWN.keys() == {(example.id, event) for example, event in CASES}


@pytest.mark.parametrize(
    ("example", "event"), CASES, ids=[f"{example.id}-{event}" for example, event in CASES]
)
def test_an_example_ends_as_it_says(visitor: Person, example: Example, event: str) -> None:
    (documented,) = (one["outcome"] for one in example.told["events"] if one["name"] == event)
    run = ran(visitor, example, event)
    assert run.told["outcome"] == documented, run.told
    assert SHOWN[example.id, event](run), (run.told, run.log)


def test_the_cold_start_example_remembers_until_it_starts_anew(visitor: Person) -> None:
    (example,) = (one for one in EXAMPLES if one.id == "cold-start")
    mark = {"environment": {"MARK": uuid.uuid4().hex}}

    def run(**more: object) -> Any:
        answer = visitor.post("/api/invocations", example.submission("empty") | mark | more)
        visitor.follow(answer.json()["id"])
        return json.loads(visitor.read(answer.json()["id"])["response"])

    first, second = run(), run()
    assert (first["coldStart"], first["noteWasThere"]) == (True, False)
    assert (second["coldStart"], second["noteWasThere"]) == (False, True)
    assert second["environment"] == first["environment"]
    assert run(start_cold=True)["environment"] != first["environment"]
