"""What came of a check's runs → what passed, and what did not, with the difference. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from invoker.events import Outcome
from playground.workshops.check_runs import Purpose, runs_of
from playground.workshops.checked_run import CheckedRun
from playground.workshops.expectations import expectation_difference, expectation_words, variable_difference
from playground.workshops.json_difference import Difference
from playground.workshops.plan import Check, Expectation, ExpectationKind

PLATFORM_FAILED: Final = (
    "The playground could not run the function. That is not your doing: run the checks again."
)
CANCELLED: Final = "The run was cancelled. Run the checks again."
NOT_WARM: Final = "The warm environment of the first run was gone before the second. Run the checks again."


@dataclass(frozen=True, kw_only=True)
class ExpectationResult:
    """An expectation in words, and how the run was otherwise: None where it passed."""

    kind: ExpectationKind
    words: str
    difference: Difference | None = None

    @property
    def passed(self) -> bool:
        """Whether it holds."""
        return self.difference is None


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """What came of a check. Neither passed nor failed when something else came between."""

    id: str
    title: str
    hidden: bool
    passed: bool
    interrupted: str = ""
    """Why nothing can be said, and what to do: empty when something can."""
    expectations: tuple[ExpectationResult, ...] = ()


def evaluate(check: Check, runs: Sequence[CheckedRun]) -> CheckResult:
    """The result of a check; `runs` are what came of `runs_of(check)`, in that order.

    Fewer are enough where the last of them was interrupted.
    """
    if reason := _interruption(check, runs):
        return interrupted(check, reason)
    results = tuple(_result(check, expectation, runs) for expectation in check.expectations)
    return CheckResult(
        id=check.id,
        title=check.title,
        hidden=check.hidden,
        passed=all(one.passed for one in results),
        expectations=results,
    )


def interrupted(check: Check, reason: str) -> CheckResult:
    """The result of a check of which nothing can be said, with the reason and what to do."""
    return CheckResult(id=check.id, title=check.title, hidden=check.hidden, passed=False, interrupted=reason)


def _interruption(check: Check, runs: Sequence[CheckedRun]) -> str:
    if any(run.outcome is Outcome.CANCELLED for run in runs):
        return CANCELLED
    planned = runs_of(check)
    if any(run.outcome is Outcome.PLATFORM_ERROR for run in runs) or len(runs) != len(planned):
        return PLATFORM_FAILED
    warming = planned[0].purpose is Purpose.WARMS
    # An environment does not outlive a failure; that is the function's own doing.
    return NOT_WARM if warming and runs[0].outcome is Outcome.OK and runs[1].cold_start else ""


def _result(check: Check, expectation: Expectation, runs: Sequence[CheckedRun]) -> ExpectationResult:
    planned = runs_of(check)
    checked = next(run for plan, run in zip(planned, runs, strict=True) if plan.purpose is Purpose.CHECKED)
    if expectation.kind is ExpectationKind.VARIABLE_USED:
        other = next(
            run for plan, run in zip(planned, runs, strict=True) if plan.variable == expectation.value
        )
        difference = variable_difference(expectation.value, checked, other)
    else:
        difference = expectation_difference(expectation, checked)
    return ExpectationResult(
        kind=expectation.kind, words=expectation_words(expectation), difference=difference
    )
