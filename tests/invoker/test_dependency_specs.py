"""What a package.json may ask for, and where that which it may not is told."""

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoker import limits
from invoker.dependency_specs import FIELDS, dependency_faults
from invoker.fault import Fault

GOOD = {
    "name": "shop",
    "type": "module",
    "dependencies": {"is-odd": "^3.0.1", "@scope/any": "*", "none": ""},
    "devDependencies": {"typescript": ">=5 <6 || 7.x"},
    "optionalDependencies": {"fsevents": "~2.3"},
    "peerDependencies": {"react": "17 - 19"},
    "peerDependenciesMeta": {"react": {"optional": True}},
    "overrides": {"is-odd": "$is-odd", "a@1": {".": "1.2.3", "b": {"c": "2"}}},
    "bundleDependencies": ["is-odd"],
    "workspaces": [],
    "repository": "github:user/repo",
    "scripts": {"build": "file:x"},
}
ADDRESS = "https://packages.example.org/is-odd/-/is-odd-3.0.1.tgz"


def faults(manifest: object, path: str = "package.json") -> list[Fault]:
    text = manifest if isinstance(manifest, str) else json.dumps(manifest)
    found = dependency_faults({"index.mjs": "", path: text})
    assert all(fault.field == ("files", path) for fault in found)
    return found


def test_ranges_are_taken_and_other_members_are_not_looked_at() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "spec", ["latest", "file:../x", "npm:is-odd@1", "workspace:*", 1, None, True, [], {}]
)
def test_whatever_else_a_dependency_is_is_named(field: str, spec: object) -> None:
    (fault,) = faults({field: {"is-even": "1", "is-odd": spec}})
    assert f'"is-odd" in {field} is {json.dumps(spec)}. ' in fault.message
    assert "Only a range of versions is taken" in fault.message
    assert "Nothing is installed here." in fault.message


def test_a_fault_has_the_place_of_the_specification() -> None:
    text = '{\n  "dependencies": {\n    "žluť 漢🙂": "1",\n    "🙂": "file:x"\n  }\n}\n'
    (fault,) = faults(text)
    # In UTF-16 units, as editors count: the face is two of them.
    assert (fault.line, fault.column) == (4, 11)
    (fault,) = faults(text.replace("\n", "\r\n"))
    assert (fault.line, fault.column) == (4, 11)


def test_every_one_is_told_in_order() -> None:
    manifest = {"dependencies": {"a": "./a", "b": "1", "c": "git://c"}, "overrides": {"d": {".": "x/d"}}}
    assert [fault.message.split(" is ")[0] for fault in faults(manifest)] == [
        *('"a" in dependencies', '"c" in dependencies', '"d" in overrides')
    ]


def test_of_very_many_the_first_are_told_and_that_there_are_more() -> None:
    most = limits.DEPENDENCY_FAULTS_MAX
    found = faults({"dependencies": {f"a{n}": "./a" for n in range(most + 5)}})
    assert len(found) == most + 1
    assert found[-1] == Fault(
        ("files", "package.json"), f"More than {most} of its entries are not taken; these are the first."
    )
    assert len(faults({"dependencies": {f"a{n}": "./a" for n in range(most)}})) == most


def test_there_are_so_many_dependencies_at_most() -> None:
    most = limits.DEPENDENCIES_MAX
    assert faults({"dependencies": {f"a{n}": "1" for n in range(most)}}) == []
    (fault,) = faults({"dependencies": {f"a{n}": "1" for n in range(most)}, "overrides": {"b": "1"}})
    assert fault.message == f"There are too many dependencies: {most} at most."


@pytest.mark.parametrize("workspaces", [["packages/*"], ["/etc"], {"packages": ["../.."]}, "x"])
def test_workspaces_are_refused(workspaces: object) -> None:
    (fault,) = faults({"workspaces": workspaces})
    assert "in workspaces is a folder to install from" in fault.message


@pytest.mark.parametrize("instead", ["file:x", ["is-odd@file:x"], 1, True])
def test_dependencies_are_names_with_a_range_each(instead: object) -> None:
    for manifest in (
        {"dependencies": instead},
        {"dependencies": {"a": [instead]}},
        {"overrides": {"a": [instead]}},
    ):
        (fault,) = faults(manifest)
        assert "must be an object with a text for each name." in fault.message


@pytest.mark.parametrize("nothing", [{}, [], None, "", False])
def test_no_dependencies_are_fine_in_any_way(nothing: object) -> None:
    assert faults(dict.fromkeys((*FIELDS, "workspaces"), nothing)) == []


