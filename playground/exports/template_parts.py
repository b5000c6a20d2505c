"""What the templates of SAM and of CloudFormation share. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from playground.exports.build_step import project_variables
from playground.exports.exported_function import ExportedFunction
from playground.exports.names import LogicalIds
from playground.exports.template_yaml import key, ref, text

FORMAT_VERSION: Final = text("2010-09-09")
Withheld = Mapping[str, str]
"""The logical id of a parameter for each variable whose value stays behind, by the variable's name."""


def withheld_parameters(exported: ExportedFunction, ids: LogicalIds) -> Withheld:
    """A parameter for each value that stays behind."""
    return {name: ids.of(name) for name in exported.withheld}


def parameters_of(withheld: Withheld) -> dict[str, Any]:
    """The section Parameters."""
    return {
        logical_id: {
            "Type": "String",
            "NoEcho": True,
            "Description": f"Value of the environment variable {name}",
        }
        for name, logical_id in withheld.items()
    }


def environment_of(exported: ExportedFunction, withheld: Withheld) -> dict[str, Any]:
    """The property Environment; nothing where there is no variable."""
    variables: dict[str, Any] = {
        key(name): text(value) for name, value in project_variables(exported).items()
    }
    variables.update((key(name), ref(logical_id)) for name, logical_id in withheld.items())
    return {"Environment": {"Variables": variables}} if variables else {}


def outputs_of(logical_id: str) -> dict[str, Any]:
    """The section Outputs: the name of the function."""
    return {"FunctionName": {"Description": "Name of the function", "Value": ref(logical_id)}}


def values_to_give(withheld: Withheld) -> list[str]:
    """`Parameter=VALUE` for each value that is to be filled in."""
    return [f"{logical_id}=VALUE" for logical_id in withheld.values()]


def overrides(given: Iterable[str]) -> str:
    """The option that gives parameters their values; nothing where there is none."""
    values = " ".join(given)
    return f" --parameter-overrides {values}" if values else ""
