"""README.md of an exported project. Pure."""

from collections.abc import Iterable, Sequence

from invoker.deployment_package import PackageFile
from playground.exports.exported_function import RUNTIME, ExportedFunction, text_file
from playground.exports.names import stack_name

Section = tuple[str, str | Sequence[str]]
"""A heading with a sentence, or with the commands to type."""


def readme(exported: ExportedFunction, sections: Iterable[Section]) -> PackageFile:
    """The file, which first tells of the values that stayed behind."""
    head = f"# {exported.name}\n\nA Lambda function for {RUNTIME}, exported from Lambda Playground.\n"
    told = [_section(*section) for section in (*_left_behind(exported), *sections)]
    return text_file("\n".join([head, *told]))


def _section(heading: str, content: str | Sequence[str]) -> str:
    if isinstance(content, str):
        return f"## {heading}\n\n{content}\n"
    return f"## {heading}\n\n" + "".join(f"    {line}\n" for line in content)


def _left_behind(exported: ExportedFunction) -> list[Section]:
    if not exported.withheld:
        return []
    behind = "has its value" if len(exported.withheld) == 1 else "have their values"
    content = (
        f"{', '.join(exported.withheld)} {behind} nowhere in these files. "
        "Give each one where it is asked for below, and keep it out of version control."
    )
    return [("Values that stayed behind", content)]


def invoke_deployed(exported: ExportedFunction) -> Section:
    """How to invoke the function of a stack, whose first output is its name."""
    name = (
        f"NAME=$(aws cloudformation describe-stacks --stack-name {stack_name(exported.name)} "
        "--query 'Stacks[0].Outputs[0].OutputValue' --output text)"
    )
    invoke = 'aws lambda invoke --function-name "$NAME" --payload fileb://{} response.json'
    return ("Invoke", [name, *(invoke.format(path) for path in exported.events)])
