"""How much structure a JSON text may have."""

import json

import pytest

from playground.json_body import NotJson, parse
from playground.json_structure import TOKENS_MAX, is_too_much
from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.request_body import members
from playground.lambda_api.request_shapes import CREATE_FUNCTION

MANY = TOKENS_MAX + 10
TOO_MUCH = {
    "arrays": b"[" + b"[]," * MANY + b"[]]",
    "names": b"{" + b",".join(b'"%d":1' % name for name in range(MANY)) + b"}",
    "numbers": b"[" + b"1," * MANY + b"1]",
    "depth": b"[" * MANY,
    "empty strings": b"[" + b'"",' * MANY + b'""]',
    "no JSON": b'"",' * MANY,
}


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_text_of_many_parts_is_refused_before_it_is_read(
    text: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json, "loads", None)
    with pytest.raises(NotJson, match=f"The body has more than {TOKENS_MAX} names, values and signs"):
        parse(text)
    with pytest.raises(LambdaApiError, match="Could not parse request body into json"):
        members(text, CREATE_FUNCTION)


@pytest.mark.parametrize(
    "source",
    [
        "[{,:" * 1_000_000,
        'say("hello, world");\n' * 200_000,
        "\\" * 2_000_000,
        "\U0001f600" * 500_000,
    ],
    ids=["signs", "quotes", "backslashes", "emoji"],
)
def test_what_stands_in_a_string_is_one_part(source: str) -> None:
    text = json.dumps({"files": {"index.mjs": source}, "event": json.dumps([source])}).encode()
    assert not is_too_much(text)
    assert parse(text)


@pytest.mark.parametrize("text", [b'"' + b'\\"' * 5_000_000, b'"' * 99_999, b'"' + b"\\" * 1_000_001])
def test_a_string_without_an_end_is_looked_at_once(text: bytes) -> None:
    assert not is_too_much(text)
