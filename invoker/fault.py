"""A fault in what a user sent, with the place where it was made."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `field` is the way to the value, such as ("environment", "AWS_REGION")."""

    field: tuple[str, ...]
    message: str
    line: int | None = None
    """1-based line in the field's text, where there is one."""
    column: int | None = None
