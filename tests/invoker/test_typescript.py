"""Which JavaScript TypeScript becomes, by TypeScript's own rules."""

import pytest

from invoker import limits, typescript
from invoker.fault import Fault
from invoker.typescript import Compilation, compilations, complaints, output_of


@pytest.mark.parametrize(
    ("path", "output"),
    [
        ("index.ts", "index.js"),
        ("index.mts", "index.mjs"),
        ("index.cts", "index.cjs"),
        ("page.tsx", "page.js"),
        ("lib/deep/order.ts", "lib/deep/order.js"),
        ("index.mjs", None),
        ("types.d.ts", None),
        ("types.d.mts", None),
        ("node_modules/left-pad/index.ts", None),
        ("ts", None),
        ("lib/.ts", None),
        ("notes.ts.txt", None),
    ],
)
def test_only_typescript_of_ones_own_is_compiled(path: str, output: str | None) -> None:
    assert output_of(path) == output


def formats(texts: dict[str, str]) -> dict[str, str]:
    found = compilations(texts)
    return {one.output: one.module_format for one in found if isinstance(one, Compilation)}


def test_a_ts_file_is_commonjs_until_a_package_says_module() -> None:
    assert formats({"index.ts": ""}) == {"index.js": "cjs"}
    assert formats({"index.ts": "", "package.json": '{"type": "module"}'}) == {"index.js": "esm"}
    assert formats({"index.ts": "", "package.json": "no JSON"}) == {"index.js": "cjs"}
    assert formats({"index.ts": "", "package.json": "[" * 100_000}) == {"index.js": "cjs"}


def test_the_nearest_package_decides() -> None:
    told = formats(
        {
            "package.json": '{"type": "module"}',
            "index.ts": "",
            "old/package.json": "{}",
            "old/deep/part.ts": "",
            "old/new.mts": "",
            "older.cts": "",
        }
    )
    assert told == {"index.js": "esm", "old/deep/part.js": "cjs", "old/new.mjs": "esm", "older.cjs": "cjs"}


def test_no_file_is_written_over_by_another() -> None:
    assert compilations({"a.ts": "", "a.js": ""}) == [
        Fault(("files", "a.ts"), "It is compiled to a.js, and there is such a file.")
    ]
    assert compilations({"a.ts": "", "a.tsx": ""}) == [
        Fault(("files", "a.tsx"), "It is compiled to a.js, and so is a.ts.")
    ]


def test_the_number_of_files_has_a_limit() -> None:
    texts = {f"{number}.ts": "" for number in range(limits.TYPESCRIPT_FILES_MAX + 1)}
    (fault,) = compilations(texts)
    assert isinstance(fault, Fault)
    assert fault.field == ("files",)


def test_a_place_is_told_in_lines_and_columns_from_1_as_editors_count() -> None:
    told = '✘ [ERROR] Unexpected "="\n\n    index.ts:2:11:\n      2 │ "é😀"; x =\n        ╵      ^\n\n'
    text = 'let a;\n"é😀"; x =\n'
    assert complaints("lib/index.ts", text, told) == [
        Fault(("files", "lib/index.ts"), 'Unexpected "=".', line=2, column=9)
    ]


def test_something_is_told_whatever_the_compiler_says() -> None:
    (fault,) = complaints("index.ts", "", "something else")
    assert fault.field == ("files", "index.ts")


def test_what_was_submitted_is_told_from_what_was_made() -> None:
    assert typescript.submitted(["index.js", "index.ts", "other.js"]) == ["index.ts", "other.js"]
    assert typescript.is_compiled(["index.ts"])
    assert not typescript.is_compiled(["index.mjs", "types.d.ts"])
