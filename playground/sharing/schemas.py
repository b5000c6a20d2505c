"""The shapes of links in the JSON API, for its OpenAPI document. `representation` makes the values."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from invoker import limits
from playground.invocations.schemas import InvocationInShort
from playground.json_answers import json_request


class ShareBody(Schema):
    """What is to be shared."""

    version: int | None = Field(None, ge=1, description="null for whichever is the newest.")
    public: bool = Field(False, description="Listed at /explore, where anyone finds it.")
    expires_in_days: int | None = Field(None, ge=1, le=limits.SHARE_DAYS_MAX, description="null: never.")
    variables: list[str] = Field([], description="Environment variables whose values go along.")
    runs: list[UUID] = Field([], max_length=limits.SHARED_RUNS_MAX, description="Recorded runs to include.")


class Share(Schema):
    """A link as its owner knows it."""

    token: str
    url: str
    version: int | None
    public: bool
    expires_at: datetime | None
    variables: list[str]
    runs: list[UUID]
    created_at: datetime
    taken_back: bool


class Shares(Schema):
    """The links of a snippet."""

    shares: list[Share]


class SharedEvent(Schema):
    """A test event of a version."""

    name: str
    event: str
    expected: str | None
    template: dict[str, Any] | None


class Shared(Schema):
    """A version as somebody sees it who has the link."""

    token: str
    url: str
    function_name: str
    description: str
    version: int
    created_at: datetime
    files: dict[str, str | None] = Field(description="null for a file that is not text.")
    handler: str
    memory_size: int
    timeout: int
    ephemeral_storage: int
    environment: dict[str, str | None] = Field(description="null for a value that does not go along.")
    test_events: list[SharedEvent]
    runs: list[InvocationInShort]


BODY = json_request(ShareBody)
