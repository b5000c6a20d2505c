"""All snippets as one .zip."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client

from tests.playground.snippets.conftest import GOOD, asking

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_has_files_configuration_and_events_and_no_value_of_a_variable() -> None:
    client = Client()
    ask = asking(client)
    ask("POST", "", {**GOOD, "function_name": "one"}, 201)
    files = {"src/index.ts": "export const handler = async () => 1;"}
    ask("POST", "", {"files": files, "function_name": "two"}, 201)
    asking(Client())("POST", "", {**GOOD, "function_name": "of-somebody-else"}, 201)
    answer: Any = client.get("/snippets/export.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="snippets.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as opened:
        content = {name: opened.read(name).decode() for name in opened.namelist()}
    assert content.keys() == {
        *("one/code/index.mjs", "one/snippet.json", "one/events/1.json", "one/events/2.json"),
        *("two/code/src/index.ts", "two/snippet.json"),
    }
    told = json.loads(content["one/snippet.json"])
    assert (told["memory_size"], told["environment"]) == (256, {"PASSWORD": None})
    assert told["test_events"][0] == {"name": "first", "expected": '{"n": 1}'}
    assert content["one/events/1.json"] == '{"n": 1}'
    assert not any("secret of mine" in text for text in content.values())
