"""A run as a check looks at it. Pure."""

import json
import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from invoker.events import Outcome
from playground.json_body import INTEGER_DIGITS_MAX

# What is otherwise in each run: request ids, moments (also in ms since 1970).
_MOMENTARY: Final = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|\d{10,}"
)


class NotJson(ValueError):
    """A response is a text that is no JSON, or that no check reads as such."""


@dataclass(frozen=True, kw_only=True)
class CheckedRun:
    """What came of a run. Texts are whole; times are in ms."""

    outcome: Outcome
    response: str = ""
    """The payload that Invoke answers, an error's too."""
    chunks: int = 0
    """In how many pieces a streamed response came; 0 for one that was not streamed."""
    error_type: str = ""
    error_message: str = ""
    log: str = ""
    """What the function printed to stdout and stderr, line by line as it stands in Lambda's log."""
    duration_ms: float | None = None
    init_duration_ms: float | None = None
    max_memory_used_mb: int | None = None
    cold_start: bool = False

    @cached_property
    def value(self) -> Any:
        """The response as JSON, numbers as JavaScript has them; the text itself where it is no JSON."""
        try:
            return _value(self.response)
        except NotJson:
            return self.response

    @property
    def text(self) -> str:
        """The response's text: of a JSON string what is in it, else the JSON."""
        return self.value if isinstance(self.value, str) else self.response

    def lasting(self) -> tuple[str, ...]:
        """All that can be seen of the run but for what is otherwise in each."""
        seen = (self.outcome.value, self.error_type, self.error_message, self.response, self.log)
        return tuple(_MOMENTARY.sub("", text) for text in seen)


def _value(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_integer, parse_float=_number, parse_constant=_number)
    except (ValueError, RecursionError) as error:
        raise NotJson from error


def _integer(digits: str) -> int | float:
    # JavaScript has doubles alone; Python refuses to read integers of thousands of digits.
    return int(digits) if len(digits) <= INTEGER_DIGITS_MAX else _number(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise NotJson
    return number
