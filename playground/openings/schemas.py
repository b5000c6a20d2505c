"""The shapes of the JSON API of openings, for its OpenAPI document."""

from typing import Any, Final

from ninja import Field, Schema


class FoundEvent(Schema):
    """A test event of a project."""

    name: str
    event: str = Field(description="Text of its file, which may be no JSON.")


class FoundSnippet(Schema):
    """A function with its test events, as `POST /api/snippets` takes it."""

    files: dict[str, str]
    handler: str
    memory_size: int
    timeout: int
    ephemeral_storage: int
    environment: dict[str, str]
    test_events: list[FoundEvent]


class FoundFault(Schema):
    """Why a snippet would be refused as it is."""

    field: list[str]
    message: str
    line: int | None
    column: int | None


class FoundFunction(Schema):
    """One function of a project."""

    logical_id: str | None = Field(description="In the template; null where there is none.")
    snippet: FoundSnippet | None = Field(description="null where it cannot be opened.")
    faults: list[FoundFault] = Field(description="Why the snippet would be refused as it is.")
    notices: list[str] = Field(
        description="Why it cannot be opened, or what is otherwise than in its template."
    )


class Opening(Schema):
    """What is in a project."""

    template: str | None = Field(description="Its path; null where the files are those of one function.")
    functions: list[FoundFunction]
    notices: list[str] = Field(description="Why nothing can be opened, or what was left out.")


ARCHIVE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}
