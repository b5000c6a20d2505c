"""The JSON body or form of an access key → what is to be made, or every fault of it at once. Pure."""

from dataclasses import dataclass
from typing import Any

from invoker import limits
from invoker.fault import Fault
from playground.access_keys.scope import Scope, in_order
from playground.json_body import Fields, is_storable


@dataclass(frozen=True, kw_only=True)
class KeyFields:
    """An access key without fault."""

    name: str
    scopes: list[str]
    expires_in_days: int | None = None
    """None for a key that stays."""


@dataclass(frozen=True, kw_only=True)
class KeyChanges:
    """What is to become other of an access key; None stays."""

    name: str | None = None
    scopes: list[str] | None = None


def read_key(body: object) -> KeyFields | list[Fault]:
    """The new key in a JSON value, or all its faults."""
    fields = Fields(body, "an access key", ("name", "scopes", "expires_in_days"))
    key = KeyFields(
        name=fields.take("name", "", _name),
        scopes=fields.take("scopes", [], _scopes),
        expires_in_days=fields.take("expires_in_days", None, _days),
    )
    missing = [_FAULTS[name] for name in ("name", "scopes") if name not in fields]
    return [*fields.faults, *missing] or key


def read_changes(body: object) -> KeyChanges | list[Fault]:
    """The changes in a JSON value, or all their faults."""
    fields = Fields(body, "an access key", ("name", "scopes"))
    nothing: Any = None
    changes = KeyChanges(
        name=fields.take("name", nothing, _name), scopes=fields.take("scopes", nothing, _scopes)
    )
    return fields.faults or changes


_FAULTS = {
    "name": Fault(
        ("name",), f"A key needs a name of 1 to {limits.ACCESS_KEY_NAME_LENGTH_MAX} characters in one line."
    ),
    "scopes": Fault(("scopes",), f"A key needs one scope or more of {', '.join(Scope)}."),
    "expires_in_days": Fault(
        ("expires_in_days",),
        f"A key expires after 1 to {limits.ACCESS_KEY_DAYS_MAX} days, or never (null).",
    ),
}


def _name(value: Any) -> str | list[Fault]:
    name = value.strip() if isinstance(value, str) else ""
    fits = 0 < len(name) <= limits.ACCESS_KEY_NAME_LENGTH_MAX
    return name if fits and name.isprintable() and is_storable(name) else [_FAULTS["name"]]


def _scopes(value: Any) -> list[str] | list[Fault]:
    known = isinstance(value, list) and all(isinstance(one, str) and one in set(Scope) for one in value)
    return in_order(value) if known and value else [_FAULTS["scopes"]]


def _days(value: Any) -> int | list[Fault] | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if value is None or (is_number and 1 <= value <= limits.ACCESS_KEY_DAYS_MAX):
        return value  # type: ignore[no-any-return]
    return [_FAULTS["expires_in_days"]]
