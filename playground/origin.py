"""Which pages may open a WebSocket."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.http import is_same_domain

from playground.access_keys.socket import key_of_scope

DEFAULT_PORTS = {"http": "80", "https": "443"}


class OwnPages:
    """Lets pages of the very origin in that was asked, and those of CSRF_TRUSTED_ORIGINS.

    Every browser says where a page is from; whoever says nothing is refused. An access key in a header
    needs no origin: no page can set one.
    """

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        """Go on with one connection, or refuse it with 403."""
        headers = scope["headers"]
        origins = [value.decode("latin-1") for name, value in headers if name == b"origin"]
        hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
        own = key_of_scope(scope) is not None or (
            len(origins) == len(hosts) == 1
            and is_own(origins[0], hosts[0], settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS)
        )
        application = self._application if own else WebsocketDenier()
        return await application(scope, receive, send)


def is_own(origin: str, host: str, allowed_hosts: list[str], trusted_origins: list[str]) -> bool:
    """Whether a page of `origin` asks the same host and port that it is from, one of ours."""
    if not validate_host(split_domain_port(host)[0], allowed_hosts):
        return False
    try:
        page, asked = urlsplit(origin), urlsplit(f"//{host}")
        if any(_is_trusted(page, urlsplit(trusted)) for trusted in trusted_origins):
            return True
        port = DEFAULT_PORTS[page.scheme]
        return bool(page.hostname) and _is_bare(page) and _place(page, port) == _place(asked, port)
    except (KeyError, ValueError):
        return False


def _is_trusted(page: SplitResult, trusted: SplitResult) -> bool:
    """As Django compares: an asterisk stands for every subdomain."""
    return page.scheme == trusted.scheme and is_same_domain(page.netloc, trusted.netloc.removeprefix("*"))


def _place(address: SplitResult, default_port: str) -> tuple[str | None, str]:
    return address.hostname, str(address.port or default_port)


def _is_bare(origin: SplitResult) -> bool:
    return not (origin.path or origin.query or origin.fragment or "@" in origin.netloc)
