"""My snippets: the list with its bin, and the form for name, description and tags."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast, get_args
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from invoker.fault import Fault
from playground.owner import ACCOUNT, owner_of
from playground.snippet_pages.details import read_details
from playground.snippet_pages.outcome_words import OUTCOME_WORDS
from playground.snippet_pages.tags_text import read_tags_text, tags_text
from playground.snippets import snippet_store
from playground.snippets.archive import archive
from playground.snippets.listing import AFTER_MAX, Sort, Wanted, listed, tags_of
from playground.snippets.models import Snippet

SEARCH_LENGTH_MAX = 200
TAG_LENGTH_MAX = 128


@require_safe
@never_cache
def my_snippets(request: HttpRequest) -> HttpResponse:
    """The list, or with `bin` what was deleted; `undo` is the id of the one that has just been."""
    wanted = _wanted(request)
    page = listed(wanted)
    context = {
        "rows": [_row(snippet, page.runs.get(snippet.pk)) for snippet in page.snippets],
        "wanted": wanted,
        "tags": tags_of(wanted.owner),
        "is_filtered": bool(wanted.search or wanted.tag),
        "undo": _undoable(request.GET.get("undo", ""), wanted.owner),
        "retention_days": settings.RETENTION_DAYS,
        "bin_days": settings.BIN_DAYS,
        "is_account": wanted.owner.startswith(ACCOUNT),
        "next": _address(wanted, page.next) if page.next is not None else None,
    }
    return render(request, "snippet_pages/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """The form for name, description and tags; faults are shown at their fields."""
    snippet = _own(request, snippet_id)
    typed = {
        "function_name": snippet.function_name,
        "description": snippet.description,
        "tags": tags_text(snippet.tags),
    }
    faults: list[Fault] = []
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip() for name in typed}
        details = read_details({**typed, "tags": read_tags_text(typed["tags"])})
        faults = details if isinstance(details, list) else _change(snippet, details)
        if not faults:
            return redirect("my_snippets")
    said: dict[str, list[str]] = {name: [] for name in typed}
    for fault in faults:
        said[fault.field[0] if fault.field and fault.field[0] in said else "function_name"].append(
            fault.message
        )
    context = {"snippet": snippet, "typed": typed, "faults": said}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "snippet_pages/edit.html", context, status=status)


@require_safe
@never_cache
def export(request: HttpRequest) -> FileResponse:
    """Every snippet as a .zip."""
    opened = archive(owner_of(request))
    return FileResponse(opened, as_attachment=True, filename="snippets.zip", content_type="application/zip")


@require_POST
def delete(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Put a snippet into the bin, and offer to undo it."""
    snippet_store.deleted(_own(request, snippet_id))
    return redirect(f"/snippets?{urlencode({'undo': snippet_id})}")


@require_POST
def undelete(request: HttpRequest, snippet_id: UUID) -> HttpResponse:
    """Bring a snippet back."""
    snippet_store.undeleted(_own(request, snippet_id, Snippet.objects.all()))
    return redirect("my_snippets")


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    sort = asked.get("sort", "")
    after = asked.get("after", "")
    return Wanted(
        owner_of(request),
        search=asked.get("search", "").replace("\0", "")[:SEARCH_LENGTH_MAX],
        tag=asked.get("tag", "").replace("\0", "")[:TAG_LENGTH_MAX],
        sort=cast(Sort, sort) if sort in get_args(Sort) else "changed",
        deleted="bin" in asked,
        after=min(int(after), AFTER_MAX) if after.isascii() and after.isdigit() and len(after) < 9 else 0,
    )


def _address(wanted: Wanted, after: int) -> str:
    asked = {"search": wanted.search, "tag": wanted.tag, "sort": wanted.sort, "after": after}
    if wanted.deleted:
        asked["bin"] = 1
    return f"/snippets?{urlencode(asked)}"


def _row(snippet: Snippet, run: Mapping[str, Any] | None) -> dict[str, Any]:
    outcome: str = (run["outcome"] or "") if run else ""
    return {
        "snippet": snippet,
        "tags": [(key, f"{key}={value}" if value else key) for key, value in snippet.tags.items()],
        "outcome": OUTCOME_WORDS.get(outcome, "Running") if run else "Not run yet",
        "tone": "ok" if outcome == "ok" else "bad" if outcome in OUTCOME_WORDS else "",
    }


def _undoable(snippet_id: str, owner: str) -> Snippet | None:
    try:
        wanted = UUID(snippet_id)
    except ValueError:
        return None
    return snippet_store.found(owner, wanted, Snippet.objects.exclude(deleted_at=None))


def _own(request: HttpRequest, snippet_id: UUID, among: QuerySet[Snippet] | None = None) -> Snippet:
    snippet = snippet_store.found(owner_of(request), snippet_id, among)
    if snippet is None:
        raise Http404
    return snippet


def _change(snippet: Snippet, details: Mapping[str, Any]) -> list[Fault]:
    try:
        snippet_store.change(snippet, details)
    except snippet_store.NameTaken as error:
        return [error.fault]
    except snippet_store.ChangedMeanwhile:
        return [Fault(("function_name",), "The snippet was changed in between. Save again.")]
    return []