@pytest.mark.parametrize(
    "text",
    ["", "no JSON", "[]", "1", '"x"', "null", '{"dependencies": {"a": "file:x"}', "[" * 100_000, "}" * 10],
)
def test_what_is_no_object_of_json_is_left_to_node(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '\ufeff{"dependencies": {"a": "file:x"}}',
        '{"dep\\u0065ndencies": {"a": "f\\u0069le:x"}}',
        '{"dependencies": {"a": "file:x", "a": "1"}}',
        '{"dependencies": {"a": "file:x"}, "dependencies": {}}',
        '{"dependencies": {"__proto__": "file:x"}}',
        '{"n": ' + "1" * 10_000 + ', "dependencies": {"a": "file:x"}}',
        '{"n": ' + "[" * 50_000 + "]" * 50_000 + ', "dependencies": {"a": "file:x"}}',
        '{"overrides": ' + '{"a": ' * 50_000 + '"file:x"' + "}" * 50_001,
        '{"dependencies": {"\\ud800": "file:\\udfff\\u202e\\u0000"}}',
    ],
    ids=[
        "mark",
        "escapes",
        "twice",
        "twice-whole",
        "proto",
        "digits",
        "deep",
        "deep-overrides",
        "surrogates",
    ],
)
def test_nothing_hides_one(text: str) -> None:
    (fault,) = faults(text)
    fault.message.encode()
    assert "\u202e" not in fault.message
    assert fault.line == 1


def test_a_long_specification_is_cut() -> None:
    (fault,) = faults({"dependencies": {"a" * 5000: "/" * 5000}})
    assert len(fault.message) < 600


def test_only_the_root_is_looked_at() -> None:
    text = json.dumps({"dependencies": {"a": "file:x"}, "packages": {"b": {"resolved": "file:x"}}})
    paths = ("node_modules/x/package.json", "lib/package.json", "lib/package-lock.json", "Package.json")
    assert dependency_faults(dict.fromkeys(paths, text)) == []


def lock(**entry: object) -> dict[str, Any]:
    return {"lockfileVersion": 3, "packages": {"": {"version": "x"}, "node_modules/is-odd": entry}}


@pytest.mark.parametrize("path", ["package-lock.json", "npm-shrinkwrap.json"])
@pytest.mark.parametrize(
    "resolved",
    [
        *("http://packages.example.org/is-odd/-/is-odd-3.0.1.tgz", "https://10.0.0.1/is-odd/-/is-odd-3.0.1.tgz"),
        *("https://localhost/is-odd/-/is-odd-3.0.1.tgz", "https://user@example.org/is-odd/-/is-odd-3.0.1.tgz"),
        *("https://example.org:8080/is-odd/-/is-odd-3.0.1.tgz", "https://[::1]/is-odd/-/is-odd-3.0.1.tgz"),
        *("https://example.org/x.tgz", f"{ADDRESS}?x", f"{ADDRESS}#x", "git+ssh://git@example.org/x.git#1"),
        *("file:../x", "packages/a", "../..", "", 1, True, None, [], {}),
    ],
)  # fmt: skip
def test_a_lock_file_names_a_registry(path: str, resolved: object) -> None:
    (fault,) = faults(lock(version="3.0.1", resolved=resolved), path)
    assert fault.message.startswith(f'"node_modules/is-odd" comes from {json.dumps(resolved)}. Only packages')
    assert fault.line == 1


@pytest.mark.parametrize("resolved", [ADDRESS, ADDRESS.replace(".org", ".org:443/api/npm"), False])
def test_what_a_registry_gives_is_taken(resolved: object) -> None:
    entry = {"version": "3.0.1", "resolved": resolved, "dependencies": {"is-number": "npm:x@1"}, "dev": True}
    assert faults(lock(**entry), "package-lock.json") == []
    before_npm_7 = {
        "dependencies": {"a": {**entry, "dependencies": {"b": {"version": "npm:@s/c@1.0.0-rc.1+2"}}}}
    }
    assert faults(before_npm_7, "package-lock.json") == []


def test_a_version_that_says_where_from_is_refused_at_any_depth() -> None:
    inner: dict[str, Any] = {"version": "file:../x"}
    for name in range(60):
        assert len(faults({"dependencies": {"x": inner}}, "package-lock.json")) == 1, name
        inner = {"version": "1.0.0", "dependencies": {"x": inner}}
    assert len(faults(lock(version="https://10.0.0.1/x.tgz"), "package-lock.json")) == 1


def test_a_lock_file_that_is_made_to_be_slow_is_quick() -> None:
    deep = '{"dependencies": {"a":' * 20_000 + '{"version": "1.0.0"}' + "}}" * 20_000
    many = json.dumps({"packages": {f"a{n}": [[]] * 50 for n in range(4_000)}})
    long = json.dumps(
        {"packages": {"a": {"resolved": "https://" + "h." * 500_000, "version": "1" * 500_000}}}
    )
    began = time.process_time()
    for text in (deep, many, long, "{" + '"a":{},' * 300_000, '{"a":' * 500_000):
        faults(text, "package-lock.json")
    assert time.process_time() - began < 5


def test_a_file_of_very_many_parts_is_refused() -> None:
    text = json.dumps({"files": [0] * limits.DEPENDENCY_PARTS_MAX})
    (fault,) = faults(text)
    assert fault.message == "It has more than 300000 names, values and signs."


NAMES = st.sampled_from(
    [*FIELDS, "workspaces", "packages", "resolved", "version", "a", ".", "\\", '"', "\ud800"]
)
VALUES = st.recursive(
    st.sampled_from([None, True, 1, 1e400, "", "1", "file:x", "$a", "\0", "}", ","]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, st.sampled_from(["", "}", "{", " x", '"']))
def test_no_text_makes_it_fail(value: object, behind: str) -> None:
    text = json.dumps(value) + behind
    dependency_faults({"package.json": text, "package-lock.json": text})
