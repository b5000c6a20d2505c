"""What passes a check and what does not, with the difference that a beginner is told."""

from dataclasses import asdict
from typing import Any

import pytest

from invoker.events import Outcome
from playground.workshops.check_runs import OTHER_VALUE, Purpose, runs_of
from playground.workshops.checked_run import CheckedRun
from playground.workshops.evaluation import CheckResult, evaluate
from playground.workshops.json_difference import Difference
from playground.workshops.participant.results import shown_results
from playground.workshops.plan import Check, Expectation, ExpectationKind, Start

LOG = "2026-01-01T00:00:00.000Z\t7d8f0a3e-0000-4000-8000-000000000000\tWARN\tcard ending in 42\nraw line"
RUN: dict[str, Any] = {
    "outcome": Outcome.OK,
    "response": '{"name": "Ada", "items": [{"id": 1}, {"id": 2, "tags": ["a", "b"]}], "done": true, "odd key": null}',
    "log": LOG,
    "duration_ms": 120.5,
    "init_duration_ms": 80.25,
    "max_memory_used_mb": 64,
    "cold_start": True,
}
ERROR: dict[str, Any] = {
    "outcome": Outcome.FUNCTION_ERROR,
    "response": '{"errorType": "NotFound", "errorMessage": "There is no order 7", "trace": []}',
    "error_type": "NotFound",
    "error_message": "There is no order 7",
}


def run(**changes: Any) -> CheckedRun:
    return CheckedRun(**{**RUN, **changes})


def answering(response: str) -> CheckedRun:
    return CheckedRun(outcome=Outcome.OK, response=response)


def check(*expectations: tuple[str, Any], **fields: Any) -> Check:
    made = tuple(Expectation(kind=ExpectationKind(kind), value=value) for kind, value in expectations)
    return Check(id="a", title="A", expectations=made, **fields)


def difference(kind: str, value: Any, of: CheckedRun) -> Difference | None:
    (result,) = evaluate(check((kind, value)), [of]).expectations
    assert result.words.endswith(".")
    assert result.passed == (result.difference is None)
    return result.difference


WHOLE = {"name": "Ada", "items": [{"id": 1.0}, {"id": 2, "tags": ["a", "b"]}], "done": True, "odd key": None}


@pytest.mark.parametrize(
    ("kind", "value", "of"),
    [
        ("response_equals", WHOLE, run()),
        ("response_equals", "Hello", answering('"Hello"')),
        ("response_equals", "Hello", answering("Hello")),
        ("response_equals", "42", answering("42")),
        ("response_equals", 42, answering("42.0")),
        ("response_equals", None, answering("null")),
        ("response_equals", 10**18, answering("1000000000000000000")),
        ("response_contains", {}, run()),
        ("response_contains", {"name": "Ad"}, run()),
        ("response_contains", {"items": [{"tags": ["b"]}]}, run()),
        ("response_contains", {"items": [{"id": 1}, {}]}, run()),
        ("response_contains", {"errorMessage": "no order 7"}, CheckedRun(**ERROR)),
        ("response_contains", "Ada", run()),
        ("response_contains", "one\ntwo", answering("zero\none\ntwo")),
        ("response_contains", [2, 4], answering("[1,2,3,4]")),
        ("response_contains", [], answering("[1]")),
        ("response_matches", "^Hello, [A-Z]", answering('"Hello, Ada!"')),
        ("response_matches", '"id": ?2', run()),
        ("response_schema", {"type": "object", "required": ["name"]}, run()),
        ("response_schema", {"type": "string", "pattern": "^a"}, answering("abc")),
        ("response_schema", {"format": "ipv4"}, answering('"no address"')),
        ("chunks_at_least", 3, run(chunks=3)),
        ("log_contains", "\tWARN\tcard ending", run()),
        ("log_lacks", "4111 1111", run()),
        ("outcome", "ok", run()),
        ("outcome", "function_error", CheckedRun(**ERROR)),
        ("error_type", "NotFound", CheckedRun(**ERROR)),
        ("duration_below_ms", 121, run()),
        ("memory_below_mb", 64.5, run()),
        ("cold_start", True, run()),
        ("cold_start", False, run(cold_start=False)),
    ],
)
def test_what_is_as_expected_passes(kind: str, value: Any, of: CheckedRun) -> None:
    assert difference(kind, value, of) is None


