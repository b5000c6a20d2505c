"""The exported shell script makes a function and invokes it, by the AWS CLI against our own Lambda API."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.exports.answers import answer
from tests.exports.tools import NODE, NODE_MODULES, run
from tests.exports.works import HOSTILE, STORED, TYPESCRIPT
from tests.playground.lambda_api.clients import ROLE, lambda_client

pytestmark = [pytest.mark.xdist_group("exports"), pytest.mark.timeout(400)]
KEY = "AKIAEXPORTS"
AWS = Path(sys.executable).with_name("aws")

# There is no IAM here: what is asked of it is written down, and answered with a role.
AWS_WITHOUT_IAM = f"""\
#!/bin/sh
if [ "$1" = iam ]; then
  echo "$@" >>iam.txt
  echo {ROLE}
else
  exec {AWS} "$@"
fi
"""

# What it would fetch is there.
NPM = f"""\
#!/bin/sh
if [ "$1" = install ]; then
  ln -s {NODE_MODULES} node_modules
else
  exec {NODE}/npm "$@"
fi
"""


def deploy(project: Path, url: str, status: int = 0, **environment: str) -> str:
    """Run the script; gives all that it said."""
    programs = project.parent / "programs"
    programs.mkdir(exist_ok=True)
    for name, text in (("aws", AWS_WITHOUT_IAM), ("npm", NPM), ("sleep", "#!/bin/sh\n")):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    credentials = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    path = os.pathsep.join([str(programs), str(NODE), os.environ["PATH"]])
    finished = run(
        *(project, "sh", "deploy.sh"),
        status=status,
        environment={"PATH": path, "AWS_ENDPOINT_URL": url, **credentials, **environment},
    )
    return finished.stdout + finished.stderr


def test_every_name_and_value_arrives_as_it_is(exports: Path, playground: str, tmp_path: Path) -> None:
    project = tmp_path / "it's a $(folder)"
    shutil.copytree(exports / "stored" / "cli", project)
    said = deploy(project, playground, ROLE_ARN=ROLE)
    assert "START RequestId" in said
    assert not (project / "iam.txt").exists()
    assert not Path("/tmp/playground-export").exists()
    client = lambda_client(playground, KEY)
    made = client.get_function_configuration(FunctionName="stored")
    assert made["Environment"]["Variables"] == HOSTILE
    assert (made["MemorySize"], made["Timeout"], made["Handler"]) == (256, 10, "index.handler")
    for event, file in (("it's $(an) event", "it-s-an-event.json"), ("-rf", "rf.json")):
        response = json.loads((project / "responses" / file).read_text())
        assert response == answer(playground, STORED, event)
    client.delete_function(FunctionName="stored")


def test_a_role_is_made_and_a_value_that_stayed_behind_is_asked_for(
    exports: Path, playground: str, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(exports / "typescript" / "cli", project)
    assert "Write the value of API_TOKEN into function.json" in deploy(project, playground, status=1)
    assert not (project / "iam.txt").exists()

    settings = project / "function.json"
    settings.write_text(settings.read_text().replace('"API_TOKEN": ""', '"API_TOKEN": "geheim"'))
    deploy(project, playground)
    asked = (project / "iam.txt").read_text()
    assert "create-role --role-name ts_order-role" in asked
    assert "attach-role-policy --role-name ts_order-role" in asked
    for event in TYPESCRIPT.events:
        response = json.loads((project / "responses" / f"{event}.json").read_text())
        assert response == answer(playground, TYPESCRIPT, event)
    lambda_client(playground, KEY).delete_function(FunctionName="ts_order")
