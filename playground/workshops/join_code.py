"""The short code of a workshop, as it is put on a wall and typed from it. Pure."""

import secrets
from typing import Final

ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without 0 and O, 1, I and L, which look alike on a projector."""
LENGTH: Final = 6
"""Characters of a code: 888 million, of which some are open at any time."""
_READ_AS: Final = str.maketrans("", "", " -_\t")


def new_code() -> str:
    """A code at random."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def typed_code(text: str) -> str:
    """A code as somebody typed it, in the form in which codes are kept; empty for what can be none."""
    code = text.translate(_READ_AS).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
