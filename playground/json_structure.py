"""How much structure a JSON text has, found before it becomes objects of many times its size."""

import re
from itertools import islice
from typing import Final

TOKENS_MAX: Final = 100_000
"""Of strings, brackets, commas and colons. The largest submission has some thousand."""
HARMLESS_BYTES: Final = 64 * 1024
# A string goes to its end, or to the end of the text: nothing is looked at twice.
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[{,:]', re.DOTALL)


def is_too_much(text: bytes) -> bool:
    """Whether a text has more tokens than any that is asked for."""
    if len(text) <= HARMLESS_BYTES:
        return False
    return next(islice(_TOKEN.finditer(text), TOKENS_MAX, None), None) is not None
