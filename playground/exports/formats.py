"""What a function can be exported as. Pure."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from invoker.event_payload import event_faults
from playground.exports.cdk_app import cdk_app
from playground.exports.cli_script import cli_script
from playground.exports.cloud_formation import cloud_formation, inline_fault
from playground.exports.exported_function import ExportedFunction, Files
from playground.exports.sam_project import sam_project


class Format(StrEnum):
    """One thing that a function can be exported as."""

    SAM = "sam"
    """A project for the AWS SAM CLI."""
    CLOUDFORMATION = "cloudformation"
    """A template, with the code in it where it fits."""
    CDK = "cdk"
    """An app for the AWS CDK."""
    CLI = "cli"
    """A shell script for the AWS CLI."""
    ZIP = "zip"
    """The files alone."""


_MADE_BY: Final[Mapping[Format, Callable[[ExportedFunction], Files]]] = {
    Format.SAM: sam_project,
    Format.CLOUDFORMATION: cloud_formation,
    Format.CDK: cdk_app,
    Format.CLI: cli_script,
    Format.ZIP: lambda exported: exported.files,
}
EVENTS_NAMED_MAX: Final = 3


def files_of(export_format: Format, exported: ExportedFunction) -> Files:
    """The files of an export, the one to look at first before the others."""
    return _MADE_BY[export_format](exported)


def notices(export_format: Format, exported: ExportedFunction) -> list[str]:
    """What whoever exports should know of this function, in short sentences."""
    if export_format is Format.ZIP:
        raw = "TypeScript is in it as it was typed: Lambda wants it compiled."
        return [raw] if exported.is_compiled else []
    told = []
    if export_format is Format.CLOUDFORMATION and (fault := inline_fault(exported)):
        told.append(f"The code does not fit into the template, so it comes from an S3 bucket. {fault}")
    if wrong := [path for path, text in exported.events.items() if not _is_json(text)]:
        others = len(wrong) - EVENTS_NAMED_MAX
        named = ", ".join(wrong[:EVENTS_NAMED_MAX]) + (f" and {others} more" if others > 0 else "")
        told.append(f"{named}: what was typed is no JSON, so no tool will take it as an event.")
    return told


def _is_json(text: str) -> bool:
    # An event without text is {} to Test, and nothing to any other tool.
    return bool(text.strip()) and not event_faults(text.encode())
