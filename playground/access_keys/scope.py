"""What an access key may be good for, the same in both APIs. Pure."""

from collections.abc import Collection, Iterable
from enum import StrEnum


class Scope(StrEnum):
    """One thing that a key allows. None includes another."""

    READ = "read"
    """List and read what the owner has, values of environment variables and code included."""
    WRITE = "write"
    """Make, change, share and delete functions."""
    INVOKE = "invoke"
    """Run functions, follow those runs and end them."""
    KEYS = "keys"
    """List access keys, and make, change, revoke and delete those that may do no more than this one."""


def in_order(scopes: Iterable[str]) -> list[str]:
    """Scopes without doubles, in the order in which they are told."""
    given = set(scopes)
    return [scope.value for scope in Scope if scope in given]


def is_within(scopes: Collection[str], others: Collection[str]) -> bool:
    """Whether nothing is among the scopes that is not among the others."""
    return set(scopes) <= set(others)