@pytest.mark.parametrize(
    ("kind", "value", "of", "told"),
    [
        ("response_equals", {**WHOLE, "name": "Bob"}, run(), Difference('response.name should be "Bob", and is "Ada".', "response.name", '"Bob"', '"Ada"')),
        ("response_equals", {**WHOLE, "more": 1}, run(), Difference("response.more is missing.", "response.more", "1", "")),
        ("response_equals", {"name": "Ada"}, answering('{"name":"Ada","odd key":5}'), Difference('response["odd key"] should not be there.', 'response["odd key"]', "", "5")),
        ("response_equals", [[1, 2]], answering("[[1,2,3]]"), Difference("response[0] should have 2 elements, and has 3 elements.", "response[0]", "2 elements", "3 elements")),
        ("response_equals", {"n": 5}, answering('{"n":"5"}'), Difference('response.n should be the number 5, and is the text "5".', "response.n", "5", '"5"')),
        ("response_equals", 1, answering("true"), Difference("response should be the number 1, and is true.", "response", "1", "true")),
        ("response_equals", False, answering("0"), Difference("response should be false, and is the number 0.", "response", "false", "0")),
        ("response_equals", None, answering('"null"'), Difference('response should be null, and is the text "null".', "response", "null", '"null"')),
        ("response_equals", "Hello", answering("Hell"), Difference('response should be "Hello", and is "Hell".', "response", '"Hello"', '"Hell"')),
        ("response_equals", 0.3, answering("0.30000000000000004"), Difference("response should be 0.3, and is 0.30000000000000004.", "response", "0.3", "0.30000000000000004")),
        ("response_equals", "Ada", CheckedRun(**ERROR), Difference("The function ended with an error: NotFound: There is no order 7", "", '"Ada"', ERROR["response"])),
        ("response_equals", "Ada", CheckedRun(outcome=Outcome.TIMEOUT), Difference("The function ran into its timeout.", "", '"Ada"', "")),
        ("response_contains", {"items": [{"id": 2}, {"id": 1}]}, run(), Difference('response.items has no {"id": 1} at its turn.', "response.items", '{"id": 1}', '[{"id": 1}, {"id": 2, "tags": ["a", "b"]}]')),
        ("response_contains", [1, 1], answering("[1]"), Difference("response has no 1 at its turn.", "response", "1", "[1]")),
        ("response_contains", {"a": {"b": 1}}, answering('{"a":[]}'), Difference('response.a should be the object {"b": 1}, and is the list [].', "response.a", '{"b": 1}', "[]")),
        ("response_contains", "Bob", answering('"Ada"'), Difference('"Bob" is not in the response.', "response", "Bob", "Ada")),
        ("response_matches", "^[0-9]+$", answering('"Ada"'), Difference("The response does not match /^[0-9]+$/.", "response", "^[0-9]+$", "Ada")),
        ("response_schema", {"properties": {"a": {"items": {"type": "integer"}}}}, answering('{"a":[1,"x"]}'), Difference('response.a[1]: "x" is not of type "integer".', "response.a[1]", "", '"x"')),
        ("response_schema", {"required": ["b"]}, answering("{}"), Difference('response: "b" is a required property.', "response", "", "{}")),
        ("chunks_at_least", 3, run(chunks=1), Difference("The response should come in 3 or more pieces, and it came in 1.", "", "3", "1")),
        ("chunks_at_least", 1, run(), Difference("The response should come in 1 or more pieces, and it was not streamed.", "", "1", "0")),
        ("log_contains", "paid", run(), Difference('"paid" is not in the log.', "", "paid", LOG)),
        ("log_contains", "paid", run(log=""), Difference('"paid" is not in the log: nothing was logged.', "", "paid", "")),
        ("log_lacks", "raw", run(), Difference('"raw" should not be in the log.', "", "", "raw line")),
        ("outcome", "ok", CheckedRun(**ERROR), Difference("The outcome should be ok. The function ended with an error: NotFound: There is no order 7", "", "ok", "function_error")),
        ("outcome", "timeout", run(), Difference("The outcome should be timeout. The function answered.", "", "timeout", "ok")),
        ("error_type", "NotFound", run(), Difference("The error should be of type NotFound. The function answered.", "", "NotFound", "")),
        ("duration_below_ms", 100, run(), Difference("The duration should be below 100 ms, and is 120.5 ms.", "", "below 100 ms", "120.5 ms")),
        ("memory_below_mb", 64, run(), Difference("The memory used should be below 64 MB, and is 64 MB.", "", "below 64 MB", "64 MB")),
        ("memory_below_mb", 64, answering("1"), Difference("The memory used was not measured in this run.", "", "below 64 MB", "")),
        ("cold_start", False, run(), Difference("The start should be warm, and was cold.", "", "warm", "cold")),
        ("cold_start", True, run(cold_start=False), Difference("The start should be cold, and was warm.", "", "cold", "warm")),
    ],
)  # fmt: skip
def test_what_is_otherwise_fails_and_tells_where(
    kind: str, value: Any, of: CheckedRun, told: Difference
) -> None:
    assert difference(kind, value, of) == told


