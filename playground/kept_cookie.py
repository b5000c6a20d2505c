"""Cookies that only we read, for a year."""

from django.conf import settings
from django.http import HttpResponseBase

KEPT_S = 365 * 24 * 3_600


def keep(response: HttpResponseBase, name: str, value: str) -> None:
    """Have the browser keep a signed value."""
    response.set_cookie(
        name,
        value,
        max_age=KEPT_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
