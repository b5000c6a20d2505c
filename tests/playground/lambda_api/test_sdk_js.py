"""The AWS SDK for JavaScript creates, invokes with the log tail and deletes a function."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.client import Person
from tests.playground.lambda_api.clients import ROLE, archive, new_key, unique_name

FOLDER = Path(__file__).parent / "sdk_js"
CODE = """
exports.handler = async (event, context) => {
  console.log("seen", event.a)
  return { answer: event.a + 1, from: context.clientContext.custom.from, id: context.awsRequestId }
}
"""


@pytest.fixture(scope="module")
def sdk() -> Path:
    """The SDK as its lock file has it, installed when it is not."""
    if not (FOLDER / "node_modules/@aws-sdk/client-lambda").is_dir():
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=FOLDER, check=True, timeout=110)
    return FOLDER / "contract.mjs"


@pytest.mark.parametrize("with_key", [False, True], ids=["any credentials", "an access key"])
def test_a_function_lives_from_creation_to_deletion(
    playground: str, sdk: Path, tmp_path: Path, with_key: bool
) -> None:
    key = new_key(Person(playground)) if with_key else {"id": "AKIAJS", "secret": "any"}
    name, package = unique_name(), tmp_path / "code.zip"
    package.write_bytes(archive(CODE))

    finished = subprocess.run(
        ["node", str(sdk), playground, name, str(package), ROLE],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "AWS_ACCESS_KEY_ID": key["id"],
            "AWS_SECRET_ACCESS_KEY": key["secret"],
        },
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert finished.returncode == 0, finished.stderr
    told = json.loads(finished.stdout)
    log = told.pop("log").splitlines()
    request_id = told.pop("requestId")
    assert told == {
        "state": "Pending",
        "waited": ["SUCCESS", "SUCCESS"],
        "listed": True,
        "status": 200,
        "version": "$LATEST",
        "functionError": None,
        "payload": {"answer": 42, "from": "js", "id": request_id},
        "gone": {
            "name": "ResourceNotFoundException",
            "status": 404,
            "message": f"Function not found: arn:aws:lambda:us-east-1:000000000000:function:{name}",
        },
    }
    assert log[0] == f"START RequestId: {request_id} Version: $LATEST"
    assert log[1].endswith(f"\t{request_id}\tINFO\tseen 41")
