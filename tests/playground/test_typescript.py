"""TypeScript in a submission: compiled before it is queued, and refused at file, line and column."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from playground.invocations.models import Invocation
from playground.snippets import compiling, packages
from tests.client import Person

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = "export const handler = async (event: { n: number }): Promise<number> => event.n;\n"


def post(files: dict[str, str]) -> Any:
    body = json.dumps({"files": files})
    return Client().post("/api/invocations", body, content_type="application/json")


@pytest.mark.usefixtures("clean_redis")
def test_the_package_holds_the_javascript_and_the_submission_is_shown_as_it_was() -> None:
    answer = post({"index.ts": TYPED})
    assert answer.status_code == 202, answer.content
    assert answer.json()["files"] == {"index.ts": TYPED}
    row = Invocation.objects.get(id=answer.json()["id"])
    assert sorted(packages.load(row.package).files) == ["index.js", "index.ts"]


@pytest.mark.usefixtures("clean_redis")
def test_a_fault_has_its_file_line_and_column_and_nothing_is_queued() -> None:
    answer = post({"index.ts": "\nlet x: = 1;\n", "other.ts": "class {"})
    assert answer.status_code == 422
    told = [(error["field"], error["line"], error["column"]) for error in answer.json()["errors"]]
    assert told == [(["files", "index.ts"], 2, 8), (["files", "other.ts"], 1, 7)]
    assert not Invocation.objects.exists()


@pytest.mark.usefixtures("clean_redis")
def test_nothing_is_compiled_over_a_limit(settings: Any) -> None:
    settings.QUEUED_MAX = 0
    answer = post({"index.ts": "class {"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "1")


@pytest.mark.usefixtures("clean_redis")
def test_a_missing_compiler_is_told_as_ours_and_javascript_goes_on(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.COMPILER = str(tmp_path / "missing")
    compiling._compiler.cache_clear()
    try:
        assert post({"index.ts": TYPED}).status_code == 503
        assert post({"index.mjs": "export const handler = async () => 1"}).status_code == 202
        monkeypatch.setattr(compiling, "WAITING_MAX", 0)
        assert post({"index.ts": TYPED}).status_code == 429
    finally:
        compiling._compiler.cache_clear()


@pytest.mark.xdist_group("playground")
def test_it_runs_and_a_trace_names_its_line(playground: str) -> None:
    person = Person(playground)
    code = "interface E { n: number }\nexport const handler = async (event: E) => {\n  throw new RangeError(`n is ${event.n}`);\n};\n"
    answer = person.post("/api/invocations", {"files": {"index.ts": code}, "event": '{"n": 3}'})
    assert answer.status_code == 202, answer.text
    person.follow(answer.json()["id"])
    told = person.read(answer.json()["id"])
    assert told["error"]["message"] == "n is 3"
    assert "/var/task/index.ts:3:9" in told["error"]["trace"][1]
    assert list(told["files"]) == ["index.ts"]
