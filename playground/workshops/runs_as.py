"""Whose the runs of a workshop are. Each has execution environments of its own, as every owner has. Pure."""

from uuid import UUID

PARTICIPANT = "participant:"


def runs_as(participant: UUID) -> str:
    """The owner of a participant's tests, which they may read."""
    return f"{PARTICIPANT}{participant}"


def checked_as(subject: UUID, hidden: bool) -> str:
    """The owner of the runs of checks of a participant's code, or of a workshop's solutions: nobody.

    What a hidden check sends is never in an environment whose answers are shown.
    """
    return f"{'hidden' if hidden else 'checks'}:{subject}"
