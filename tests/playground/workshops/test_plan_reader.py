"""What is taken for a workshop, and how everything that is not is told."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoker import limits
from playground.workshops.plan import ExpectationKind, Start, WorkshopPlan
from playground.workshops.plan_document import plan_document
from playground.workshops.plan_reader import EXERCISE_FIELDS, FIELDS, read_plan
from tests.playground.workshops.plans import JSON, VALUES, WORKSHOP, WORKSHOPS

SOME = settings(max_examples=60, deadline=None)


def plan(body: object) -> WorkshopPlan:
    read = read_plan(body)
    assert isinstance(read, WorkshopPlan), read
    return read


def changed(way: tuple[str | int, ...], value: object) -> dict[str, Any]:
    body: Any = copy.deepcopy(WORKSHOP)
    *above, last = way
    place = body
    for step in above:
        place = place[step]
    place[last] = value
    return dict(body)


def faults(body: object) -> list[tuple[str, ...]]:
    read = read_plan(body)
    assert all(fault.message for fault in read) if isinstance(read, list) else True
    return [fault.field for fault in read] if isinstance(read, list) else []


def test_a_whole_workshop_is_read() -> None:
    read = plan(WORKSHOP)
    (exercise,) = read.exercises
    (check,) = exercise.checks
    assert (read.title, read.description, exercise.id, exercise.minutes) == (
        "First steps",
        "*All* of it.",
        "hello",
        5,
    )
    assert (exercise.starter.timeout, exercise.starter.memory_size) == (5, 128)
    assert [event.name for event in exercise.test_events] == ["Ada", "none"]
    assert exercise.hints == ("Look at the event.", "It has a name.")
    assert (check.start, check.hidden, check.environment) == (
        Start.COLD,
        True,
        {"GREETING": "Hello", "STAGE": None},
    )
    assert [one.kind for one in check.expectations] == [
        ExpectationKind.RESPONSE_EQUALS,
        ExpectationKind.LOG_CONTAINS,
    ]


def test_what_is_not_given_has_a_default() -> None:
    body = {"id": "a", "title": "A", "starter": {"files": {"index.mjs": ""}}}
    (exercise,) = plan({"title": "T", "exercises": [body]}).exercises
    assert (exercise.minutes, exercise.instructions, exercise.checks, exercise.hints) == (10, "", (), ())


def test_a_solution_is_the_starter_with_its_own_files_and_configuration() -> None:
    (exercise,) = plan(WORKSHOP).exercises
    solved = exercise.solved()
    assert set(solved.files) == {"index.mjs", "lib/greet.mjs"}
    assert "event.name" in solved.files["index.mjs"]
    assert (solved.memory_size, solved.timeout) == (256, 5)


EXERCISE = ("exercises", 0)
CHECK = (*EXERCISE, "checks", 0)


@pytest.mark.parametrize(
    ("way", "value", "field"),
    [
        (("title",), "", ("title",)),
        (("title",), 5, ("title",)),
        (("title",), "two\nlines", ("title",)),
        (("title",), "x" * 121, ("title",)),
        (("description",), "x" * 10_001, ("description",)),
        (("owner",), "me", ("owner",)),
        (("exercises",), {}, ("exercises",)),
        (("exercises",), [{}] * 51, ("exercises",)),
        ((*EXERCISE, "id"), "With Space", ("exercises", "0", "id")),
        ((*EXERCISE, "id"), "-a", ("exercises", "0", "id")),
        ((*EXERCISE, "id"), "a\n", ("exercises", "0", "id")),
        ((*EXERCISE, "minutes"), 0, ("exercises", "0", "minutes")),
        ((*EXERCISE, "minutes"), True, ("exercises", "0", "minutes")),
        ((*EXERCISE, "minutes"), 601, ("exercises", "0", "minutes")),
        ((*EXERCISE, "instructions"), None, ("exercises", "0", "instructions")),
        ((*EXERCISE, "instructions"), "a\0b", ("exercises", "0", "instructions")),
        ((*EXERCISE, "instructions"), "\ud800", ("exercises", "0", "instructions")),
        ((*EXERCISE, "starter", "files"), {}, ("exercises", "0", "starter", "files")),
        ((*EXERCISE, "starter", "files"), {"../x": ""}, ("exercises", "0", "starter", "files", "../x")),
        ((*EXERCISE, "starter", "timeout"), 0, ("exercises", "0", "starter", "timeout")),
        ((*EXERCISE, "starter", "environment"), {"AWS_REGION": "x"}, ("exercises", "0", "starter", "environment", "AWS_REGION")),
        ((*EXERCISE, "solution"), {"a/../b": ""}, ("exercises", "0", "solution", "a/../b")),
        ((*EXERCISE, "solution"), {"Index.mjs": ""}, ("exercises", "0", "solution", "Index.mjs")),
        ((*EXERCISE, "solution"), {"a": 1}, ("exercises", "0", "solution", "a")),
        ((*EXERCISE, "solution_configuration"), {"memory_size": 1}, ("exercises", "0", "solution_configuration", "memory_size")),
        ((*EXERCISE, "solution_configuration"), {"files": {}}, ("exercises", "0", "solution_configuration", "files")),
        ((*EXERCISE, "solution_configuration"), [], ("exercises", "0", "solution_configuration")),
        ((*EXERCISE, "test_events", 1, "event"), "{", ("exercises", "0", "test_events", "1", "event")),
        ((*EXERCISE, "test_events", 1, "name"), "Ada", ("exercises", "0", "test_events", "0", "name")),
        ((*EXERCISE, "hints"), ["x"] * 11, ("exercises", "0", "hints")),
        ((*EXERCISE, "hints"), ["x", " "], ("exercises", "0", "hints", "1")),
        ((*EXERCISE, "hints"), ["x" * 10_001], ("exercises", "0", "hints", "0")),
        ((*EXERCISE, "checks"), [{}] * 21, ("exercises", "0", "checks")),
        ((*CHECK, "id"), "A", ("exercises", "0", "checks", "0", "id")),
        ((*CHECK, "title"), "", ("exercises", "0", "checks", "0", "title")),
        ((*CHECK, "event"), "{]", ("exercises", "0", "checks", "0", "event")),
        ((*CHECK, "event"), {}, ("exercises", "0", "checks", "0", "event")),
        ((*CHECK, "start"), "hot", ("exercises", "0", "checks", "0", "start")),
        ((*CHECK, "hidden"), "yes", ("exercises", "0", "checks", "0", "hidden")),
        ((*CHECK, "environment"), {"A": "x"}, ("exercises", "0", "checks", "0", "environment", "A")),
        ((*CHECK, "environment"), {"AB": 1}, ("exercises", "0", "checks", "0", "environment", "AB")),
        ((*CHECK, "environment"), [], ("exercises", "0", "checks", "0", "environment")),
        ((*CHECK, "expectations"), [], ("exercises", "0", "checks", "0", "expectations")),
        ((*CHECK, "expectations"), [{"kind": "outcome", "value": "ok"}] * 11, ("exercises", "0", "checks", "0", "expectations")),
        ((*CHECK, "expectations"), [{"kind": "variable_used", "value": "AB"}] * 4, ("exercises", "0", "checks", "0", "expectations")),
        ((*CHECK, "expectations"), [{"kind": "response_equals"}], ("exercises", "0", "checks", "0", "expectations", "0", "value")),
        ((*CHECK, "expectations"), [{"kind": "smells", "value": 1}], ("exercises", "0", "checks", "0", "expectations", "0", "kind")),
        ((*CHECK, "expectations"), [{"kind": {}, "value": 1}], ("exercises", "0", "checks", "0", "expectations", "0", "kind")),
        ((*CHECK, "expectations"), [1], ("exercises", "0", "checks", "0", "expectations", "0")),
    ],
)  # fmt: skip
def test_each_fault_says_where_it_is(
    way: tuple[str | int, ...], value: object, field: tuple[str, ...]
) -> None:
    found = faults(changed(way, value))
    assert field in found
    assert all(one[: len(field)] == field for one in found), found


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *((kind, {"a": float("inf")}) for kind in ExpectationKind),
        *((kind, None) for kind in ExpectationKind if kind not in {"response_equals", "response_contains"}),
        ("response_equals", "x" * limits.EXPECTED_BYTES_MAX),
        ("response_matches", "("),
        ("response_matches", "(?=a)"),
        ("response_matches", "((a{1,1000}){1,1000}){1,1000}"),
        ("response_matches", "x" * 1_001),
        ("response_schema", {"type": "strin"}),
        ("response_schema", {"pattern": "("}),
        ("response_schema", {"properties": {"a": {"$ref": "https://example.org/schema"}}}),
        ("response_schema", {"$ref": "#"}),
        ("response_schema", {"items": {"allOf": [{}], "unevaluatedItems": False}}),
        ("response_schema", {"$schema": "https://example.org/schema"}),
        ("response_schema", []),
        ("chunks_at_least", 0),
        ("chunks_at_least", 1.5),
        ("log_contains", ""),
        ("outcome", "platform_error"),
        ("outcome", "fine"),
        ("outcome", []),
        ("duration_below_ms", 0),
        ("duration_below_ms", True),
        ("memory_below_mb", "64"),
        ("cold_start", "true"),
        ("variable_used", "1A"),
        ("variable_used", "AWS_REGION"),
        ("variable_used", []),
    ],
)
def test_a_value_that_its_kind_does_not_take_is_a_fault(kind: str, value: object) -> None:
    (found,) = faults(changed((*CHECK, "expectations"), [{"kind": str(kind), "value": value}]))
    assert found[:6] == ("exercises", "0", "checks", "0", "expectations", "0")
    assert found[6] == "value"


@pytest.mark.parametrize(
    ("kind", "value", "refused"),
    [("variable_used", "STAGE", {"warm"}), ("init_duration_below_ms", 500, {"warm", "any"})],
)
def test_what_needs_a_cold_start_is_refused_of_another(kind: str, value: object, refused: set[str]) -> None:
    for start in Start:
        body = changed((*CHECK, "expectations"), [{"kind": kind, "value": value}])
        body["exercises"][0]["checks"][0]["start"] = start.value
        wanted = [("exercises", "0", "checks", "0", "start")] if start in refused else []
        assert faults(body) == wanted


def test_ids_are_there_once() -> None:
    exercise = WORKSHOP["exercises"][0]
    assert faults({**WORKSHOP, "exercises": [exercise, exercise]}) == [("exercises", "1", "id")]
    twice = {**exercise, "checks": exercise["checks"] * 3}
    found = faults({**WORKSHOP, "exercises": [twice]})
    assert found == [("exercises", "0", "checks", "1", "id"), ("exercises", "0", "checks", "2", "id")]


def test_every_fault_is_told_at_once() -> None:
    body = changed(("title",), "")
    body["exercises"][0] |= {
        "minutes": 0,
        "hints": [1],
        "starter": {"files": {"/x": ""}, "timeout": 0},
        "solution": {"/y": ""},
    }
    body["exercises"][0]["checks"][0] |= {"start": "hot", "expectations": [{"kind": "outcome", "value": "x"}]}
    above = ("exercises", "0")
    assert set(faults(body)) == {
        ("title",),
        (*above, "minutes"),
        (*above, "hints", "0"),
        (*above, "starter", "files", "/x"),
        (*above, "starter", "timeout"),
        (*above, "solution", "/y"),
        (*above, "checks", "0", "start"),
        (*above, "checks", "0", "expectations", "0", "value"),
    }


def test_the_line_of_a_broken_event_is_told() -> None:
    read = read_plan(changed((*CHECK, "event"), "{\n  x}"))
    assert isinstance(read, list)
    assert [(fault.line, fault.column) for fault in read] == [(2, 3)]


def test_a_workshop_has_a_size() -> None:
    big = "x" * (2 * 1024 * 1024)
    exercise = {**WORKSHOP["exercises"][0], "starter": {"files": {"index.mjs": big}}}
    many = [{**exercise, "id": f"e{number}"} for number in range(5)]
    assert faults({**WORKSHOP, "exercises": many[:3]}) == []
    assert faults({**WORKSHOP, "exercises": many}) == [("exercises",)]


def test_deep_json_is_refused_where_it_is_too_deep() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    (found,) = faults(changed((*CHECK, "expectations", 0, "value"), deep))
    assert found[:6] == ("exercises", "0", "checks", "0", "expectations", "0")
    while deep:  # Python frees such a list by recursion.
        deep = deep.pop()


def test_every_kind_is_among_the_plans_of_the_tests() -> None:
    assert VALUES.keys() == set(ExpectationKind)


@SOME
@given(WORKSHOPS)
def test_a_plan_is_the_same_after_a_round_trip(body: dict[str, Any]) -> None:
    read = plan(body)
    document = json.loads(json.dumps(plan_document(read)))
    assert plan(document) == read
    assert plan_document(plan(document)) == document


@SOME
@given(
    JSON
    | st.dictionaries(st.sampled_from(FIELDS), JSON)
    | st.fixed_dictionaries(
        {
            "exercises": st.lists(
                st.dictionaries(st.sampled_from(EXERCISE_FIELDS), JSON, max_size=8), max_size=2
            )
        }
    )
    | st.dictionaries(st.sampled_from(("id", "title", "start", "expectations", "environment")), JSON).map(
        lambda check: changed(CHECK, check)
    )
    | st.lists(
        st.dictionaries(st.sampled_from(("kind", "value")), JSON | st.sampled_from(list(ExpectationKind)))
    ).map(lambda expectations: changed((*CHECK, "expectations"), expectations))
)
def test_any_json_is_a_plan_or_faults(body: object) -> None:
    read = read_plan(body)
    assert isinstance(read, WorkshopPlan) or (read and all(fault.message for fault in read))
