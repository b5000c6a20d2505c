"""One's own snippets as a list: searched, filtered by tag, sorted, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from playground.snippets.models import Snippet

LIST_DEFAULT: Final = 50
LIST_MAX: Final = 100
AFTER_MAX: Final = 1_000_000
Sort = Literal["changed", "created", "name"]
_ORDER: Final[Mapping[str, tuple[str, str]]] = {
    "changed": ("-last_modified", "id"),
    "created": ("-created_at", "id"),
    "name": ("function_name", "id"),
}
_COLUMNS: Final = (
    *("id", "owner", "function_name", "description", "tags"),
    *("created_at", "last_modified", "last_version", "deleted_at"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which snippets of an owner are asked for; `after` counts those of the pages before."""

    owner: str
    search: str = ""
    tag: str = ""
    sort: Sort = "changed"
    deleted: bool = False
    limit: int = LIST_DEFAULT
    after: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of snippets; of each that was run its last run's `outcome` and `created_at`."""

    snippets: list[Snippet]
    runs: dict[UUID, Mapping[str, Any]]
    next: int | None
    """The `after` of the next page, None when this is the last."""


def listed(wanted: Wanted) -> Page:
    """The page that is asked for."""
    rows = matching(wanted).order_by(*_ORDER[wanted.sort]).only(*_COLUMNS)
    found = list(rows[wanted.after : wanted.after + wanted.limit + 1])
    snippets = found[: wanted.limit]
    more = len(found) > wanted.limit
    return Page(snippets, _last_runs(snippets), wanted.after + wanted.limit if more else None)


def matching(wanted: Wanted) -> QuerySet[Snippet]:
    """Every snippet that is asked for, in no order."""
    rows = Snippet.objects.filter(owner=wanted.owner, deleted_at__isnull=not wanted.deleted)
    # No text here has a NUL, and PostgreSQL takes none in a question.
    for word in wanted.search.replace("\0", " ").split():
        rows = rows.alias(tag_text=Cast("tags", TextField())).filter(
            Q(function_name__icontains=word) | Q(description__icontains=word) | Q(tag_text__icontains=word)
        )
    return rows.filter(tags__has_key=wanted.tag.replace("\0", "")) if wanted.tag else rows


def tags_of(owner: str) -> list[str]:
    """The keys of the tags that an owner's snippets have, in order."""
    tagged = Snippet.live.filter(owner=owner).exclude(tags={}).values_list("tags", flat=True)
    return sorted({key for tags in tagged for key in tags})


def _last_runs(snippets: list[Snippet]) -> dict[UUID, Mapping[str, Any]]:
    # One look into an index each; one statement for all would read every run of every snippet.
    runs = {
        snippet.pk: snippet.invocations.order_by("-created_at").values("outcome", "created_at").first()
        for snippet in snippets
    }
    return {key: run for key, run in runs.items() if run is not None}
