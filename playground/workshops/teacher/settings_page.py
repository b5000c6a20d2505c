"""The form for a workshop's schedule, the limit of runs, and the day on which participants' data goes."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from playground.workshops import live, workshop_store
from playground.workshops.limits import KEPT_DAYS_MAX, RUNS_PER_MINUTE_MAX
from playground.workshops.models import Workshop
from playground.workshops.teacher.own import own

NAMES = ("starts_at", "ends_at", "runs_per_minute", "delete_on")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """What is set; faults are shown at their fields."""
    one = own(request, workshop_id)
    typed = _typed_of(one)
    faults: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip() for name in NAMES}
        faults = _changed(one, typed)
        if not faults:
            live.tell_all(one.pk)
            return redirect("workshop", workshop_id=one.pk)
    context = {"workshop": one, "typed": typed, "faults": faults, "most": RUNS_PER_MINUTE_MAX}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "workshops/settings.html", context, status=status)


def _typed_of(one: Workshop) -> dict[str, str]:
    return {
        "starts_at": f"{one.starts_at:%Y-%m-%dT%H:%M}" if one.starts_at else "",
        "ends_at": f"{one.ends_at:%Y-%m-%dT%H:%M}" if one.ends_at else "",
        "runs_per_minute": "" if one.runs_per_minute is None else str(one.runs_per_minute),
        "delete_on": f"{one.delete_at:%Y-%m-%d}",
    }


def _changed(one: Workshop, typed: dict[str, str]) -> dict[str, str]:
    faults: dict[str, str] = {}
    moments: dict[str, datetime | None] = {}
    for name in ("starts_at", "ends_at"):
        moments[name] = _moment(typed[name])
        if typed[name] and moments[name] is None:
            faults[name] = "This is no day and time."
    starts_at, ends_at = moments["starts_at"], moments["ends_at"]
    if starts_at and ends_at and ends_at <= starts_at:
        faults["ends_at"] = "It ends after it begins."
    runs = typed["runs_per_minute"]
    is_number = runs.isascii() and runs.isdigit() and len(runs) < 6
    if runs and not (is_number and int(runs) <= RUNS_PER_MINUTE_MAX):
        faults["runs_per_minute"] = f"This is 0 to {RUNS_PER_MINUTE_MAX}, or empty for no limit."
    delete_at = _moment(f"{typed['delete_on']}T00:00")
    latest = max(timezone.now(), ends_at or timezone.now()) + timedelta(days=KEPT_DAYS_MAX)
    earliest = max(timezone.now(), ends_at or timezone.now())
    if delete_at is None or not earliest < delete_at <= latest:
        faults["delete_on"] = f"This is a day after the workshop, at most {KEPT_DAYS_MAX} days later."
    elif one.participants.exists() and delete_at > one.delete_at:
        faults["delete_on"] = "People have joined who were told an earlier day: it can only come sooner."
    if not faults and delete_at is not None:
        workshop_store.changed_settings(
            one,
            starts_at=starts_at,
            ends_at=ends_at,
            runs_per_minute=int(runs) if runs else None,
            delete_at=delete_at,
        )
    return faults


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text) if parse_date(text[:10]) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment else None
