"""The shapes of a participant's API, for its OpenAPI document. The values are made beside."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from playground.json_answers import json_request
from playground.snippets.schemas import FunctionBody
from playground.workshops.limits import WORK_BYTES_MAX
from playground.workshops.shapes import AttemptObject, Progress, Said


class NoteToOne(Said):
    """A note. `exercise` is empty for one that is about none."""

    exercise: str


class ExerciseInShort(Progress):
    """An exercise that is open, and how far one is with it."""

    id: str
    title: str
    minutes: int
    checks: int


class ShownInShort(Schema):
    """That something is shown to all."""

    attempt: UUID
    title: str
    is_mine: bool


class State(Schema):
    """How the workshop and one's own progress in it are."""

    type: Literal["state"]
    title: str
    plan_revision: int
    is_locked: bool
    runs_per_minute: int | None
    ends_at: datetime | None
    delete_at: datetime
    name: str
    hand_raised_at: datetime | None
    exercises: list[ExerciseInShort]
    announcements: list[Said]
    notes: list[NoteToOne]
    asked_to_show: str | None = Field(description="Title of the exercise that one is asked to show to all.")
    shown: ShownInShort | None


class WorkEvent(Schema):
    """A test event."""

    name: str
    event: str
    expected: str | None
    template: dict[str, Any] | None


class StoredWork(Schema):
    """What is in the editor: one's own work, or the starter where nothing was begun."""

    revision: int
    is_begun: bool
    files: dict[str, str]
    handler: str
    memory_size: int
    timeout: int
    ephemeral_storage: int
    environment: dict[str, str]
    test_events: list[WorkEvent]


class CopyInShort(Schema):
    """Earlier work that made room for the starter."""

    id: int
    time: datetime


class CheckTitle(Schema):
    """What is known of a check before it was run."""

    id: str
    title: str
    hidden: bool


class ExerciseObject(Schema):
    """An exercise as somebody does it."""

    id: str
    title: str
    instructions: str = Field(description="HTML without anything that could run.")
    hints: list[str] = Field(description="HTML of those that were opened.")
    hints_in_all: int
    checks: list[CheckTitle]
    work: StoredWork
    attempts: list[AttemptObject] = Field(description="The last ones, the latest first.")
    copies: list[CopyInShort]


class Conflict(Schema):
    """The work was changed in another tab."""

    errors: list[dict[str, Any]]
    current: StoredWork


class WorkBody(FunctionBody):
    """Work to be kept."""

    test_events: list[WorkEvent] = Field([], description=f"With the files {WORK_BYTES_MAX} bytes at most.")
    revision: int = Field(0, ge=0, lt=2**31, description="The one that it was made on.")


class HandBody(Schema):
    """Whether one wants help."""

    raised: bool


class AnswerBody(Schema):
    """Whether one lets one's attempt be shown to all."""

    agrees: bool


class CopyBody(Schema):
    """Which copy comes back."""

    copy_id: int


WORK_BODY = json_request(WorkBody)
HAND_BODY = json_request(HandBody)
ANSWER_BODY = json_request(AnswerBody)
COPY_BODY = json_request(CopyBody)
