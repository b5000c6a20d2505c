"""What a playground keeps and shows of a case's invocations, after them."""

import html
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.client import Person
from tests.history import LIST, History, owner_of
from tests.hostile.case import Case
from tests.hostile.told import Told

LEFT_AFTER_S = 60
# After these an environment may stay warm; after all others it is removed.
_KEPT_AFTER = {"ok", "function_error"}


def left_sandboxes(state: Path, case: Case, told: Iterable[Told]) -> Iterator[str]:
    """The sandboxes that still hold a case's code although none of its invocations leaves one warm."""
    ran = [one for one in told if one.invocation_id]
    if not ran or any(one.outcome in _KEPT_AFTER and not _exited(one) for one in ran):
        return
    path, text = case.files[0]
    deadline = time.monotonic() + LEFT_AFTER_S
    while left := [found for found in state.glob(f"sandboxes/*/*/task/{path}") if _text(found) == text]:
        if time.monotonic() > deadline:
            yield from (f"{found} is left" for found in left)
            return
        time.sleep(0.1)


def _exited(told: Told) -> bool:
    return bool(told.error.get("type") == "Runtime.ExitError")


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def unlike_records(history: History, person: Person, told: Iterable[Told]) -> Iterator[str]:
    """Whether there is exactly one record of each of somebody's invocations, and none of a refusal."""
    invoked = sorted(one.invocation_id for one in told if one.invocation_id)
    kept = history.records(owner_of(person))
    if kept != invoked:
        yield f"records {kept} of the invocations {invoked}"


def unescaped(history: History, person: Person, told: Told, texts: Iterable[str]) -> Iterator[str]:
    """Every answer about an invocation in which a browser could take a function's text for markup."""
    path = f"/api/invocations/{told.invocation_id}"
    for answer in (person.http.get(path + end) for end in ("", "/response", "/events")):
        kind = answer.headers["Content-Type"]
        if kind.startswith("text/") or answer.headers["X-Content-Type-Options"] != "nosniff":
            yield f"{answer.url} is {kind}"
    page = history.staff.get(f"{LIST}{told.invocation_id}/change/")
    for text in texts:
        if text in page.text or html.escape(text) not in page.text:
            yield f"{text!r} is not shown as text on {page.url} ({page.status_code})"
    listed = history.staff.get(LIST, params={"q": told.invocation_id or ""})
    if str(told.invocation_id) not in listed.text or any(text in listed.text for text in texts):
        yield f"{listed.url} ({listed.status_code}) does not list it, or lists its text as markup"
