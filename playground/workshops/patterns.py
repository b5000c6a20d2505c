"""Regular expressions of a teacher, searched in texts of a participant: by RE2, so that none takes long."""

from typing import Final

import re2

from invoker import limits

_OPTIONS: Final = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 1024 * 1024


def reason_against(pattern: object) -> str:
    """What is wrong with a pattern, in words for its teacher; empty for nothing."""
    if not isinstance(pattern, str) or len(pattern) > limits.PATTERN_LENGTH_MAX:
        return f"A pattern is a text of at most {limits.PATTERN_LENGTH_MAX} characters."
    try:
        re2.compile(pattern, _OPTIONS)
    except re2.error as error:
        (reason, *_) = error.args
        return f"The pattern is not one that RE2 takes: {reason.decode(errors='replace')}."
    except UnicodeEncodeError:
        return "The pattern is not valid Unicode text."
    return ""


def is_found(pattern: str, text: str) -> bool:
    """Whether a pattern that was found without fault matches anywhere in a text."""
    found = re2.compile(pattern, _OPTIONS).search(text.encode(errors="replace").decode())
    return found is not None