def test_the_init_phase_of_a_cold_start_is_measured() -> None:
    def result(bound: float) -> CheckResult:
        return evaluate(check(("init_duration_below_ms", bound), start=Start.COLD), [run()])

    assert result(81).passed
    assert result(80).expectations[0].difference == Difference(
        "The init phase should be below 80 ms, and is 80.25 ms.", "", "below 80 ms", "80.25 ms"
    )


def test_a_check_passes_when_all_that_it_expects_does() -> None:
    both = check(("outcome", "ok"), ("log_contains", "nowhere"))
    result = evaluate(both, [run()])
    assert ([one.passed for one in result.expectations], result.passed) == ([True, False], False)
    assert evaluate(check(("outcome", "ok"), ("log_contains", "raw")), [run()]).passed


def test_a_run_is_as_its_check_says() -> None:
    (only,) = runs_of(check(("outcome", "ok"), event="[1]", environment={"STAGE": "test", "GREETING": None}))
    assert (only.purpose, only.event, only.start_cold) == (Purpose.CHECKED, "[1]", False)
    assert only.environment_of({"GREETING": "Hi", "OWN": "1"}) == {"OWN": "1", "STAGE": "test"}
    (cold,) = runs_of(check(("outcome", "ok"), start=Start.COLD))
    assert cold.start_cold


def test_a_warm_run_follows_one_in_the_same_environment() -> None:
    first, second = runs_of(
        check(("outcome", "ok"), event="[1]", start=Start.WARM, environment={"STAGE": "a"})
    )
    assert [first.purpose, second.purpose] == [Purpose.WARMS, Purpose.CHECKED]
    assert (first.start_cold, second.start_cold) == (True, False)
    assert (first.event, first.environment) == (second.event, second.environment)


def test_a_used_variable_is_another_cold_run_with_another_value() -> None:
    used = check(("variable_used", "GREETING"), ("outcome", "ok"), ("variable_used", "STAGE"))
    checked, *others = runs_of(used)
    assert [one.variable for one in others] == ["GREETING", "STAGE"]
    assert all(one.start_cold for one in (checked, *others))
    assert others[0].environment_of({"GREETING": "Hi", "STAGE": "a"}) == {
        "GREETING": OTHER_VALUE,
        "STAGE": "a",
    }

    same, other = answering('"Hi"'), answering('"another value"')
    result = evaluate(used, [same, other, same])
    assert [one.passed for one in result.expectations] == [True, True, False]
    told = result.expectations[2].difference
    assert told == Difference("With another value of STAGE the function answers and logs the same.")


@pytest.mark.parametrize(
    ("changes", "used"),
    [
        ({}, False),
        ({"log": LOG.replace("7d8f0a3e", "11111111").replace("00:00:00.000", "01:02:03.456")}, False),
        ({"response": RUN["response"].replace("Ada", "Bob")}, True),
        ({"log": LOG + "\nmore"}, True),
        ({"outcome": Outcome.FUNCTION_ERROR}, True),
        ({"error_message": "No greeting"}, True),
        ({"duration_ms": 1.0, "max_memory_used_mb": 1}, False),
    ],
)
def test_a_variable_is_used_when_answer_or_log_differ_by_more_than_the_moment(
    changes: Any, used: bool
) -> None:
    result = evaluate(check(("variable_used", "STAGE")), [run(), run(**changes)])
    assert result.passed is used


@pytest.mark.parametrize("outcome", [Outcome.PLATFORM_ERROR, Outcome.CANCELLED])
def test_nothing_is_said_of_a_run_that_something_else_ended(outcome: Outcome) -> None:
    result = evaluate(check(("outcome", "ok")), [CheckedRun(outcome=outcome)])
    assert (result.passed, result.expectations) == (False, ())
    assert "Run the checks again" in result.interrupted or "run the checks again" in result.interrupted


def test_nothing_is_said_when_a_run_is_missing_or_the_warm_environment_was_lost() -> None:
    warm = check(("outcome", "ok"), start=Start.WARM)
    assert evaluate(warm, [run()]).interrupted
    assert evaluate(warm, [run(), run(cold_start=True)]).interrupted
    assert evaluate(warm, [run(), run(cold_start=False)]).passed
    # A function that fails loses its environment by itself.
    assert not evaluate(warm, [CheckedRun(**ERROR), run(cold_start=True)]).interrupted


def test_a_hidden_check_tells_its_title_and_whether_it_passed() -> None:
    secret = ("response_equals", "the secret")
    for hidden in (True, False):
        (result,) = shown_results([asdict(evaluate(check(secret, hidden=hidden), [run()]))])
        assert (result["title"], result["passed"]) == ("A", False)
        assert ("the secret" in repr(result)) is not hidden
