"""The JSON API, asked whatever its own OpenAPI document allows, and what it does not."""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.client import Person
from tests.playground.openings.archives import archive
from tests.worker_process import until
from tests.workshop import led
from tests.workshop_plan import PLAN

pytestmark = [pytest.mark.xdist_group("playground"), pytest.mark.timeout(300)]
schemathesis.serializer.alias("application/zip", "application/octet-stream")
EXAMPLES = 10
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FUNCTION = "export const handler = async (event) => event"
GOOD: dict[str, Any] = {"files": {"index.mjs": FUNCTION}, "environment": {"STAGE": "test"}, "event": "[1]"}
SNIPPET = {"files": GOOD["files"], "test_events": [{"name": "one"}, {"name": "two"}]}


@dataclass
class Asker:
    """Somebody who asks, and every status that each operation answered with."""

    person: Person
    statuses: dict[str, set[int]] = field(default_factory=dict)

    def ask(self, case: Any) -> None:
        """Raises what schemathesis finds wrong with the answer."""
        headers = {"X-CSRFToken": self.person.http.cookies["csrftoken"], "Origin": self.person.url}
        response = case.call(headers=headers, cookies=dict(self.person.http.cookies), timeout=60)
        self.statuses.setdefault(case.operation.label, set()).add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    def ask_once(self, operation: Any, good: dict[str, Any]) -> None:
        """Ask an operation with what it can answer well."""
        path = good.get("path_parameters", {})
        named = {name: value for name, value in path.items() if f"{{{name}}}" in operation.path}
        has_body = any(operation.body)
        body = {"body": good["body"]} if has_body and "body" in good else {}
        self.ask(operation.Case(path_parameters=named, **body))

    def ask_some(self, cases: SearchStrategy[Any]) -> None:
        """Ask so many of the cases, the same ones each time."""

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(cases)
        def ask(case: Any) -> None:
            self.ask(case)

        ask()


@pytest.mark.parametrize("mode", GenerationMode)
def test_no_answer_is_a_fault_or_one_that_the_document_does_not_tell(
    playground: str, mode: GenerationMode
) -> None:
    asker = Asker(Person(playground))
    document: Any = schemathesis.openapi.from_url(f"{playground}/api/openapi.json")
    for found in document.get_all_operations():
        operation = found.ok()
        try:
            asker.ask_some(operation.as_strategy(mode))
        except Unsatisfiable:
            # Any text in an address may be a token, a key's id or an exercise: nothing is wrong by its form.
            assert mode is GenerationMode.NEGATIVE
            named = set(re.findall(r"{(\w+)}", operation.path))
            assert "keys" in operation.path or named <= {"token", "exercise"}, operation.label
        if mode is GenerationMode.POSITIVE:
            # Most ids are nobody's, and most bodies are not good, so some that are there and are good go along.
            asker.ask_once(operation, there(asker.person, operation.path))
    assert len(asker.statuses) >= 18
    if mode is GenerationMode.POSITIVE:
        assert all(min(statuses) < 300 for statuses in asker.statuses.values()), asker.statuses


def there(person: Person, path: str) -> dict[str, Any]:
    """Path parameters and body with which any operation at a path goes well."""
    if path.startswith(("/api/workshops", "/api/participants")):
        return in_workshop(person, path)
    if "{invocation_id}" in path:
        return {"path_parameters": {"invocation_id": person.run(FUNCTION)["id"]}}
    if path == "/api/openings":
        return {"body": archive(GOOD["files"])}
    if path.startswith("/api/keys"):
        key = {"name": "program", "scopes": ["read"]}
        made = person.post("/api/keys", key).json() if "{key_id}" in path else {"id": ""}
        return {"path_parameters": {"key_id": made["id"]}, "body": key}
    if "{snippet_id}" not in path and "{token}" not in path:
        return {"path_parameters": {"export_format": "sam"}, "body": {"files": GOOD["files"]}}
    snippet = person.post("/api/snippets", SNIPPET).json()
    person.post(f"/api/snippets/{snippet['id']}/versions", {})
    if "{token}" in path:
        share = person.post(f"/api/snippets/{snippet['id']}/shares", {}).json()
        return {"path_parameters": {"token": share["token"]}, "body": {}}
    ids = [event["id"] for event in snippet["test_events"]]
    bodies = {"order": {"ids": ids}, "test-events": {"name": "new"}, "{event_id}": {"name": "other"}}
    last = path.rpartition("/")[2]
    return {
        "path_parameters": {
            "snippet_id": snippet["id"],
            "number": 1,
            "event_id": ids[0],
            "export_format": "sam",
        },
        "body": bodies.get(
            last, {} if last in {"versions", "shares", "restore"} else {"files": GOOD["files"]}
        ),
    }


def in_workshop(person: Person, path: str) -> dict[str, Any]:
    """The same of a workshop that the person leads, and somebody takes part in."""
    workshop = led(person)
    ada = workshop.joined("Ada")
    work = {"files": GOOD["files"], "revision": 0}
    ada.ask("PUT", f"/exercises/{workshop.exercise}/work", work)
    copy = ada.ask("POST", f"/exercises/{workshop.exercise}/starter")["copies"][0]["id"]
    attempt = ada.ask("POST", f"/exercises/{workshop.exercise}/attempts", status=202)["id"]
    revision = ada.ask("GET", f"/exercises/{workshop.exercise}")["work"]["revision"]
    if path.endswith("/showing"):
        until(lambda: ada.ask("GET", f"/attempts/{attempt}")["state"] == "finished")
        workshop.ask_to_show(attempt)
        ada.ask("POST", "/showing", {"agrees": True})
    leads = path.startswith("/api/workshops")
    bodies: dict[str, Any] = {
        "showing": {"attempt": attempt} if leads else {"agrees": True},
        "hand": {"raised": True},
        "work": {**work, "revision": revision},
        "restore": {"copy_id": copy},
        "steer": {"announcement": "Hello"},
        "notes": {"text": "Hello"},
        "plan": {"plan": PLAN, "revision": 1},
        "proof": {},
        "markdown": {"text": "# Hello"},
    }
    return {
        "path_parameters": {
            "token": ada.token,
            "exercise": workshop.exercise,
            "attempt_id": attempt,
            "workshop_id": workshop.id,
            "participant_id": ada.id,
        },
        "body": bodies.get(path.rpartition("/")[2], {}),
    }
