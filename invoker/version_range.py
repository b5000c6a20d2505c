"""Whether a text is a range of versions as npm writes them, such as ^1.2.0 or 1.x || >=2. Pure."""

import re
from functools import lru_cache

import nodesemver

from invoker import limits

# Nothing else is in a range, so that no address or folder gets as far as the parser.
_CHARACTERS = re.compile(r"[0-9A-Za-z.*^~<>=|+ \t\n\r-]*")


@lru_cache(1024)
def is_range(text: str) -> bool:
    """Whether npm's semver takes it, read strictly: loosely it passes over what it cannot read."""
    if len(text) > limits.VERSION_RANGE_LENGTH_MAX or not _CHARACTERS.fullmatch(text):
        return False
    try:
        # npm's own parser does the same first. Of white space in a row this one takes the square, and more.
        nodesemver.make_range(" ".join(text.split()), loose=False)
    except ValueError:
        return False
    return True
