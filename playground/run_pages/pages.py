"""The page of a run, and of two runs side by side, for whoever may read them."""

from http import HTTPStatus
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from playground.invocations import visibility
from playground.invocations.models import Invocation
from playground.owner import owner_of
from playground.run_pages.comparison import compared, compared_files, pretty
from playground.run_pages.run_view import RunView, is_over, run_view

NOTHING = "-"


@require_safe
@never_cache
def run(request: HttpRequest, invocation_id: UUID) -> HttpResponse:
    """A run as it was."""
    row = _one(request, invocation_id)
    if row is None:
        return _unknown(request)
    before = _readable(request).filter(
        owner=row.owner, function_name=row.function_name, created_at__lt=row.created_at, state=row.state
    )
    context = {
        "run": run_view(row),
        "is_over": is_over(row),
        "before": before.order_by("-created_at").values_list("id", flat=True).first(),
    }
    return _page(request, "run_pages/run.html", context)


@require_safe
@never_cache
def compare(request: HttpRequest, invocation_id: UUID, other_id: UUID) -> HttpResponse:
    """Two runs side by side."""
    rows = [_one(request, one) for one in (invocation_id, other_id)]
    if None in rows:
        return _unknown(request)
    left, right = (run_view(row) for row in rows if row)
    names = dict.fromkeys((*_figures(left), *_figures(right)))
    context = {
        "left": left,
        "right": right,
        "figures": [
            (name, _figures(left).get(name, NOTHING), _figures(right).get(name, NOTHING)) for name in names
        ],
        "texts": [
            compared("Event", pretty(left.event), pretty(right.event)),
            compared("Response", pretty(left.response), pretty(right.response)),
            compared("Error", left.error, right.error),
            compared("Log", _log(left), _log(right)),
        ],
        "files": compared_files(left.files, right.files),
    }
    return _page(request, "run_pages/compare.html", context)


def _readable(request: HttpRequest) -> QuerySet[Invocation]:
    return visibility.readable(request.user, owner_of(request))


def _one(request: HttpRequest, invocation_id: UUID) -> Invocation | None:
    return _readable(request).select_related("package").filter(id=invocation_id).first()


def _unknown(request: HttpRequest) -> HttpResponse:
    sentence = "There is no such run, or it is not shared with you."
    return _page(request, "run_pages/unknown.html", {"sentence": sentence}, HTTPStatus.NOT_FOUND)


def _page(
    request: HttpRequest, template: str, context: dict[str, object], status: int = HTTPStatus.OK
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _figures(view: RunView) -> dict[str, str]:
    environment = ", ".join(view.environment) or "none"
    return {
        "Outcome": view.outcome,
        **view.metrics,
        **view.configuration,
        "Environment variables": environment,
    }


def _log(view: RunView) -> str:
    return "\n".join(line.text.replace(view.id, "REQUEST-ID") for line in view.log)
