"""What is taken home: the summary, and every attempt as CSV and as JSON."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from playground.workshops import report
from playground.workshops.teacher.own import own


@require_safe
@never_cache
def summary(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Completion, attempts, time and errors of each exercise."""
    one = own(request, workshop_id)
    people = one.participants.count()
    context = {"workshop": one, "people": people, "figures": report.figures(one)}
    return render(request, "workshops/summary.html", context)


@require_safe
@never_cache
def as_csv(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """A line for each check of each attempt."""
    text = report.csv_text(report.rows(own(request, workshop_id)))
    headers = {"Content-Disposition": 'attachment; filename="workshop.csv"'}
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    return HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@never_cache
def as_json(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """The same as JSON."""
    one = own(request, workshop_id)
    headers = {"Content-Disposition": 'attachment; filename="workshop.json"'}
    return JsonResponse({"title": one.title, "checks": list(report.rows(one))}, headers=headers)
