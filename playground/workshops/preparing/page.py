"""The page of the plan editor."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from playground.page import page_limits
from playground.security import nonce_of
from playground.workshops.teacher.own import own


@require_safe
@never_cache
@ensure_csrf_cookie
def plan_editor(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """For the owner of the workshop alone."""
    one = own(request, workshop_id)
    told = {
        "workshop": str(one.pk),
        "title": one.title,
        "is_published": one.published_at is not None,
        "limits": page_limits(),
    }
    context = {"workshop": one, "boot": told, "nonce": nonce_of(request)}
    return render(request, "workshops/plan_editor.html", context)
