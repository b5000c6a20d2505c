"""Plans of workshops for the tests: a whole one, and any that there can be."""

import json
from typing import Any

from hypothesis import strategies as st

from playground.workshops.plan import ExpectationKind, Start

CODE = "export const handler = async (event) => event.name;\n"
CHECK: dict[str, Any] = {
    "id": "greets",
    "title": "Greets Ada",
    "event": '{"name": "Ada"}',
    "environment": {"GREETING": "Hello", "STAGE": None},
    "start": "cold",
    "hidden": True,
    "expectations": [
        {"kind": "response_equals", "value": "Ada"},
        {"kind": "log_contains", "value": "Ada"},
    ],
}
EXERCISE: dict[str, Any] = {
    "id": "hello",
    "title": "Hello",
    "minutes": 5,
    "instructions": "# Hello\n\nSay it.",
    "starter": {"files": {"index.mjs": "export const handler = async () => {};\n"}, "timeout": 5},
    "solution": {"index.mjs": CODE, "lib/greet.mjs": "export {};\n"},
    "solution_configuration": {"memory_size": 256},
    "test_events": [{"name": "Ada", "event": '{"name": "Ada"}', "expected": '"Ada"'}, {"name": "none"}],
    "hints": ["Look at the event.", "It has a name."],
    "checks": [CHECK],
}
WORKSHOP: dict[str, Any] = {"title": "First steps", "description": "*All* of it.", "exercises": [EXERCISE]}

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
TITLE = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12)
IDS = st.from_regex(r"\A[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}\Z")
NAMES = st.sampled_from(["GREETING", "STAGE", "N1"])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
VALUES = {
    ExpectationKind.RESPONSE_EQUALS: JSON,
    ExpectationKind.RESPONSE_CONTAINS: JSON,
    ExpectationKind.RESPONSE_MATCHES: st.sampled_from(["^a+$", "", "[0-9]{2}"]),
    ExpectationKind.RESPONSE_SCHEMA: st.sampled_from([True, {"type": "object"}, {"pattern": "^a"}]),
    ExpectationKind.CHUNKS_AT_LEAST: st.integers(1, 9),
    ExpectationKind.LOG_CONTAINS: TITLE,
    ExpectationKind.LOG_LACKS: TITLE,
    ExpectationKind.OUTCOME: st.sampled_from(["ok", "function_error", "timeout"]),
    ExpectationKind.ERROR_TYPE: TITLE,
    ExpectationKind.DURATION_BELOW_MS: st.integers(1, 9000) | st.floats(0.5, 9000),
    ExpectationKind.INIT_DURATION_BELOW_MS: st.integers(1, 9000),
    ExpectationKind.MEMORY_BELOW_MB: st.integers(1, 9000),
    ExpectationKind.COLD_START: st.booleans(),
    ExpectationKind.VARIABLE_USED: NAMES,
}
PATHS = st.sampled_from(["index.mjs", "lib/a.mjs", "data/prices.json", "index.ts"])
FILES = st.dictionaries(PATHS, TEXT, min_size=1, max_size=3)


def _expectation(kind: ExpectationKind) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind.value), "value": VALUES[kind]})


# These two ask for a start of their own.
EXPECTATIONS = st.sampled_from(
    sorted(set(ExpectationKind) - {ExpectationKind.VARIABLE_USED, ExpectationKind.INIT_DURATION_BELOW_MS})
).flatmap(_expectation)
CHECKS: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"id": IDS, "title": TITLE, "expectations": st.lists(EXPECTATIONS, min_size=1, max_size=3)},
    optional={
        "event": JSON.map(json.dumps) | st.just('{ "a":1}'),
        "environment": st.dictionaries(NAMES, TEXT | st.none(), max_size=2),
        "start": st.sampled_from([start.value for start in Start]),
        "hidden": st.booleans(),
    },
)
CONFIGURATION: dict[str, st.SearchStrategy[Any]] = {
    "handler": st.just("index.main"),
    "environment": st.dictionaries(NAMES, TEXT, max_size=2),
    "memory_size": st.integers(128, 1024),
    "timeout": st.integers(1, 9),
}
TEST_EVENTS: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"name": TITLE},
    optional={
        "event": JSON.map(json.dumps),
        "expected": JSON.map(json.dumps),
        "template": st.just({"id": "sqs", "fields": {"queue": "a"}}),
    },
)
EXERCISES: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {
        "id": IDS,
        "title": TITLE,
        "starter": st.fixed_dictionaries({"files": FILES}, optional=CONFIGURATION),
    },
    optional={
        "minutes": st.integers(1, 60),
        "instructions": TEXT,
        "solution": FILES,
        "solution_configuration": st.fixed_dictionaries({}, optional=CONFIGURATION),
        "test_events": st.lists(
            TEST_EVENTS,
            max_size=3,
            unique_by=lambda event: event["name"],
        ),
        "hints": st.lists(TITLE, max_size=3),
        "checks": st.lists(CHECKS, max_size=3, unique_by=lambda check: check["id"]),
    },
)
WORKSHOPS: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"title": TITLE},
    optional={
        "description": TEXT,
        "exercises": st.lists(EXERCISES, max_size=2, unique_by=lambda exercise: exercise["id"]),
    },
)
"""The JSON of workshops without fault."""
