"""A template for CloudFormation alone: the code within it where it fits, else an archive in S3. Pure."""

import re
from typing import Any, Final

from playground.exports.build_step import build_commands, build_files, code_folder, source_files
from playground.exports.exported_function import RUNTIME, ExportedFunction, Files, event_files, text_file
from playground.exports.names import LogicalIds, stack_name
from playground.exports.readme import Section, invoke_deployed, readme
from playground.exports.template_parts import (
    FORMAT_VERSION,
    Withheld,
    environment_of,
    outputs_of,
    overrides,
    parameters_of,
    values_to_give,
    withheld_parameters,
)
from playground.exports.template_yaml import Code, Tagged, ref, template_text, text

TEMPLATE_BYTES_MAX: Final = 51_200
"""A template beyond this is taken from an S3 bucket alone, and then the code may lie there as well."""
INLINE_FILE: Final = "index.js"
BUCKET: Final = "CodeBucket"
KEY: Final = "CodeKey"
PATH_SHOWN_MAX: Final = 80
_LOGS: Final = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
_TOO_LARGE: Final = "The template would be larger than CloudFormation takes without a bucket: 51,200 bytes."


def inline_fault(exported: ExportedFunction) -> str | None:
    """Why the code cannot be written into the template, as a sentence; None where it can be."""
    if fault := _code_fault(exported):
        return fault
    # Of large code no template is made: it has a size that no template may have.
    too_large = len(exported.files[INLINE_FILE].content) > TEMPLATE_BYTES_MAX
    return _TOO_LARGE if too_large or len(_made(exported, True)[0].encode()) > TEMPLATE_BYTES_MAX else None


def cloud_formation(exported: ExportedFunction) -> Files:
    """The files of the export."""
    inline = inline_fault(exported) is None
    template, withheld = _made(exported, inline)
    return {
        "template.yaml": text_file(template),
        **({} if inline else source_files(exported)),
        **event_files(exported),
        **({} if inline else build_files(exported)),
        "README.md": readme(exported, _sections(exported, withheld, inline)),
    }


def _code_fault(exported: ExportedFunction) -> str | None:
    if exported.is_compiled:
        return "TypeScript is compiled first."
    if len(exported.files) != 1:
        return f"There are {len(exported.files)} files, and it takes one."
    ((path, file),) = exported.files.items()
    if path != INLINE_FILE:
        shown = path if len(path) <= PATH_SHOWN_MAX else f"{path[:PATH_SHOWN_MAX]}…"
        return f"CloudFormation calls it {INLINE_FILE}, a CommonJS module; this is {shown}."
    if not re.fullmatch(r"index\.[^.]+", exported.handler):
        return "The handler has to be in index."
    if not file.content.strip():
        return "The file is empty."
    if b"{{resolve:" in file.content:
        return "CloudFormation would replace {{resolve: in it."
    return None if file.text is not None else "The file is not text."


def _made(exported: ExportedFunction, inline: bool) -> tuple[str, Withheld]:
    ids = LogicalIds([] if inline else [BUCKET, KEY])
    logical_id = ids.of(exported.name, "Function")
    role = ids.of(f"{logical_id}Role")
    withheld = withheld_parameters(exported, ids)
    parameters = {**({} if inline else _stored(exported)), **parameters_of(withheld)}
    template = {
        "AWSTemplateFormatVersion": FORMAT_VERSION,
        "Description": f"Lambda function {exported.name}",
        **({"Parameters": parameters} if parameters else {}),
        "Resources": {role: _role(), logical_id: _function(exported, role, withheld, inline)},
        "Outputs": outputs_of(logical_id),
    }
    return template_text(template), withheld


def _stored(exported: ExportedFunction) -> dict[str, Any]:
    key = {"Type": "String", "Description": "Key of the archive in the bucket", "Default": _archive(exported)}
    return {BUCKET: {"Type": "String", "Description": "S3 bucket with the archive of the code"}, KEY: key}


def _role() -> dict[str, Any]:
    lambda_service = {"Service": "lambda.amazonaws.com"}
    statement = {"Effect": "Allow", "Principal": lambda_service, "Action": "sts:AssumeRole"}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": {"Version": text("2012-10-17"), "Statement": [statement]},
            "ManagedPolicyArns": [Tagged("!Sub", _LOGS)],
        },
    }


def _function(exported: ExportedFunction, role: str, withheld: Withheld, inline: bool) -> dict[str, Any]:
    code: dict[str, Any] = (
        {"ZipFile": Code(exported.files[INLINE_FILE].content.decode())}
        if inline
        else {"S3Bucket": ref(BUCKET), "S3Key": ref(KEY)}
    )
    return {
        "Type": "AWS::Lambda::Function",
        # Where the playground finds the code again.
        **({} if inline else {"Metadata": {"Sources": "src/"}}),
        "Properties": {
            "Code": code,
            "Handler": text(exported.handler),
            "Runtime": RUNTIME,
            "Role": Tagged("!GetAtt", f"{role}.Arn"),
            "MemorySize": exported.memory_size,
            "Timeout": exported.timeout,
            "EphemeralStorage": {"Size": exported.ephemeral_storage},
            **environment_of(exported, withheld),
        },
    }


def _archive(exported: ExportedFunction) -> str:
    return f"{exported.name}.zip"


def _sections(exported: ExportedFunction, withheld: Withheld, inline: bool) -> list[Section]:
    stack = stack_name(exported.name)
    archive = _archive(exported)
    given = [*([] if inline else [f"{BUCKET}=BUCKET"]), *values_to_give(withheld)]
    upload = [
        *build_commands(exported),
        f"(cd {code_folder(exported)} && zip -qr ../{archive} .)",
        f"aws s3 cp {archive} s3://BUCKET/{archive}",
    ]
    deploy = (
        f"aws cloudformation deploy --template-file template.yaml --stack-name {stack} "
        "--capabilities CAPABILITY_IAM"
    )
    return [
        ("Needs", "The AWS CLI with credentials and a region."),
        *([] if inline else [("Put the code into a bucket of the same region", upload)]),
        ("Deploy", [deploy + overrides(given)]),
        invoke_deployed(exported),
        ("Remove it again", [f"aws cloudformation delete-stack --stack-name {stack}"]),
    ]
