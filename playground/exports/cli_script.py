"""A shell script for the AWS CLI.

Names and values are in JSON files that it hands over, so no shell reads them. Pure.
"""

from typing import Any, Final

from invoker.deployment_package import PackageFile
from playground.exports.build_step import (
    build_commands,
    build_files,
    code_folder,
    json_file,
    project_variables,
    source_files,
)
from playground.exports.exported_function import RUNTIME, ExportedFunction, Files, event_files, text_file
from playground.exports.readme import readme

_TRUST: Final = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}


def cli_script(exported: ExportedFunction) -> Files:
    """The script, and what it reads."""
    return {
        "deploy.sh": text_file(_script(exported), executable=True),
        "function.json": _function(exported),
        "trust-policy.json": json_file(_TRUST),
        **source_files(exported),
        **event_files(exported),
        **build_files(exported),
        "README.md": readme(
            exported,
            [
                ("Needs", "The AWS CLI, version 1 or 2, with credentials and a region; zip; a POSIX shell."),
                ("Create the function and invoke it once for each event", ["sh deploy.sh"]),
                (
                    "With an execution role that exists",
                    ["ROLE_ARN=arn:aws:iam::ACCOUNT:role/ROLE sh deploy.sh"],
                ),
                ("Remove it again", [f"aws lambda delete-function --function-name {exported.name}"]),
            ],
        ),
    }


def _function(exported: ExportedFunction) -> PackageFile:
    variables = {**project_variables(exported), **dict.fromkeys(exported.withheld, "")}
    told: dict[str, Any] = {
        "FunctionName": exported.name,
        "Runtime": RUNTIME,
        "Handler": exported.handler,
        "MemorySize": exported.memory_size,
        "Timeout": exported.timeout,
        "EphemeralStorage": {"Size": exported.ephemeral_storage},
    }
    return json_file({**told, "Environment": {"Variables": variables}} if variables else told)


def _missing(exported: ExportedFunction) -> str:
    if not exported.withheld:
        return ""
    asked = "".join(
        f"""\
if grep -q '"{name}": ""' function.json; then
  echo "Write the value of {name} into function.json first." >&2
  exit 1
fi
"""
        for name in exported.withheld
    )
    return f"\n# Values that stayed behind: they are to be filled in.\n{asked}"


def _script(exported: ExportedFunction) -> str:
    build = "".join(f"{line}\n" for line in build_commands(exported))
    return f"""\
#!/bin/sh
# Creates the Lambda function {exported.name} and invokes it once for each event.
# Needs the AWS CLI (version 1 or 2) with credentials and a region, and zip.
# ROLE_ARN, where it is set, is the execution role; otherwise one is made.
set -eu
cd "$(dirname "$0")"
export AWS_PAGER=''
NAME={exported.name}
{_missing(exported)}
# The execution role: it may write logs and nothing else.
if [ -z "${{ROLE_ARN:-}}" ]; then
  ROLE_ARN=$(aws iam create-role --role-name "$NAME-role" \\
    --assume-role-policy-document file://trust-policy.json --query Role.Arn --output text)
  aws iam attach-role-policy --role-name "$NAME-role" \\
    --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
  # It takes some seconds until Lambda knows a new role.
  sleep 10
fi

# The deployment package.
{build}rm -f function.zip
(cd {code_folder(exported)} && zip -qr ../function.zip .)

# The function. Its name, handler, sizes and variables are in function.json.
aws lambda create-function --cli-input-json file://function.json \\
  --role "$ROLE_ARN" --zip-file fileb://function.zip >/dev/null
aws lambda wait function-active-v2 --function-name "$NAME"

# One invocation for each event: the end of its log, and its response, which stays in responses/.
mkdir -p responses
for event in events/*.json; do
  response="responses/${{event#events/}}"
  echo "--- $event"
  aws lambda invoke --function-name "$NAME" --payload "fileb://$event" --log-type Tail \\
    --query LogResult --output text "$response" | base64 --decode
  cat "$response"
  echo
done
"""
