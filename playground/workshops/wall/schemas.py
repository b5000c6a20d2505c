"""The shapes of the wall's API, for its OpenAPI document. `state` and `api` make the values."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from playground.invocations.schemas import InvocationInShort
from playground.json_answers import json_request
from playground.workshops.limits import RUNS_PER_MINUTE_MAX, TEXT_LENGTH_MAX
from playground.workshops.shapes import AttemptObject, Progress, Said


class WallExercise(Schema):
    """A column."""

    id: str
    title: str
    checks: int
    is_open: bool


class WallShowing(Schema):
    """An attempt that is shown to all, once its maker has agreed."""

    attempt: UUID
    name: str
    title: str
    agreed: bool | None = Field(description="null until they have answered.")


class WallWorkshop(Schema):
    """How the workshop itself stands."""

    title: str
    code: str = Field(description="Empty while nobody can join.")
    is_locked: bool
    runs_per_minute: int | None
    exercises: list[WallExercise]
    announcements: list[Said]
    showing: WallShowing | None


class Cell(Progress):
    """How somebody is with an exercise."""

    error: str = Field(description="The first error of the function in the last attempt, in one line.")
    saved_at: datetime | None


class Row(Schema):
    """Somebody who takes part."""

    id: UUID
    name: str
    is_here: bool
    exercise: str
    active_at: datetime
    hand_raised_at: datetime | None
    cells: dict[str, Cell]


class FrequentError(Schema):
    """An error and how often it came."""

    text: str
    count: int


class Figures(Schema):
    """Of the last minutes."""

    minutes: int
    runs: int
    median_ms: float | None
    errors: list[FrequentError]


class Wall(Schema):
    """Everything on the wall."""

    type: Literal["wall"]
    time: datetime
    workshop: WallWorkshop
    participants: list[Row]
    figures: Figures


class WallAttempt(AttemptObject):
    """An attempt as whoever leads sees it: hidden checks with their details."""

    error: str


class Look(Schema):
    """Somebody's code and runs."""

    participant: UUID
    exercise: str
    revision: int
    is_begun: bool
    files: dict[str, str]
    handler: str
    attempts: list[WallAttempt]
    runs: list[InvocationInShort]


class Noted(Schema):
    """A note that was left."""

    id: int


class SteeringBody(Schema):
    """What is to change. What is not named stays."""

    announcement: str = Field("", min_length=1, max_length=TEXT_LENGTH_MAX)
    open: list[str] = []
    close: list[str] = []
    is_locked: bool = False
    runs_per_minute: int | None = Field(None, ge=0, le=RUNS_PER_MINUTE_MAX)


class NoteBody(Schema):
    """A note to one participant."""

    text: str = Field(min_length=1, max_length=TEXT_LENGTH_MAX)
    exercise: str = Field("", max_length=64)


class ShowingBody(Schema):
    """The attempt that is to be shown to all."""

    attempt: UUID


SHOWING_BODY = json_request(ShowingBody)
STEERING_BODY = json_request(SteeringBody)
NOTE_BODY = json_request(NoteBody)
