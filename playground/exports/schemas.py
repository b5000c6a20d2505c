"""The shapes of the JSON API of exports, for its OpenAPI document."""

from typing import Any, Final

from ninja import Field

from playground.json_answers import json_request
from playground.snippets.schemas import FunctionBody, FunctionName, TestEventBody

NOTICES: Final = "X-Playground-Notices"
"""The header of an archive with what whoever exports should know."""


class ExportBody(FunctionBody):
    """A function that is not saved. Every field but `files` has a default."""

    function_name: FunctionName = "my-function"
    test_events: list[TestEventBody] = []
    values: list[str] = Field([], description="Names of the environment variables whose values go along.")


ARCHIVE: Final[dict[str, Any]] = {
    "responses": {
        200: {
            "description": "The files of the export.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
            "headers": {
                NOTICES: {
                    "description": "What whoever exports should know, as a JSON list of sentences.",
                    "schema": {"type": "string"},
                }
            },
        }
    }
}
BODY: Final = {**json_request(ExportBody), **ARCHIVE}
