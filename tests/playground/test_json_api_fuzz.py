"""The JSON API, asked whatever its own OpenAPI document allows, and what it does not."""

from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.client import Person

pytestmark = [pytest.mark.xdist_group("playground"), pytest.mark.timeout(300)]
EXAMPLES = 15
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FUNCTION = "export const handler = async (event) => event"
GOOD = {"files": {"index.mjs": FUNCTION}, "environment": {"STAGE": "test"}, "event": "[1]"}


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
    # Most ids are nobody's, so one that is there is asked for too.
    finished = {"invocation_id": asker.person.run(FUNCTION)["id"]}
    document: Any = schemathesis.openapi.from_url(f"{playground}/api/openapi.json")
    for found in document.get_all_operations():
        operation = found.ok()
        asker.ask_some(operation.as_strategy(mode))
        if mode is GenerationMode.POSITIVE and "{invocation_id}" in operation.path:
            asker.ask_some(operation.as_strategy(mode, path_parameters=finished))
    assert len(asker.statuses) >= 5
    if mode is GenerationMode.POSITIVE:
        asker.ask_some(document["/api/invocations"]["POST"].as_strategy(mode, body=GOOD))
        assert all(min(statuses) < 300 for statuses in asker.statuses.values()), asker.statuses
