"""The page's files are sent compressed to whoever takes them so."""

import gzip
import json
import urllib.request
from dataclasses import dataclass
from email.message import Message

import pytest

from tests.serving import CHECKOUT, Served

DIST = CHECKOUT / "frontend" / "dist"


def names() -> list[str]:
    """Of the built scripts and styles, but for those of a line or two, which no packing makes smaller."""
    built = [path for path in (DIST / "assets").iterdir() if path.suffix in {".js", ".css"}]
    found = [f"assets/{path.name}" for path in built if path.stat().st_size > 200]
    assert json.loads((DIST / "manifest.json").read_text())["src/main.ts"]["file"] in found
    return found


@dataclass(frozen=True)
class Answer:
    headers: Message
    body: bytes


def get(served: Served, name: str, accepted: str) -> Answer:
    headers = {"Accept-Encoding": accepted}
    request = urllib.request.Request(f"{served.url}/static/{name}", headers=headers)
    with urllib.request.urlopen(request) as answer:
        return Answer(answer.headers, answer.read())


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip")])
def test_scripts_and_styles_go_out_compressed(served: Served, accepted: str, encoding: str) -> None:
    for name in names():
        answer = get(served, name, accepted)
        assert answer.headers["Content-Encoding"] == encoding, name
        assert answer.headers["Vary"] == "Accept-Encoding", name
        whole = (DIST / name).stat().st_size
        # What is tiny gains little.
        assert int(answer.headers["Content-Length"]) < (whole if whole < 5_000 else whole / 2), name


def test_who_takes_nothing_compressed_gets_the_same_file_as_it_is(served: Served) -> None:
    name = json.loads((DIST / "manifest.json").read_text())["src/main.ts"]["file"]
    plain = get(served, name, "identity")
    assert plain.headers["Content-Encoding"] is None
    assert plain.body == (DIST / name).read_bytes()
    packed = get(served, name, "gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
