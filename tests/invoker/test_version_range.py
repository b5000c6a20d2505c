"""What a range of versions is, beside npm's own reading of the same texts."""

import json
import random
import subprocess
import time
from pathlib import Path

import pytest

from invoker import limits
from invoker.version_range import is_range

from .conftest import CHECKOUT

NODE = CHECKOUT / ".state" / "tools" / "node"
NPM = NODE / "lib" / "node_modules" / "npm" / "package.json"

RANGES = [
    *("", " ", "*", "x", "1", "1.2", "1.2.3", "v1.2.3", "=1.2.3", "= 1.2.3", "^1.2", "^ 1.2", "~1", "~>1.2", "1.x"),
    *("1.x || >=2", "1||2", "||", "1 - 2", "1.2.3 - 2.3.4", "1 - 2 || 3 - 4", ">=1.2.3 <2", "> 1.2.3", "^1.2.3-beta.0"),
    *("1.2.3-alpha.1+build.5", "1.2.3+build", "^0.0.1-0", "1\n||\t2", "<=1.X", "^v1", "<0.0.0-0", "  ^1.0.0  "),
]  # fmt: skip
NONE = [
    *("latest", "next", "foo || 1.2.3", "1.2.3 foo", "npm:is-odd@latest", "npm:x@1.2.3", "file:///etc", " file:x"),
    *("FILE:x", "link:/", "workspace:*", "workspace:^1", "http://x/y.tgz", "HTTPS://x", "git+ssh://git@x/y.git", "~/x"),
    *("git@x.org:a/b.git", "github:user/repo", "user/repo", "user/repo#semver:^1", "gist:1234", "./x", "../x", "/etc"),
    *("x.tgz", "1.2.3.tgz", "C:\\x", "patch:x@1", "catalog:", "portal:x", "1 http://x", "http://x || 1", "1.2.3 file:x"),
    *("1.2.3.4", "1.2.", "1..2", "01.2.3", "1.2.3-01", "|", "^", ">", ">=>1", "!1.2.3", "1,2", "1 && 2", "is-odd@1"),
    *("1.2.3\0", "1.2.3\u00a0", "\ufeff1.2.3", "\u0661.\u0662.3", "\uff11.2.3", "\u202e1.2.3", "true", "null", "1#2", "%31"),
]  # fmt: skip
PIECES = [
    *("1", "0", "2", "x", "X", "*", ".", ".", ".", "-", "+", " ", "  ", "||", "|", ">", "<", ">=", "<=", "=", "^"),
    *("~", "~>", "v", "alpha", "beta.1", "1.2.3", "1.2", "01", " - ", "latest", "/", ":", "@", "#", "\t", "\n"),
]  # fmt: skip


@pytest.mark.parametrize("text", RANGES)
def test_a_range_is_taken(text: str) -> None:
    assert is_range(text)


@pytest.mark.parametrize("text", NONE)
def test_anything_else_is_not(text: str) -> None:
    assert not is_range(text)


def test_npm_reads_the_same_texts_as_ranges() -> None:
    if not NPM.exists():
        pytest.skip("npm is missing: make test-setup")
    chance = random.Random(7)
    made = ["".join(chance.choices(PIECES, k=chance.randint(1, 7))) for _ in range(4_000)]
    # A known difference, and harmless: npm takes stars side by side for a tag.
    texts = [text for text in [*RANGES, *NONE, *made] if "**" not in text.replace(" ", "")]
    program = [NODE / "bin" / "node", Path(__file__).with_name("npm_ranges.js"), NPM]
    asked = subprocess.run(
        program, input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=60
    )
    answers = dict(zip(texts, json.loads(asked.stdout), strict=True))
    assert sum(is_range(text) for text in texts) > 80
    for text, (strictly, kind) in answers.items():
        if is_range(text):
            assert (strictly, kind) in {(True, "range"), (True, "version")}, repr(text)
        elif strictly and "\ufeff" not in text and "\u00a0" not in text:
            # npm would take a folder or an address for such a name, or else we refuse more than it does.
            assert kind not in {"range", "version"}, repr(text)


def test_a_text_that_is_made_to_be_slow_is_quick() -> None:
    longest = limits.VERSION_RANGE_LENGTH_MAX
    units = [" ", "\t", "\n", "= ", " =", "v= ", "0||", "<", "1 - ", "1.2.3-a.", "-", "vv "]
    texts = [(unit * longest)[: longest - 1] + end for unit in units for end in " !1"]
    began = time.process_time()
    for text in texts:
        is_range(text)
    assert time.process_time() - began < 1


def test_a_range_has_a_length_at_most() -> None:
    exact = "1.2.3-" + "a" * (limits.VERSION_RANGE_LENGTH_MAX - 6)
    assert is_range(exact)
    assert not is_range(exact + "a")
