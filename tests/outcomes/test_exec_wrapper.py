"""Wrapper scripts through boto3, on each sandbox: as recorded where there is none, and as documented."""

import io
import json
import stat
import zipfile
from typing import Any

from tests.outcomes.invoked import assert_lines, invoke
from tests.playground.lambda_api.clients import ROLE, unique_name
from tests.playground.lambda_api.recordings import RECORDED, differences

CODE = "exports.handler = async () => process.env.STAGE"


def function(client: Any, scripts: dict[str, str], **variables: str) -> str:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("index.js", CODE)
        for path, text in scripts.items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = (stat.S_IFREG | 0o755) << 16
            archive.writestr(entry, text)
    name = unique_name()
    client.create_function(
        FunctionName=name,
        Runtime="nodejs22.x",
        Handler="index.handler",
        Role=ROLE,
        Code={"ZipFile": package.getvalue()},
        Environment={"Variables": variables},
    )
    client.get_waiter("function_active_v2").wait(FunctionName=name)
    return name


def test_a_wrapper_that_is_not_there_is_answered_as_recorded(client: Any) -> None:
    recorded = RECORDED["lambda_runtime_wrapper_not_found"]["invocation_error"]
    name = function(client, {}, AWS_LAMBDA_EXEC_WRAPPER="/var/task/idontexist.sh")

    answer = client.invoke(FunctionName=name)

    assert not differences(recorded, {**answer, "Payload": json.loads(answer["Payload"].read())})


def test_a_wrapper_script_starts_the_runtime_in_an_environment_of_its_own(client: Any) -> None:
    script = '#!/bin/bash\nexport STAGE="$STAGE and wrapped"\nexec "$@"\n'
    name = function(client, {"bin/wrap": script}, AWS_LAMBDA_EXEC_WRAPPER="/var/task/bin/wrap", STAGE="test")

    told = invoke(client, name)

    assert told.value == "test and wrapped"
    assert_lines(told)
    assert told.init_ms is not None
