"""Work to export, from the plainest to what nobody means well with."""

from dataclasses import dataclass, field
from typing import Any

HOSTILE = {
    "QUOTES": 'it\'s "quoted" `back` \\ slash',
    "COMMAND": "$(touch /tmp/playground-export) ; rm -rf \"$HOME\" & echo 'x' > /dev/null",
    "TEMPLATE": "${HOME} ${AWS::Region} a${!b} $${c} {{resolve:ssm:/a/b}} {{resolve:x}}",
    "LINES": " first\nsecond\r\n\tthird\rfourth \n\n",
    "YAML": "!Ref Other: *a &b # c - [d] {e} %f @g |",
    "YES": "yes",
    "NUMBER": "0o17",
    "TIME": "12:30:00",
    "DATE": "2020-01-01",
    "MERGE": "<<",
    "SIGNS": "\x01\x07\x1f\x7f\x85\u2028\u2029\ufeff\U0001f600",
    "EMPTY": "",
    "FILE": "file:///etc/passwd",
}
"""Values of environment variables, none of which anything may take for more than a text."""

SAYS_WHAT_IT_GETS = """\
exports.handler = async (event) => {
  const { QUOTES, COMMAND, TEMPLATE, LINES, YAML, YES, NUMBER, TIME, DATE, MERGE, SIGNS, EMPTY, FILE } = process.env;
  return { event, env: { QUOTES, COMMAND, TEMPLATE, LINES, YAML, YES, NUMBER, TIME, DATE, MERGE, SIGNS, EMPTY, FILE } };
};
"""

IN_TYPESCRIPT = """\
import { readFileSync } from 'node:fs';
import { tax } from './lib/tax';

interface Order { net: number; fail?: boolean }

export const handler = async (order: Order): Promise<object> => {
  if (order.fail) throw new TypeError('no order');
  const { currency } = JSON.parse(readFileSync(`${__dirname}/prices.json`, 'utf8')) as { currency: string };
  return { gross: tax(order.net), currency, token: process.env.API_TOKEN ?? null };
};
"""


@dataclass(frozen=True)
class Work:
    """One function. `title` is its name, `withheld` names the variables whose values stay behind."""

    name: str
    files: dict[str, str]
    handler: str = "index.handler"
    environment: dict[str, str] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=lambda: {"event": "{}"})
    title: str = "my-function"
    timeout: int = 10
    withheld: frozenset[str] = frozenset()

    def as_body(self) -> dict[str, Any]:
        """The body of a request that exports it."""
        return {
            "files": self.files,
            "handler": self.handler,
            "environment": self.environment,
            "memory_size": 256,
            "timeout": self.timeout,
            "test_events": [{"name": name, "event": text} for name, text in self.events.items()],
            "function_name": self.title,
            "values": [name for name in self.environment if name not in self.withheld],
        }


PLAIN = Work("plain", {"index.mjs": "export const handler = async (event) => ({ hello: event.name });\n"})
INLINE = Work(
    "inline",
    {"index.js": SAYS_WHAT_IT_GETS},
    environment=HOSTILE,
    events={"it's $(an) event": '{"name": "Ada"}', "-rf": "[1, null]"},
    title="says_what_it-gets",
)
STORED = Work(
    "stored",
    {
        "index.js": SAYS_WHAT_IT_GETS,
        "lib/a b.mjs": "export const b = 1;\n",
        'lib/it\'s $(x) "y" `z`.json': "{}",
        "ü/😀.txt": "ü",
    },
    environment=HOSTILE,
    events={"it's $(an) event": '{"name": "Ada"}', "-rf": "[1, null]"},
    title="stored",
)
TYPESCRIPT = Work(
    "typescript",
    {
        "index.ts": IN_TYPESCRIPT,
        "lib/tax.ts": "export const tax = (net: number): number => Math.round(net * 119) / 100;\n",
        "lib/types.d.ts": "export type Euro = number;\n",
        "prices.json": '{ "currency": "EUR" }\n',
    },
    environment={"API_TOKEN": "geheim"},
    withheld=frozenset({"API_TOKEN"}),
    events={"order": '{"net": 10}', "failing": '{"net": 10, "fail": true}'},
    title="ts_order",
)
MODULES = Work(
    "modules",
    {
        "package.json": '{ "type": "module" }\n',
        "src/app.ts": "import { one } from './one.mjs';\nconst two: number = await Promise.resolve(2);\n"
        "export const main = async () => ({ three: one + two, here: import.meta.url });\n",
        "src/one.mts": "export const one: number = 1;\n",
    },
    handler="src/app.main",
    title="modules",
)
ODD = Work(
    "odd",
    {"index.js": "// ${nothing} <%= x %> {{a}}\n  exports.handler = async () => `${1}\u2028`;\t \n\n"},
    handler='no.such"handler\\',
    environment={
        "DB_URL": "postgres://me:secret@host/db",
        "DbUrl": "x",
        "CODE_KEY": "k",
        "CODE_BUCKET": "b",
        "ON": "on",
        "NULL": "null",
    },
    withheld=frozenset({"DB_URL", "CODE_KEY"}),
    events={"event": "{ half typed", "EVENT": "1", "ü": "2"},
    title="404",
    timeout=900,
)
LARGE = Work("large", {"index.js": "exports.handler = async () => 1;\n" + "// a long comment\n" * 9000})

WORKS = (PLAIN, INLINE, STORED, TYPESCRIPT, MODULES, ODD, LARGE)
