"""What a page says on its WebSocket: which invocation it follows from here on. Pure."""

from dataclasses import dataclass
from uuid import UUID

from playground.json_body import NotJson, parse

AFTER_MAX = 10**15


@dataclass(frozen=True, slots=True)
class Wish:
    """The events of an invocation with numbers above `after` are wanted. `visitor` is a key, or empty."""

    invocation_id: UUID
    after: int
    visitor: str


def read_wish(text: str) -> Wish | None:
    """`{"follow": ID, "after": 0, "visitor": KEY}`, the last two where they are needed; None for all else."""
    try:
        said = parse(text.encode(errors="surrogatepass"))
    except NotJson:
        return None
    if not isinstance(said, dict):
        return None
    followed, after, visitor = said.get("follow"), said.get("after", 0), said.get("visitor", "")
    if not (isinstance(followed, str) and isinstance(visitor, str)):
        return None
    if type(after) is not int or not 0 <= after <= AFTER_MAX:
        return None
    try:
        return Wish(UUID(followed), after, visitor)
    except ValueError:
        return None
