"""Workshops whose owner becomes another, or goes."""

from typing import Any

from playground.owner import Move, owner_deleted, owner_moved
from playground.workshops.deletion import workshop_deleted
from playground.workshops.models import Workshop


def listen() -> None:
    """Take part in what happens to owners."""
    owner_moved.connect(_move)
    owner_deleted.connect(_delete)


def _move(move: Move, **_: Any) -> None:
    """Whoever takes part goes on: a workshop's code and links stay."""
    move.counts["workshop"] = Workshop.objects.filter(owner=move.old).update(owner=move.new)


def _delete(owner: str, **_: Any) -> None:
    for workshop in Workshop.objects.filter(owner=owner):
        workshop_deleted(workshop)
