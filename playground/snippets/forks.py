"""The version that a snippet was made from, by the link that somebody opened it with."""

from collections.abc import Callable

from playground.snippets.models import Version

finders: list[Callable[[str], Version | None]] = []
"""Each gives the version that the link of a token shows, None where it does not open."""


def origin_of(token: str | None) -> Version | None:
    """The version that a link shows; None without one that opens."""
    if token is None:
        return None
    return next((version for find in finders if (version := find(token))), None)
