"""What a submission may be, and how its faults are told."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoker.fault import Fault
from playground.invocations.submission_reader import Draft, read
from playground.json_body import NotJson, parse

GOOD = {"files": {"index.mjs": "export const handler = async () => 1"}}


def faults(**changes: object) -> list[Fault]:
    result = read({**GOOD, **changes})
    assert isinstance(result, list), result
    return result


def fields(**changes: object) -> list[tuple[str, ...]]:
    return [fault.field for fault in faults(**changes)]


def test_files_alone_are_enough() -> None:
    draft = read(GOOD)
    assert isinstance(draft, Draft)
    assert (draft.function.handler, draft.function.memory_size, draft.function.timeout, draft.event) == (
        "index.handler",
        128,
        3,
        b"{}",
    )


@pytest.mark.parametrize("value", ["abc", "128", 128.5, True, None, [], {}])
def test_a_number_of_the_wrong_type_is_told_at_its_field(value: object) -> None:
    assert fields(memory_size=value) == [("memory_size",)]
    assert fields(timeout=value) == [("timeout",)]
    assert fields(ephemeral_storage=value) == [("ephemeral_storage",)]


def test_a_dependency_that_is_no_range_is_told_at_its_line() -> None:
    manifest = '{\n  "dependencies": {"is-odd": "github:user/repo", "is-even": "^1.0.0"}\n}'
    (fault,) = faults(
        files={**GOOD["files"], "package.json": manifest, "node_modules/x/package.json": manifest}
    )
    assert (fault.field, fault.line, fault.column) == (("files", "package.json"), 2, 30)
    assert '"is-odd" in dependencies is "github:user/repo".' in fault.message


def test_every_fault_is_told_at_once() -> None:
    found = fields(
        files={"../x": "", "ok.mjs": 1},
        handler="",
        environment={"AWS_REGION": "x", "1": "y"},
        memory_size=1,
        timeout="soon",
        ephemeral_storage=511,
        event='{"a":\n nope}',
        function_name="a b",
    )
    assert ("files", "ok.mjs") in found
    for field in [
        ("handler",),
        ("memory_size",),
        ("timeout",),
        ("ephemeral_storage",),
        ("event",),
        ("function_name",),
    ]:
        assert field in found
    assert ("environment", "AWS_REGION") in found
    assert ("environment", "1") in found


def test_an_event_that_is_not_json_is_told_with_its_place() -> None:
    (fault,) = faults(event='{"a":\n nope}')
    assert (fault.field, fault.line, fault.column) == (("event",), 2, 2)


def test_every_bad_path_is_told() -> None:
    assert set(fields(files={"../x": "", "/y": "", "a\0b": ""})) == {
        ("files", "../x"),
        ("files", "/y"),
        ("files", "a\0b"),
    }


def test_two_thousand_files_are_one_fault() -> None:
    assert fields(files={f"{number}.js": "" for number in range(2_000)}) == [("files",)]


def test_lone_surrogates_are_faults_wherever_they_are() -> None:
    found = fields(
        files={"a\ud800.js": "", "b.js": "\ud800"},
        environment={"NAME": "\ud800", "N\ud800": "x"},
        event='"\ud800"',
        handler="\ud800",
    )
    assert ("files", "a\ud800.js") in found
    assert ("files", "b.js") in found
    assert ("environment", "NAME") in found
    assert ("environment", "N\ud800") in found
    assert ("event",) in found
    assert ("handler",) in found


def test_an_unknown_field_is_told() -> None:
    assert fields(memory=128) == [("memory",)]


@pytest.mark.parametrize("body", [[], 1, "x", None, True])
def test_a_body_that_is_no_object_is_refused(body: object) -> None:
    result = read(body)
    assert isinstance(result, list)
    assert result[0].field == ()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"NaN", b'{"a": Infinity}'])
def test_a_body_that_is_not_json_is_refused(body: bytes) -> None:
    with pytest.raises(NotJson):
        parse(body)


def test_a_name_that_comes_twice_is_refused_by_its_name() -> None:
    with pytest.raises(NotJson, match=r'"index\.mjs" comes twice'):
        parse(b'{"files": {"index.mjs": "1", "b.mjs": "2", "index.mjs": "3"}}')


def test_an_integer_of_any_length_is_out_of_range_and_no_more() -> None:
    body = parse(
        b'{"files": {"index.mjs": ""}, "memory_size": '
        + b"9" * 10_000
        + b', "timeout": -'
        + b"9" * 5_000
        + b"}"
    )
    result = read(body)
    assert isinstance(result, list)
    assert {fault.field for fault in result} == {("memory_size",), ("timeout",)}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None)),
    lambda children: st.lists(children) | st.dictionaries(st.text(st.characters(codec=None)), children),
    max_leaves=10,
)


# Busy machines are slow ones.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(
            ["files", "handler", "environment", "memory_size", "timeout", "event", "function_name"]
        ),
        JSON,
    )
)
def test_any_json_at_any_field_is_a_draft_or_faults(body: dict[str, object]) -> None:
    result = read(parse(json.dumps(body).encode()))
    assert isinstance(result, Draft) or result
