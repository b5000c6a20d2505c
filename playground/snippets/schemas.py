"""The shapes of the JSON API of snippets, for its OpenAPI document. `representation` makes the values."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

from invoker import limits
from playground.json_answers import Refusal

FunctionName = Annotated[str, Field(pattern="^[a-zA-Z0-9-_]{1,64}$")]


class TestEventBody(Schema):
    """A test event; `expected` is the response that it should have."""

    __test__ = False  # It is no test of ours.

    name: str = Field(min_length=1, max_length=limits.TEST_EVENT_NAME_LENGTH_MAX)
    event: str = Field("{}", description="JSON text, as it was typed.")
    expected: str | None = Field(None, description="JSON text.")
    template: dict[str, Any] | None = Field(None, description="The page's template, with its fields.")


class TestEvent(TestEventBody):
    """A test event as it is stored."""

    id: UUID


class TestEvents(Schema):
    """Test events in their order."""

    __test__ = False  # It is no test of ours.

    test_events: list[TestEvent]


class Order(Schema):
    """The ids of all test events in the order that they are to have."""

    ids: list[UUID]


class FunctionBody(Schema):
    """Code and configuration of a function."""

    files: dict[str, str] = Field(description="Text of each file by its path below /var/task, 3 MB in all.")
    handler: str = Field("index.handler", max_length=limits.HANDLER_LENGTH_MAX)
    environment: dict[str, str] = Field({}, description="Environment variables, 4 KB in all as JSON.")
    memory_size: int = Field(
        limits.MEMORY_DEFAULT_MB, ge=limits.MEMORY_MIN_MB, le=limits.MEMORY_MAX_MB, description="MB"
    )
    timeout: int = Field(
        limits.TIMEOUT_DEFAULT_S, ge=limits.TIMEOUT_MIN_S, le=limits.TIMEOUT_MAX_S, description="Seconds"
    )
    ephemeral_storage: int = Field(
        limits.EPHEMERAL_STORAGE_DEFAULT_MB,
        ge=limits.EPHEMERAL_STORAGE_MIN_MB,
        le=limits.EPHEMERAL_STORAGE_MAX_MB,
        description="MB of /tmp",
    )


class SnippetBody(FunctionBody):
    """What is to be saved. Every field but `files` has a default, or stays as it is."""

    function_name: FunctionName | None = None
    description: str | None = Field(None, max_length=limits.DESCRIPTION_LENGTH_MAX)
    tags: dict[str, str] | None = None
    test_events: list[TestEventBody] = []
    revision_id: UUID | None = Field(None, description="What the change was made on.")
    forked_from: str | None = Field(None, description="Token of the link that it was opened by.")


class SnippetInShort(Schema):
    """A snippet as a list tells it."""

    id: UUID
    function_name: str
    description: str
    tags: dict[str, str]
    created_at: datetime
    last_modified: datetime
    last_version: int = Field(description="0 when there is no version yet.")
    last_outcome: str | None = Field(description="Of its last run; empty while that is not finished.")
    last_run_at: datetime | None


class Snippets(Schema):
    """A page of snippets."""

    snippets: list[SnippetInShort]
    next: int | None = Field(description="The `after` of the next page.")


class Function(Schema):
    """Code and configuration as they are stored."""

    files: dict[str, str | None] = Field(description="null for a file that is not text.")
    handler: str
    memory_size: int
    timeout: int
    ephemeral_storage: int
    environment: dict[str, str]
    test_events: list[TestEvent]


class Origin(Schema):
    """What a snippet was forked from."""

    function_name: str
    version: int
    token: str = Field(description="Of the link that it was opened by, which may open no more.")


class SavedFault(Schema):
    """Why a test of what was saved would be refused."""

    field: list[str]
    message: str
    line: int | None
    column: int | None


class Snippet(SnippetInShort, Function):
    """A snippet: what Lambda calls $LATEST."""

    revision_id: UUID
    forked_from: Origin | None
    faults: list[SavedFault] = Field(description="Files that no test would take are saved as they are.")


class Conflict(Refusal):
    """Somebody else changed the snippet in between: it is `current` now. Or its name is taken."""

    current: Snippet | None = None


class VersionBody(Schema):
    """A version that is to be made."""

    description: str | None = Field(None, max_length=limits.DESCRIPTION_LENGTH_MAX)


class Restoring(Schema):
    """What a version is restored onto."""

    revision_id: UUID | None = Field(None, description="What was seen: another one is refused.")


class VersionInShort(Schema):
    """A version as a list tells it."""

    number: int
    description: str
    created_at: datetime


class SavedVersion(VersionInShort):
    """The newest version, and whether it was made just now."""

    created: bool


class Versions(Schema):
    """Versions, the newest first."""

    versions: list[VersionInShort]


class Version(VersionInShort, Function):
    """A version, which never changes."""
