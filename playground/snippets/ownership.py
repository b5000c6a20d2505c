"""Snippets whose owner becomes another, or goes."""

from typing import Any

from playground.deletion import deleted
from playground.owner import Move, owner_deleted, owner_moved
from playground.snippets.models import Snippet
from playground.snippets.snippet_store import unused_name


def listen() -> None:
    """Take part in what happens to owners."""
    owner_moved.connect(_move)
    owner_deleted.connect(_delete)


def _move(move: Move, **_: Any) -> None:
    """Versions, aliases, test events and links hang on their snippet, and go along.

    No limit is looked at: nothing is lost, and what is over one only keeps further ones from being made.
    """
    theirs = dict(
        Snippet.live.filter(owner=move.old).order_by("created_at").values_list("pk", "function_name")
    )
    mine = set(Snippet.live.filter(owner=move.new).values_list("function_name", flat=True))
    taken = mine | set(theirs.values())
    for pk, name in theirs.items():
        if name in mine:
            new_name = unused_name(taken, name)
            taken.add(new_name)
            move.renamed[pk] = (name, new_name)
            Snippet.objects.filter(pk=pk).update(owner=move.new, function_name=new_name)
    Snippet.objects.filter(owner=move.old).update(owner=move.new)
    move.counts["snippet"] = len(theirs)


def _delete(owner: str, **_: Any) -> None:
    deleted(Snippet.objects.filter(owner=owner))
