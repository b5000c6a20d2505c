"""The compiler itself, over good, bad and hostile TypeScript."""

import os
from pathlib import Path

import pytest

from invoker import limits
from invoker.compiler import TOO_LONG, Compiler
from invoker.errors import InvokerError, SetUpIncomplete
from invoker.fault import Fault
from invoker.image import compiler as part

from .conftest import CHECKOUT

RUNTIMES = Path(os.environ.get("PLAYGROUND_RUNTIME", CHECKOUT / ".state" / "runtime"))


@pytest.fixture(scope="module")
def compiler() -> Compiler:
    return Compiler(part.program(RUNTIMES))


def made(compiler: Compiler, texts: dict[str, str]) -> dict[str, str]:
    files = compiler.compiled(texts)
    assert isinstance(files, dict), files
    return files


def faults(compiler: Compiler, text: str) -> list[Fault]:
    found = compiler.compiled({"index.ts": text})
    assert isinstance(found, list), found
    return found


def test_the_sources_stay_beside_what_is_made_of_them(compiler: Compiler) -> None:
    texts = {"lib/a.mts": "enum E { A = 7 }\nexport const a: number = E.A;\n", "index.mjs": "1"}
    files = made(compiler, texts)
    assert {path: files[path] for path in texts} == texts
    assert "export {" in files["lib/a.mjs"]
    assert ": number" not in files["lib/a.mjs"]
    assert "//# sourceMappingURL=data:" in files["lib/a.mjs"]


def test_every_file_with_a_fault_is_told_with_its_place(compiler: Compiler) -> None:
    found = compiler.compiled({"a.ts": "let x: = 3;", "b.ts": "const ok = 1;", "lib/c.ts": "\n\nclass {"})
    assert isinstance(found, list)
    assert [(fault.field, fault.line, fault.column) for fault in found] == [
        (("files", "a.ts"), 1, 8),
        (("files", "lib/c.ts"), 3, 7),
    ]


def test_top_level_await_of_commonjs_says_what_to_do(compiler: Compiler) -> None:
    (fault,) = faults(compiler, "export const a = await 1;")
    assert ".mts" in fault.message
    assert fault.line == 1
    assert isinstance(compiler.compiled({"index.mts": "export const a = await 1;"}), dict)


def test_no_file_of_the_host_is_read(compiler: Compiler, tmp_path: Path) -> None:
    secret = tmp_path / "secret.map"
    secret.write_text('{"version":3,"sources":["secret-name.ts"],"mappings":"AAAA"}')
    (tmp_path / "tsconfig.json").write_text('{"compilerOptions":{"target":"es5"}}')
    text = f"/// <reference path='{secret}' />\nexport * from '{secret}';\n//# sourceMappingURL={secret}\n"
    for path in ("index.ts", f"{str(tmp_path).lstrip('/')}/index.ts"):
        files = made(compiler, {path: text, "tsconfig.json": f'{{"extends": "{tmp_path}/tsconfig.json"}}'})
        assert "secret-name" not in "".join(files.values())


@pytest.mark.parametrize("text", ["(" * 400_000, "<a>" * 200_000, "[" * 400_000 + "]" * 400_000])
def test_what_is_nested_without_end_is_a_fault_of_the_file(compiler: Compiler, text: str) -> None:
    found = faults(compiler, text)
    assert found[0].field == ("files", "index.ts")
    assert isinstance(compiler.compiled({"index.ts": "export const fine = 1;"}), dict)


def test_it_has_no_more_time_than_is_allowed(compiler: Compiler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMPILER_TIMEOUT_S", 0.0)
    assert faults(compiler, "export const late = 1;") == [Fault(("files", "index.ts"), TOO_LONG)]


def test_a_name_of_a_file_is_no_option(compiler: Compiler) -> None:
    assert "x;y $(z).js" in made(compiler, {"x;y $(z).ts": "export const a = 1;"})


def test_a_compiler_that_cannot_be_run_is_no_fault_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "esbuild").write_text("no program")
    for program in (tmp_path / "esbuild", tmp_path / "missing"):
        with pytest.raises(InvokerError):
            Compiler(program).compiled({"index.ts": ""})
    with pytest.raises(SetUpIncomplete):
        part.program(tmp_path)
