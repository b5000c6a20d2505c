"""What whoever leads changes for all at once: read from JSON, and done."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from invoker.fault import Fault
from playground.json_body import Fields, is_storable
from playground.workshops import live, workshop_store
from playground.workshops.limits import ANNOUNCEMENTS_MAX, RUNS_PER_MINUTE_MAX, TEXT_LENGTH_MAX
from playground.workshops.models import Announcement, Workshop

FIELDS = ("announcement", "open", "close", "is_locked", "runs_per_minute")


@dataclass(frozen=True, kw_only=True)
class Steering:
    """What is to change; None, and nothing in a list, for what stays."""

    announcement: str = ""
    open: Collection[str] = ()
    close: Collection[str] = ()
    is_locked: bool | None = None
    limits_runs: bool = False
    runs_per_minute: int | None = None
    """With `limits_runs`: how many, None for as many as anybody may."""


def read_steering(body: object) -> Steering | list[Fault]:
    """The changes in a JSON value, or all faults."""
    fields = Fields(body, "a change of a workshop", FIELDS)
    nothing: list[str] = []
    steering = Steering(
        announcement=fields.take("announcement", "", read_text("announcement")),
        open=fields.take("open", nothing, lambda value: _ids("open", value)),
        close=fields.take("close", nothing, lambda value: _ids("close", value)),
        is_locked=fields.truth("is_locked", False) if "is_locked" in fields else None,
        limits_runs="runs_per_minute" in fields,
        runs_per_minute=fields.take("runs_per_minute", None, _runs),
    )
    return fields.faults or steering


def steered(workshop: Workshop, steering: Steering) -> list[Fault]:
    """Change all of it at once; or why not."""
    known = {str(one["id"]) for one in workshop.plan["exercises"]}
    if unknown := sorted({*steering.open, *steering.close} - known):
        return [Fault(("open",), f"There is no exercise {one}.") for one in unknown]
    if steering.announcement and workshop.announcements.count() >= ANNOUNCEMENTS_MAX:
        return [
            Fault(("announcement",), f"There are {ANNOUNCEMENTS_MAX} announcements, the most there may be.")
        ]
    with transaction.atomic():
        if steering.announcement:
            Announcement.objects.create(workshop=workshop, text=steering.announcement)
        workshop_store.exercises_opened(workshop, steering.open)
        workshop_store.exercises_closed(workshop, steering.close)
        if steering.is_locked is not None:
            workshop_store.locked(workshop, steering.is_locked)
        if steering.limits_runs:
            workshop_store.runs_limited(workshop, steering.runs_per_minute)
        live.tell_all(workshop.pk)
    return []


def read_text(name: str) -> Any:
    """A check of a text that is said to somebody."""

    def check(value: Any) -> str | list[Fault]:
        text = value.strip() if isinstance(value, str) else ""
        if not text or len(text) > TEXT_LENGTH_MAX:
            return [Fault((name,), f"{name} must be a text of 1 to {TEXT_LENGTH_MAX} characters.")]
        return text if is_storable(text) else [Fault((name,), f"{name} is not valid Unicode text.")]

    return check


def _ids(name: str, value: Any) -> list[str] | list[Fault]:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return list(dict.fromkeys(value))
    return [Fault((name,), f"{name} must be a list of ids of exercises.")]


def _runs(value: Any) -> int | list[Fault] | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= RUNS_PER_MINUTE_MAX:
        return value
    return [
        Fault(("runs_per_minute",), f"runs_per_minute is 0 to {RUNS_PER_MINUTE_MAX}, or null for no limit.")
    ]
