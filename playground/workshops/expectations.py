"""Each kind of expectation: in words, and how a run is otherwise. Pure."""

from collections.abc import Callable
from typing import Any, Final

from invoker import limits
from invoker.events import Outcome
from playground.workshops import json_schema, patterns
from playground.workshops.checked_run import CheckedRun
from playground.workshops.json_difference import Difference, cut, difference, lack, shown
from playground.workshops.plan import Expectation, ExpectationKind

LOG_LINES_SHOWN: Final = 3
OUTCOMES: Final = {
    Outcome.OK: "answered",
    Outcome.FUNCTION_ERROR: "ended with an error",
    Outcome.INIT_ERROR: "failed in its init phase",
    Outcome.TIMEOUT: "ran into its timeout",
    Outcome.OUT_OF_MEMORY: "ran out of memory",
}


def expectation_words(expectation: Expectation) -> str:
    """What is expected, as a sentence."""
    return _WORDS[expectation.kind].format(cut(_told(expectation)))


def expectation_difference(expectation: Expectation, run: CheckedRun) -> Difference | None:
    """How the run is otherwise than expected; None where it is not. Not for VARIABLE_USED."""
    return _DIFFERENCES[expectation.kind](expectation.value, run)


def variable_difference(name: str, run: CheckedRun, other: CheckedRun) -> Difference | None:
    """Whether a run with another value of a variable was any different."""
    if run.lasting() != other.lasting():
        return None
    return Difference(f"With another value of {name} the function answers and logs the same.")


def _told(expectation: Expectation) -> str:
    value = expectation.value
    if expectation.kind is ExpectationKind.COLD_START:
        return "cold" if value else "warm"
    if expectation.kind is ExpectationKind.OUTCOME:
        return OUTCOMES[Outcome(value)]
    plain = expectation.kind in {ExpectationKind.ERROR_TYPE, ExpectationKind.VARIABLE_USED}
    return value if plain else shown(value)


def _of_response(
    compare: Callable[[Any, CheckedRun], Difference | None],
) -> Callable[[Any, CheckedRun], Difference | None]:
    """A look at the response, and why there may be none."""

    def look(value: Any, run: CheckedRun) -> Difference | None:
        length, most = len(run.response), limits.CHECKED_RESPONSE_LENGTH_MAX
        if length > most:
            return Difference(f"The response has {length} characters; a check looks at {most} at most.")
        found = compare(value, run)
        if found and run.outcome is not Outcome.OK:
            return Difference(_ended(run), expected=found.expected, got=cut(run.response))
        return found

    return look


def _equals(value: Any, run: CheckedRun) -> Difference | None:
    # A streamed text such as 42 is a number as well.
    return None if value == run.response else difference(value, run.value)


def _contains(value: Any, run: CheckedRun) -> Difference | None:
    if not isinstance(value, str):
        return lack(value, run.value)
    if value in run.text or value in run.response:
        return None
    return Difference(f"{shown(value)} is not in the response.", "response", value, cut(run.text))


def _matches(value: str, run: CheckedRun) -> Difference | None:
    if patterns.is_found(value, run.text):
        return None
    return Difference(f"The response does not match /{cut(value)}/.", "response", cut(value), cut(run.text))


def _schema(value: Any, run: CheckedRun) -> Difference | None:
    return json_schema.difference(value, run.value)


def _chunks(value: int, run: CheckedRun) -> Difference | None:
    if run.chunks >= value:
        return None
    came = f"it came in {run.chunks}" if run.chunks else "it was not streamed"
    message = f"The response should come in {value} or more pieces, and {came}."
    return Difference(message, expected=str(value), got=str(run.chunks))


def _log_contains(value: str, run: CheckedRun) -> Difference | None:
    if value in run.log:
        return None
    lines = run.log.splitlines()
    if not lines:
        return Difference(f"{shown(value)} is not in the log: nothing was logged.", expected=cut(value))
    end = "\n".join(map(cut, lines[-LOG_LINES_SHOWN:]))
    return Difference(f"{shown(value)} is not in the log.", expected=cut(value), got=end)


