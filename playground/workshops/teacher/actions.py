"""What the buttons of a workshop's page do. Each gives the sentence that says why not, empty where done."""

from collections.abc import Callable, Mapping
from typing import Final

from playground.workshops import workshop_store
from playground.workshops.models import Workshop

Action = Callable[[Workshop, str], str]
NOT_PUBLISHED = "Publish the workshop first."


def _publish(workshop: Workshop, _: str) -> str:
    try:
        workshop_store.published(workshop)
    except workshop_store.NotProven as error:
        return str(error)
    return ""


def _open_joining(workshop: Workshop, _: str, is_new_code: bool = False) -> str:
    if workshop.published_at is None:
        return NOT_PUBLISHED
    workshop_store.joining_opened(workshop, is_new_code)
    return ""


def _change_code(workshop: Workshop, _: str) -> str:
    return _open_joining(workshop, "", is_new_code=True)


def _close_joining(workshop: Workshop, _: str) -> str:
    workshop_store.joining_closed(workshop)
    return ""


def _lock(workshop: Workshop, _: str) -> str:
    workshop_store.locked(workshop, True)
    return ""


def _unlock(workshop: Workshop, _: str) -> str:
    workshop_store.locked(workshop, False)
    return ""


def _known(workshop: Workshop, exercise: str) -> list[str]:
    ids = [str(one["id"]) for one in workshop.plan["exercises"]]
    return ids if exercise == "" else [one for one in ids if one == exercise]


def _open_exercise(workshop: Workshop, exercise: str) -> str:
    workshop_store.exercises_opened(workshop, _known(workshop, exercise))
    return ""


def _close_exercise(workshop: Workshop, exercise: str) -> str:
    workshop_store.exercises_closed(workshop, _known(workshop, exercise))
    return ""


ACTIONS: Final[Mapping[str, Action]] = {
    "publish": _publish,
    "open-joining": _open_joining,
    "close-joining": _close_joining,
    "change-code": _change_code,
    "lock": _lock,
    "unlock": _unlock,
    "open-exercise": _open_exercise,
    "close-exercise": _close_exercise,
}
"""By their names in addresses. Where one is about exercises, no exercise means all of them."""
