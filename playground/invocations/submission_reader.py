"""The JSON body of a submission → what it asks for, or every fault of it at once. Pure."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from invoker.dependency_specs import dependency_faults
from invoker.event_payload import event_faults
from invoker.fault import Fault
from playground.json_body import Fields
from playground.snippets import function_reader
from playground.snippets.function_reader import FunctionFields, function_name_fault

FUNCTION_NAME_DEFAULT = "playground"
FIELDS = (*function_reader.FIELDS, "event", "function_name", "start_cold", "snippet")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A submission without fault."""

    function: FunctionFields
    event: bytes = b"{}"
    function_name: str = FUNCTION_NAME_DEFAULT
    start_cold: bool = False
    snippet_id: UUID | None = None
    """The snippet that is tested: its name is the function's."""


def read(body: object) -> Draft | list[Fault]:
    """The draft in a JSON value, or all its faults."""
    fields = Fields(body, "a submission", FIELDS)
    if not isinstance(body, dict):
        return fields.faults
    draft = Draft(
        function=function_reader.function_fields(fields),
        event=fields.take("event", Draft.event, _event),
        function_name=fields.take("function_name", Draft.function_name, _function_name),
        start_cold=fields.truth("start_cold", Draft.start_cold),
        snippet_id=fields.take("snippet", Draft.snippet_id, _snippet_id),
    )
    fields.faults.extend(dependency_faults(draft.function.files))
    fields.faults.extend(event_faults(draft.event))
    return fields.faults or draft


def _event(value: Any) -> bytes | list[Fault]:
    if not isinstance(value, str):
        return [Fault(("event",), "event must be the JSON text of the event.")]
    try:
        return value.encode()
    except UnicodeEncodeError:
        return [Fault(("event",), "The event is not valid Unicode text.")]


def _function_name(value: Any) -> str | list[Fault]:
    fault = function_name_fault(value)
    return [fault] if fault else str(value)


def _snippet_id(value: Any) -> UUID | list[Fault] | None:
    try:
        return None if value is None else UUID(value)
    except (AttributeError, TypeError, ValueError):
        return [Fault(("snippet",), "snippet must be the id of a snippet.")]
