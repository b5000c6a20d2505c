"""The outcome of a run in the words that the editor has for it. Pure."""

from collections.abc import Mapping
from typing import Final

OUTCOME_WORDS: Final[Mapping[str, str]] = {
    "ok": "Succeeded",
    "function_error": "Function error",
    "init_error": "Initialisation failed",
    "timeout": "Timed out",
    "out_of_memory": "Out of memory",
    "cancelled": "Cancelled",
    "platform_error": "The playground failed",
}
