"""The shapes that a participant's API and the wall's have in common, for the OpenAPI document."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema


class Said(Schema):
    """An announcement to all, or a note to one."""

    id: int
    text: str
    time: datetime


class LastAttempt(Schema):
    """What came of the last attempt that has ended. An interrupted check neither passed nor failed."""

    passed: int
    failed: int
    interrupted: int
    is_interrupted: bool = Field(description="Whether the attempt as a whole neither passed nor failed.")


class Progress(Schema):
    """How far somebody is with an exercise."""

    revision: int = Field(description="Of the work; 0 before it was ever saved.")
    is_begun: bool
    running: UUID | None = Field(description="The attempt that runs.")
    is_done: bool
    attempts: int = Field(description="Those that passed or failed.")
    interruptions: int = Field(description="Attempts that did neither: something came between.")
    failed_in_a_row: int
    last: LastAttempt | None


class AttemptObject(Schema):
    """All checks, run against somebody's code."""

    id: UUID
    state: Literal["running", "finished"]
    time: datetime
    passed: int
    failed: int
    interrupted: int
    results: list[dict[str, Any]] = Field(
        description="To participants a hidden check says no more than whether it passed."
    )


class Shown(Schema):
    """Somebody's attempt that they let be shown to all."""

    attempt: UUID
    title: str
    files: dict[str, str]
    passed: int
    failed: int
    interrupted: int
    results: list[dict[str, Any]] = Field(description="Of a hidden check no more than whether it passed.")
