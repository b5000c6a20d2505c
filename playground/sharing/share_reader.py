"""The JSON body of a link → what is to be shared, or every fault of it at once. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from invoker import limits
from invoker.fault import Fault
from playground.json_body import Fields

Change = Mapping[str, Any]
"""New values by the name of their field."""
FIELDS = ("version", "public", "expires_in_days", "variables", "runs")


@dataclass(frozen=True, kw_only=True)
class ShareFields:
    """A link without fault."""

    version: int | None = None
    """None for the newest."""
    public: bool = False
    expires_in_days: int | None = None
    """None for a link that stays."""
    variables: list[str] = field(default_factory=list)
    runs: list[UUID] = field(default_factory=list)


def read_share(body: object) -> ShareFields | list[Fault]:
    """The link in a JSON value, or all its faults."""
    fields, share = _read(body)
    return fields.faults or share


def read_replacement(body: object) -> Change | list[Fault]:
    """Every field of a link, as a JSON value has it or as a new link would, or all its faults."""
    share = read_share(body)
    return share if isinstance(share, list) else asdict(share)


def read_change(body: object) -> Change | list[Fault]:
    """What of a link is to be other than it is: the fields that a JSON value names, or all its faults."""
    fields, share = _read(body)
    return fields.faults or {name: getattr(share, name) for name in FIELDS if name in fields}


def _read(body: object) -> tuple[Fields, ShareFields]:
    fields = Fields(body, "a link", FIELDS)
    return fields, ShareFields(
        version=fields.take("version", None, _version),
        public=fields.truth("public", False),
        expires_in_days=fields.take("expires_in_days", None, _days),
        variables=fields.take("variables", [], _variables),
        runs=fields.take("runs", [], _runs),
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _version(value: Any) -> int | list[Fault] | None:
    if value is None or _is_number(value):
        return value  # type: ignore[no-any-return]
    return [Fault(("version",), "version must be a version's number, or null for the newest.")]


def _days(value: Any) -> int | list[Fault] | None:
    if value is None or (_is_number(value) and value <= limits.SHARE_DAYS_MAX):
        return value  # type: ignore[no-any-return]
    message = f"A link expires after 1 to {limits.SHARE_DAYS_MAX} days, or never."
    return [Fault(("expires_in_days",), message)]


def _variables(value: Any) -> list[str] | list[Fault]:
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return list(dict.fromkeys(value))
    return [Fault(("variables",), "variables must be a list of names of environment variables.")]


def _runs(value: Any) -> list[UUID] | list[Fault]:
    if not isinstance(value, list) or len(value) > limits.SHARED_RUNS_MAX:
        message = f"runs must be a list of ids of at most {limits.SHARED_RUNS_MAX} runs."
        return [Fault(("runs",), message)]
    try:
        return list(dict.fromkeys(UUID(one) for one in value))
    except (AttributeError, TypeError, ValueError):
        return [Fault(("runs",), "runs must be ids of runs.")]
