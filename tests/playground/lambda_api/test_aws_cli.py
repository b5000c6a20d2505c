"""The AWS CLI creates, invokes with the log tail and deletes a function."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.client import Person
from tests.playground.lambda_api.clients import ROLE, archive, new_key, unique_name

AWS = Path(sys.executable).with_name("aws")


class Cli:
    """`aws lambda …` against the playground."""

    def __init__(self, address: str, folder: Path, key: str = "AKIACLI", secret: str = "any") -> None:
        self._address = address
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "AWS_ACCESS_KEY_ID": key,
            "AWS_SECRET_ACCESS_KEY": secret,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_PAGER": "",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(AWS), "--endpoint-url", self._address, "lambda", *arguments]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=60)

    def json(self, *arguments: str) -> Any:
        finished = self.run(*arguments)
        assert finished.returncode == 0, finished.stderr
        return json.loads(finished.stdout or "null")


@pytest.fixture(params=["any credentials", "an access key"])
def cli(request: pytest.FixtureRequest, playground: str, tmp_path: Path) -> Cli:
    if request.param == "any credentials":
        return Cli(playground, tmp_path)
    key = new_key(Person(playground))
    return Cli(playground, tmp_path, key["id"], key["secret"])


def test_a_function_lives_from_creation_to_deletion(cli: Cli, tmp_path: Path) -> None:
    name = unique_name()
    package, answer = tmp_path / "code.zip", tmp_path / "answer.json"
    package.write_bytes(
        archive("exports.handler = async (e) => { console.log('seen', e.a); return e.a + 1 }")
    )

    created = cli.json(
        *("create-function", "--function-name", name, "--runtime", "nodejs22.x", "--role", ROLE),
        *("--handler", "index.handler", "--zip-file", f"fileb://{package}"),
    )
    assert created["State"] == "Pending"
    assert cli.json("wait", "function-active-v2", "--function-name", name) is None
    assert name in [f["FunctionName"] for f in cli.json("list-functions")["Functions"]]

    invoked = cli.json(
        *("invoke", "--function-name", name, "--payload", '{"a": 41}', "--log-type", "Tail", str(answer)),
    )
    assert invoked["StatusCode"] == 200
    assert invoked["ExecutedVersion"] == "$LATEST"
    assert json.loads(answer.read_text()) == 42
    log = base64.b64decode(invoked["LogResult"]).decode().splitlines()
    assert log[0].startswith("START RequestId: ")
    assert log[1].endswith("\tINFO\tseen 41")
    assert log[2].startswith("END RequestId: ")
    assert log[3].startswith("REPORT RequestId: ")

    cli.json("delete-function", "--function-name", name)
    missing = cli.run("get-function", "--function-name", name)
    assert missing.returncode != 0
    assert "(ResourceNotFoundException)" in missing.stderr
    assert f"Function not found: arn:aws:lambda:us-east-1:000000000000:function:{name}" in missing.stderr
