"""The JSON body of an export of work that is not saved → the function, or every fault of it at once. Pure."""

from typing import Any

from invoker.deployment_package import DeploymentPackage
from invoker.fault import Fault
from invoker.typescript import is_compiled
from playground.exports.exported_function import ExportedFunction, divided, events_by_path
from playground.json_body import Fields
from playground.snippets import function_reader
from playground.snippets.snippet_reader import read_function_name
from playground.snippets.test_event import TestEventFields, read_test_events

FIELDS = (*function_reader.FIELDS, "function_name", "test_events", "values")
NAME_DEFAULT = "my-function"


def read_export(body: object) -> ExportedFunction | list[Fault]:
    """The function in a JSON value, or all its faults."""
    fields = Fields(body, "an export", FIELDS)
    if not isinstance(body, dict):
        return fields.faults
    function = function_reader.function_fields(fields)
    name = fields.take("function_name", NAME_DEFAULT, read_function_name)
    events: list[TestEventFields] = fields.take("test_events", [], read_test_events)
    names: list[str] = fields.take("values", [], _names)
    if fields.faults:
        return fields.faults
    parts = divided(function.environment, names)
    if isinstance(parts, list):
        return parts
    variables, withheld = parts
    return ExportedFunction(
        name=name,
        files=DeploymentPackage.of_texts(function.files).files,
        handler=function.handler,
        memory_size=function.memory_size,
        timeout=function.timeout,
        ephemeral_storage=function.ephemeral_storage,
        variables=variables,
        withheld=withheld,
        events=events_by_path((event.name, event.event) for event in events),
        is_compiled=is_compiled(function.files),
    )


def _names(value: Any) -> list[str] | list[Fault]:
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return value
    return [Fault(("values",), "values must be a list of names of environment variables.")]
