"""Files without a template: one function, as far as they are files of one."""

import pytest

from tests.playground.openings.archives import opened


@pytest.mark.parametrize(
    ("files", "handler"),
    [
        ({"a.mjs": "export const x = 1", "index.ts": "export async function handler() {}"}, "index.handler"),
        ({"lib/index.js": "exports.run = 1", "a.test.js": "exports.handler = 1"}, "lib/index.run"),
        ({"notes.txt": "export const handler"}, "index.handler"),
    ],
)
def test_the_handler_is_guessed(files: dict[str, str], handler: str) -> None:
    snippet = opened(files).functions[0].snippet
    assert snippet is not None
    assert snippet["handler"] == handler


def test_files_without_a_template_are_one_function_with_the_handler_that_they_export() -> None:
    project = opened(
        {"repo/app.mjs": "export const main = async () => 1;\n", "repo/node_modules/x/index.js": "1\r\n"}
    )
    assert project.template is None
    (function,) = project.functions
    assert function.logical_id is None
    assert function.snippet is not None
    assert function.snippet["handler"] == "app.main"
    assert (function.snippet["memory_size"], function.snippet["timeout"]) == (128, 3)
    assert function.snippet["files"] == {
        "app.mjs": "export const main = async () => 1;\n",
        "node_modules/x/index.js": "1\n",
    }


def test_a_file_that_cannot_be_is_left_out_and_named() -> None:
    project = opened({"index.js": "1", "../evil.js": "1", "logo.png": b"\x89PNG\xff", "x.bin": b"\0"})
    snippet = project.functions[0].snippet
    assert snippet is not None
    assert list(snippet["files"]) == ["index.js"]
    assert project.notices == [
        "../evil.js was left out: The name leads out of the function's folder.",
        "logo.png and 1 more cannot be edited as text, and were left out.",
    ]
