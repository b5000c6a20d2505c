"""The page of the wall."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from playground.security import nonce_of
from playground.workshops.teacher.own import own


@require_safe
@never_cache
@ensure_csrf_cookie
def wall(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """For the owner of the workshop alone."""
    one = own(request, workshop_id)
    boot = {"workshop": str(one.pk), "host": request.get_host()}
    return render(request, "workshops/wall.html", {"workshop": one, "boot": boot, "nonce": nonce_of(request)})
