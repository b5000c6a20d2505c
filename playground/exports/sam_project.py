"""A project for the AWS SAM CLI. Pure."""

import json
from typing import Any, Final

from invoker.deployment_package import PackageFile
from playground.exports.build_step import build_commands, build_files, code_folder, json_file, source_files
from playground.exports.exported_function import RUNTIME, ExportedFunction, Files, event_files, text_file
from playground.exports.names import LogicalIds, stack_name
from playground.exports.readme import Section, readme
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
from playground.exports.template_yaml import template_text, text

LOCAL_VALUES: Final = "env.json"
"""Where values for runs on one's own machine are written."""


def sam_project(exported: ExportedFunction) -> Files:
    """The files of the project."""
    ids = LogicalIds()
    logical_id = ids.of(exported.name, "Function")
    withheld = withheld_parameters(exported, ids)
    ignored = [".aws-sam/", "node_modules/"]
    ignored += ["dist/"] if exported.is_compiled else []
    ignored += [LOCAL_VALUES] if withheld else []
    return {
        "template.yaml": text_file(template_text(_template(exported, logical_id, withheld))),
        **source_files(exported),
        **event_files(exported),
        **build_files(exported),
        **_local_values(withheld),
        ".gitignore": text_file("".join(f"{line}\n" for line in ignored)),
        "README.md": readme(exported, _sections(exported, logical_id, withheld)),
    }


def _template(exported: ExportedFunction, logical_id: str, withheld: Withheld) -> dict[str, Any]:
    metadata = {
        # Where the playground finds what the code was compiled from.
        **({"Sources": "src/"} if exported.is_compiled else {}),
        **({"SkipBuild": True} if _has_nothing_to_install(exported) else {}),
    }
    resource = {
        "Type": "AWS::Serverless::Function",
        **({"Metadata": metadata} if metadata else {}),
        "Properties": {
            "CodeUri": f"{code_folder(exported)}/",
            "Handler": text(exported.handler),
            "Runtime": RUNTIME,
            "MemorySize": exported.memory_size,
            "Timeout": exported.timeout,
            "EphemeralStorage": {"Size": exported.ephemeral_storage},
            **environment_of(exported, withheld),
        },
    }
    return {
        "AWSTemplateFormatVersion": FORMAT_VERSION,
        "Transform": "AWS::Serverless-2016-10-31",
        "Description": f"Lambda function {exported.name}",
        **({"Parameters": parameters_of(withheld)} if withheld else {}),
        "Resources": {logical_id: resource},
        "Outputs": outputs_of(logical_id),
    }


def _has_nothing_to_install(exported: ExportedFunction) -> bool:
    """Whether a package.json names no dependency. `sam build` would pack it, and refuse one of no version."""
    file = exported.files.get("package.json")
    if file is None:
        return False
    try:
        value = json.loads(file.content)
    except (ValueError, RecursionError):
        return True
    return not (isinstance(value, dict) and value.get("dependencies"))


def _local_values(withheld: Withheld) -> dict[str, PackageFile]:
    """Values for `sam local invoke --env-vars`, to be filled in."""
    if not withheld:
        return {}
    return {LOCAL_VALUES: json_file({"Parameters": dict.fromkeys(withheld, "")})}


def _sections(exported: ExportedFunction, logical_id: str, withheld: Withheld) -> list[Section]:
    local = f" --env-vars {LOCAL_VALUES}" if withheld else ""
    built = build_commands(exported)
    stack = stack_name(exported.name)
    deploy = f"sam deploy --guided --stack-name {stack} --capabilities CAPABILITY_IAM"
    return [
        ("Needs", "The AWS SAM CLI, and Docker for local runs" + ("; Node.js 22." if built else ".")),
        *([("Compile the TypeScript of src/ into dist/", built)] if built else []),
        ("Build", ["sam build"]),
        (
            "Run on this machine, once for each event",
            [f"sam local invoke {logical_id} --event {path}{local}" for path in exported.events],
        ),
        ("Deploy", [deploy + overrides(values_to_give(withheld))]),
        ("Remove it again", [f"sam delete --stack-name {stack}"]),
    ]