def _log_lacks(value: str, run: CheckedRun) -> Difference | None:
    if value not in run.log:
        return None
    line = next((line for line in run.log.splitlines() if value in line), value)
    return Difference(f"{shown(value)} should not be in the log.", got=cut(line))


def _outcome(value: str, run: CheckedRun) -> Difference | None:
    if run.outcome.value == value:
        return None
    message = f"The outcome should be {value}. {_ended(run)}"
    return Difference(message, expected=value, got=run.outcome.value)


def _error_type(value: str, run: CheckedRun) -> Difference | None:
    if run.error_type == value:
        return None
    return Difference(
        f"The error should be of type {cut(value)}. {_ended(run)}", "", value, cut(run.error_type)
    )


def _ended(run: CheckedRun) -> str:
    error = f": {cut(run.error_type)}: {cut(run.error_message)}" if run.error_type else "."
    return f"The function {OUTCOMES.get(run.outcome, run.outcome.value)}{error}"


def _below(what: str, unit: str, name: str) -> Callable[[float, CheckedRun], Difference | None]:
    def look(value: float, run: CheckedRun) -> Difference | None:
        measured: float | None = getattr(run, name)
        if measured is None:
            return Difference(f"{what} was not measured in this run.", expected=f"below {value:g} {unit}")
        if measured < value:
            return None
        message = f"{what} should be below {value:g} {unit}, and is {measured:g} {unit}."
        return Difference(message, expected=f"below {value:g} {unit}", got=f"{measured:g} {unit}")

    return look


def _cold_start(value: bool, run: CheckedRun) -> Difference | None:
    if run.cold_start is value:
        return None
    expected, got = ("cold", "warm") if value else ("warm", "cold")
    return Difference(f"The start should be {expected}, and was {got}.", expected=expected, got=got)


_DIFFERENCES: Final[dict[ExpectationKind, Callable[[Any, CheckedRun], Difference | None]]] = {
    ExpectationKind.RESPONSE_EQUALS: _of_response(_equals),
    ExpectationKind.RESPONSE_CONTAINS: _of_response(_contains),
    ExpectationKind.RESPONSE_MATCHES: _of_response(_matches),
    ExpectationKind.RESPONSE_SCHEMA: _of_response(_schema),
    ExpectationKind.CHUNKS_AT_LEAST: _chunks,
    ExpectationKind.LOG_CONTAINS: _log_contains,
    ExpectationKind.LOG_LACKS: _log_lacks,
    ExpectationKind.OUTCOME: _outcome,
    ExpectationKind.ERROR_TYPE: _error_type,
    ExpectationKind.DURATION_BELOW_MS: _below("The duration", "ms", "duration_ms"),
    ExpectationKind.INIT_DURATION_BELOW_MS: _below("The init phase", "ms", "init_duration_ms"),
    ExpectationKind.MEMORY_BELOW_MB: _below("The memory used", "MB", "max_memory_used_mb"),
    ExpectationKind.COLD_START: _cold_start,
}
_WORDS: Final = {
    ExpectationKind.RESPONSE_EQUALS: "The response is {}.",
    ExpectationKind.RESPONSE_CONTAINS: "The response contains {}.",
    ExpectationKind.RESPONSE_MATCHES: "The response matches the pattern {}.",
    ExpectationKind.RESPONSE_SCHEMA: "The response is as the JSON Schema {} says.",
    ExpectationKind.CHUNKS_AT_LEAST: "The response comes in {} or more pieces.",
    ExpectationKind.LOG_CONTAINS: "The log contains {}.",
    ExpectationKind.LOG_LACKS: "The log does not contain {}.",
    ExpectationKind.OUTCOME: "The function {}.",
    ExpectationKind.ERROR_TYPE: "The error is of type {}.",
    ExpectationKind.DURATION_BELOW_MS: "The duration is below {} ms.",
    ExpectationKind.INIT_DURATION_BELOW_MS: "The init phase takes less than {} ms.",
    ExpectationKind.MEMORY_BELOW_MB: "The memory used is below {} MB.",
    ExpectationKind.COLD_START: "The start is {}.",
    ExpectationKind.VARIABLE_USED: "The environment variable {} is used.",
}
