"""A visitor of a page in another site's frame, where browsers send no cookies.

The page gets a signed key, and shows it in a header (on a WebSocket, with what it wants to follow). It is
good for running functions and for reading those runs, for some hours.
"""

import secrets

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

HEADER = "X-Playground-Visitor"
KEPT_S = 12 * 3_600
PATHS = ("/api/invocations",)
"""Where a key says who asks."""
_signer = TimestampSigner(salt="playground.visitor")


def new_key() -> str:
    """A key of a visitor who was never here."""
    return key_of(f"visitor:{secrets.token_hex(16)}")


def key_of(owner: str) -> str:
    """A key with which a page acts as an owner that no cookie names."""
    return _signer.sign(owner)


def owner_of_key(key: str) -> str | None:
    """The owner that a key is; None for one that is forged or too old."""
    try:
        return _signer.unsign(key, max_age=KEPT_S)
    except BadSignature:
        return None


def owner_in(request: HttpRequest) -> str | None:
    """The owner whose key a request shows, where a key counts."""
    if HEADER not in request.headers or not request.path.startswith(PATHS):
        return None
    return owner_of_key(request.headers[HEADER])
