"""Compiled TypeScript runs as Lambda runs JavaScript, and its traces name the lines of the .ts file."""

import json
import os
from pathlib import Path

from invoker.compiler import Compiler
from invoker.events import Outcome
from invoker.image.compiler import program

from .conftest import CHECKOUT, Run, Runner

RUNTIMES = Path(os.environ.get("PLAYGROUND_RUNTIME", CHECKOUT / ".state" / "runtime"))
THROWS = """\
interface Order { id: string; amount?: number }
enum Kind { Small = "small", Large = "large" }

export class Receipt {
  constructor(private readonly order: Order) {}
  total(): number {
    if (this.order.amount === undefined) throw new TypeError(`no amount: ${Kind.Small}`);
    return this.order.amount;
  }
}
"""
HANDLER = """\
import { Receipt } from './receipt';

type Event = { order: { id: string; amount?: number } };

export const handler = async (event: Event): Promise<number> => {
  try {
    new Receipt({ id: '0' }).total();
  } catch (error) {
    console.log((error as Error).stack);
  }
  return new Receipt(event.order).total();
};
"""


def compiled(run: Runner, texts: dict[str, str], event: bytes = b"{}", **configuration: object) -> Run:
    files = Compiler(program(RUNTIMES)).compiled(texts)
    assert isinstance(files, dict), files
    return run(files, event=event, source_maps=True, **configuration)


def test_a_trace_names_the_lines_of_the_ts_files(run: Runner) -> None:
    files = {"index.ts": HANDLER, "receipt.ts": THROWS}
    for memory_size in (128, 256):
        told = compiled(run, files, b'{"order": {"id": "1"}}', memory_size=memory_size)
        assert told.finished.outcome is Outcome.FUNCTION_ERROR
        assert told.finished.error is not None
        assert told.finished.error.type == "TypeError"
        trace = "\n".join(told.finished.error.trace)
        assert "/var/task/receipt.ts:7:48" in trace
        assert "/var/task/index.ts:11:35" in trace
        assert "receipt.js" not in trace
        printed = next(line.text for line in told.lines if "TypeError: no amount" in line.text)
        assert "/var/task/receipt.ts:7:48" in printed
        assert "/var/task/index.ts:7:30" in printed


def test_es_modules_in_folders_are_mapped_too(run: Runner) -> None:
    files = {
        "index.mts": "import { fail } from './lib/fail.mjs';\n\nawait Promise.resolve();\nexport const handler = fail;\n",
        "lib/fail.mts": "interface Nothing {}\nexport const fail = async (_: Nothing): Promise<never> => {\n  throw new Error('here');\n};\n",
    }
    told = compiled(run, files)
    assert told.finished.error is not None
    assert "/var/task/lib/fail.mts:3:9" in told.finished.error.trace[1]


def test_javascript_and_typescript_call_each_other(run: Runner) -> None:
    files = {
        "index.mjs": "import { twice } from './twice.js';\nexport const handler = async ({ n }) => twice(n);\n",
        "twice.ts": "import { one } from './one.cjs';\nexport const twice = (n: number): number => 2 * n * one;\n",
        "one.cjs": "exports.one = 1;\n",
    }
    assert json.loads(compiled(run, files, b'{"n": 21}').finished.response) == 42


def test_traces_of_javascript_stay_as_lambda_writes_them(run: Runner) -> None:
    code = "export const handler = async () => { throw new Error('x') };\n//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbIm90aGVyLnRzIl0sIm1hcHBpbmdzIjoiQUFBQSJ9\n"
    told = run(code)
    assert told.finished.error is not None
    assert "file:///var/task/index.mjs:1:44" in told.finished.error.trace[1]
