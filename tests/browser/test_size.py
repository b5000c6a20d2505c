"""The page's first load is small; what is large comes later."""

import gzip
import json

import pytest

from tests.serving import CHECKOUT

pytestmark = pytest.mark.browser
DIST = CHECKOUT / "frontend" / "dist"
FIRST_LOAD_BYTES_MAX = 250_000


def first_load() -> dict[str, int]:
    """The scripts and styles that the page waits for, each with its size in bytes when compressed."""
    manifest = json.loads((DIST / "manifest.json").read_text())
    wanted = [manifest["src/main.ts"]]
    names: set[str] = set()
    while wanted:
        chunk = wanted.pop()
        if chunk["file"] not in names:
            names |= {chunk["file"], *chunk.get("css", [])}
            wanted += [manifest[name] for name in chunk.get("imports", [])]
    return {name: len(gzip.compress((DIST / name).read_bytes(), 9)) for name in names}


def test_the_first_load_stays_within_its_budget() -> None:
    sizes = first_load()
    assert any(name.endswith(".css") for name in sizes)
    assert sum(sizes.values()) <= FIRST_LOAD_BYTES_MAX, sizes


def test_the_language_service_and_prettier_are_no_part_of_it() -> None:
    built = {path.name.split("-")[0] for path in (DIST / "assets").glob("*.js")}
    assert {"worker", "standalone", "babel", "typescript"} <= built
    assert not [
        name for name in first_load() if name.split("/")[-1].startswith(("worker", "standalone", "babel"))
    ]
