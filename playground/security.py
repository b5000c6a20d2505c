"""What a browser may load and send from our pages, and whom we take a request from."""

import secrets

from django.http import HttpRequest, HttpResponseBase
from ninja.utils import check_csrf

from playground import visitor
from playground.middleware import AfterResponse
from playground.owner import has_cookie, has_shown_owner

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'{nonce}",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors {framers}",
    )
)
PERMISSIONS = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
    *("microphone", "midi", "payment", "serial", "usb"),
)
PERMISSIONS_POLICY = ", ".join(f"{permission}=()" for permission in PERMISSIONS)
_NONCE = "playground.nonce"
_FRAMED = "playground.framed"


def nonce_of(request: HttpRequest) -> str:
    """What marks the style elements that a page makes as ours. New with every answer."""
    if _NONCE not in request.META:
        request.META[_NONCE] = secrets.token_urlsafe(16)
    return str(request.META[_NONCE])


def allow_frames(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let pages of any site show this answer in a frame. Nothing in it may be done in a visitor's name."""
    request.META[_FRAMED] = True
    response.xframe_options_exempt = True  # type: ignore[attr-defined]


class ContentSecurityPolicy(AfterResponse):
    """Say with every answer that nothing is to be loaded from, or sent to, any other host."""

    def touch(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Set the headers."""
        framers = "*" if request.META.get(_FRAMED) else "'none'"
        policy = POLICY.format(nonce="", framers=framers)
        if _NONCE in request.META:
            # In what is edited Chromium itself writes style attributes, and complains when it may not.
            mark = f" 'nonce-{request.META[_NONCE]}'"
            policy = f"{POLICY.format(nonce=mark, framers=framers)}; style-src-attr 'unsafe-inline'"
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)


def is_forged(request: HttpRequest) -> bool:
    """Whether another site may have sent this request in somebody's name.

    A browser tells itself by its cookies or its Origin, and then has to show the token. A program without
    either has no name that could be abused.
    """
    if has_shown_owner(request) or visitor.owner_in(request):
        # A key in a header, which no other site's page can send: nothing here allows it to (CORS).
        return False
    if not has_cookie(request) and "Origin" not in request.headers:
        return False
    return check_csrf(request) is not None
