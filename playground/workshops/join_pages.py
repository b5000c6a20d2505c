"""How somebody gets into a workshop: by its code, or again by their personal link."""

from http import HTTPStatus

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe
from redis.exceptions import RedisError

from invoker.fault import Fault
from playground.client_address import client_address
from playground.owner import owner_of
from playground.page import editor_page
from playground.visitor import key_of
from playground.workshops import join_limit, participants
from playground.workshops.join_code import LENGTH, typed_code
from playground.workshops.limits import NAME_LENGTH_MAX
from playground.workshops.models import Participant, Workshop

COOKIE = "participant"
COOKIE_PATH = "/join"
"""The only place that asks for it: everywhere else the personal link says who somebody is."""
KEPT_S = 60 * 24 * 3_600
WRONG = "No workshop is open with this code. Look at it again, or ask whether it was changed."
AWAY = "The playground cannot look for codes at the moment. Try again soon."
_signer = Signer(salt="playground.workshops.participant")


@require_safe
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """The form for the code."""
    typed = request.GET.get("code", "")
    if code := typed_code(typed):
        return redirect("join_with", code=code)
    fault = f"A code has {LENGTH} letters and digits." if typed else ""
    return render(request, "workshops/join.html", {"typed": typed[:20], "fault": fault})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_with(request: HttpRequest, code: str) -> HttpResponse:
    """What is joined, until when data is kept, and the form for the name."""
    try:
        workshop = _open_workshop(request, code)
        if isinstance(workshop, HttpResponse):
            return workshop
        before = _joined_before(request, workshop)
        name = request.POST.get("name", "")
        if request.method == "POST" and before and "another" not in request.POST:
            # Sent twice, or from a page of before.
            return redirect("participant", token=before[1])
        answer = _joined(request, workshop, name) if request.method == "POST" else []
    except RedisError:
        return _no_code(request, code, AWAY, HTTPStatus.SERVICE_UNAVAILABLE)
    if isinstance(answer, HttpResponse):
        return answer
    faults = answer
    context = {
        "workshop": workshop,
        "before": before,
        "name": name[: 2 * NAME_LENGTH_MAX],
        "name_length_max": NAME_LENGTH_MAX,
        "fault": " ".join(fault.message for fault in faults),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "workshops/join_with.html", context, status=status)


@require_safe
@never_cache
@ensure_csrf_cookie
def participant(request: HttpRequest, token: str) -> HttpResponse:
    """The editor page as a participant's: the link alone says whose."""
    found = participants.found(token)
    if found is None:
        return render(request, "workshops/unknown.html", status=HTTPStatus.NOT_FOUND)
    told = {"token": token, "title": found.workshop.title, "name": found.name}
    response = editor_page(request, workshop=told, visitor=key_of(found.runs_as))
    response["X-Robots-Tag"] = "noindex"
    return response


def _joined(request: HttpRequest, workshop: Workshop, name: str) -> HttpResponse | list[Fault]:
    if faults := participants.name_faults(name):
        return faults
    if refused := join_limit.refusal_of_join(owner_of(request), client_address(request)):
        return [Fault((), refused)]
    answer = participants.joined(workshop, name)
    return answer if isinstance(answer, list) else _let_in(workshop, answer[1])


def _open_workshop(request: HttpRequest, code: str) -> Workshop | HttpResponse:
    browser, address = owner_of(request), client_address(request)
    if fault := join_limit.refusal_of_try(browser, address):
        return _no_code(request, code, fault, HTTPStatus.TOO_MANY_REQUESTS)
    workshop = _joinable(typed_code(code))
    if workshop is None:
        join_limit.was_wrong(browser, address)
        return _no_code(request, code, WRONG, HTTPStatus.NOT_FOUND)
    return workshop


def _joinable(code: str) -> Workshop | None:
    # Once the day has come on which its data goes, nobody is told one that is past.
    kept = Workshop.objects.filter(delete_at__gt=timezone.now(), joining=True)
    return kept.filter(code=code).first() if code else None


def _no_code(request: HttpRequest, code: str, fault: str, status: int) -> HttpResponse:
    return render(request, "workshops/join.html", {"typed": code[:20], "fault": fault}, status=status)


def _let_in(workshop: Workshop, token: str) -> HttpResponseRedirect:
    response = redirect("participant", token=token)
    response.set_cookie(
        COOKIE,
        _signer.sign(f"{workshop.pk}.{token}"),
        max_age=KEPT_S,
        path=COOKIE_PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _joined_before(request: HttpRequest, workshop: Workshop) -> tuple[Participant, str] | None:
    try:
        place, _, token = _signer.unsign(request.COOKIES.get(COOKIE, "")).partition(".")
    except BadSignature:
        return None
    found = participants.found(token) if place == str(workshop.pk) else None
    return (found, token) if found else None
