"""What a browser may load and send from our pages, and whom we take a request from."""

from django.http import HttpRequest, HttpResponseBase
from ninja.utils import check_csrf

from playground.middleware import AfterResponse
from playground.owner import has_cookie

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # The editor writes its theme into style elements.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# The admin's theme evaluates expressions in attributes and has scripts within its pages.
ADMIN_POLICY = PAGE_POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline' 'unsafe-eval'")


class ContentSecurityPolicy(AfterResponse):
    """Say with every answer that nothing is to be loaded from, or sent to, any other host."""

    def touch(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Set the headers."""
        policy = ADMIN_POLICY if request.path.startswith("/admin/") else PAGE_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")


def is_forged(request: HttpRequest) -> bool:
    """Whether another site may have sent this request in somebody's name.

    A browser tells itself by its cookies or its Origin, and then has to show the token. A program without
    either has no name that could be abused.
    """
    if not has_cookie(request) and "Origin" not in request.headers:
        return False
    return check_csrf(request) is not None
