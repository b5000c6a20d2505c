"""The list of one's workshops, and the page of one: its code, its exercises, who takes part."""

import io
from http import HTTPStatus
from uuid import UUID

import segno
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from playground.owner import owner_of
from playground.workshops import attempt_store, live, participants, report, workshop_store
from playground.workshops.models import AttemptState, Participant, Workshop
from playground.workshops.progress import is_done
from playground.workshops.shipped_workshops import shipped_names, shipped_workshop
from playground.workshops.teacher.actions import ACTIONS
from playground.workshops.teacher.own import own

QR_SCALE = 8
"""Pixels of one module, at which a code is drawn; the page scales it."""


@require_safe
@never_cache
def workshops(request: HttpRequest) -> HttpResponse:
    """The list."""
    present = Count("participants", filter=Q(participants__removed_at=None))
    rows = Workshop.objects.filter(owner=owner_of(request)).annotate(people=present)
    shipped = [{"name": name, "title": shipped_workshop(name).title} for name in shipped_names()]
    return render(request, "workshops/list.html", {"workshops": rows, "shipped": shipped})


@require_safe
@never_cache
def workshop(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """One workshop."""
    return workshop_page(request, own(request, workshop_id))


def workshop_page(
    request: HttpRequest, one: Workshop, fault: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page of a workshop, with what went wrong with what was asked there."""
    is_open = workshop_store.open_exercises(one)
    exercises = [
        {"id": exercise["id"], "title": exercise["title"], "is_open": exercise["id"] in is_open}
        for exercise in one.plan["exercises"]
    ]
    context = {
        "workshop": one,
        "is_proven": one.proven_revision == one.revision,
        "join_address": request.build_absolute_uri(reverse("join_with", args=[one.code])) if one.code else "",
        "host": request.get_host(),
        "exercises": exercises,
        "solutions": _solutions(one),
        "participants": one.participants.filter(removed_at=None),
        "fault": fault,
    }
    return render(request, "workshops/workshop.html", context, status=status)


def _solutions(one: Workshop) -> list[dict[str, object]]:
    titles = {exercise["id"]: exercise["title"] for exercise in one.plan["exercises"]}
    return [
        {
            "title": titles.get(attempt.exercise, attempt.exercise),
            "is_running": attempt.state == AttemptState.RUNNING,
            "is_done": is_done(attempt),
            "failed": attempt.failed,
            "interrupted": attempt.interrupted,
            "said": " ".join(filter(None, [attempt.error, *map(report.detail, attempt.results)])),
        }
        for attempt in attempt_store.of_solutions(one)
    ]


@require_safe
@never_cache
def qr_code(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """The address at which the workshop is joined, as a picture."""
    one = own(request, workshop_id)
    if not one.code:
        raise Http404
    address = request.build_absolute_uri(reverse("join_with", args=[one.code]))
    drawn = io.BytesIO()
    segno.make(address, micro=False).save(drawn, kind="svg", scale=QR_SCALE, light="white")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@require_POST
def act(request: HttpRequest, workshop_id: UUID, action: str) -> HttpResponse:
    """Do what a button of the page says."""
    one = own(request, workshop_id)
    if action not in ACTIONS:
        raise Http404
    if fault := ACTIONS[action](one, request.POST.get("exercise", "")):
        return workshop_page(request, one, fault, HTTPStatus.UNPROCESSABLE_ENTITY)
    live.tell_all(one.pk)
    return redirect("workshop", workshop_id=one.pk)


@require_POST
def remove(request: HttpRequest, workshop_id: UUID, participant_id: UUID) -> HttpResponse:
    """Take somebody out of the workshop."""
    one = own(request, workshop_id)
    found = Participant.objects.filter(pk=participant_id, workshop=one).first()
    if found is None:
        raise Http404
    participants.removed(found)
    return redirect("workshop", workshop_id=one.pk)
