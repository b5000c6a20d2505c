"""Where a request comes from, as far as it can be believed."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX = 64
"""Bits of an IPv6 address that tell one connection from another: whoever has one address has all of these."""


def client_address(request: HttpRequest) -> str:
    """The IPv4 address or IPv6 network that a request comes from, empty where there is none."""
    return address_of(
        request.META.get("REMOTE_ADDR") or "",
        request.headers.get("X-Forwarded-For", ""),
        settings.TRUSTED_PROXIES,
    )


def address_of_scope(scope: Mapping[str, Any]) -> str:
    """The same of an ASGI scope."""
    client = scope.get("client")
    forwarded = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return address_of(client[0] if client else "", ",".join(forwarded), settings.TRUSTED_PROXIES)


def address_of(remote: str, forwarded_for: str, trusted_proxies: int) -> str:
    """The address that the outermost of so many proxies has seen.

    Each proxy adds to `forwarded_for`, on the right, where it was asked from. What is further to the left
    anybody may have written, and without a proxy all of it.
    """
    seen = [part.strip() for part in forwarded_for.split(",")] if forwarded_for and trusted_proxies else []
    chain = [*seen, remote][-1 - trusted_proxies :]
    for text in chain:
        if address := _network(text):
            return address
    return ""


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((address.packed[: IPV6_PREFIX // 8] + bytes(8), IPV6_PREFIX)))
