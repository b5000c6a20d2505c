"""The JSON body of a snippet → what is to be saved, or every fault of it at once. Pure."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from invoker import limits
from invoker.fault import Fault
from playground.json_body import Fields, is_storable
from playground.snippets import function_reader
from playground.snippets.function_reader import FunctionFields, function_name_fault
from playground.snippets.test_event import TestEventFields, read_test_events

FIELDS = (
    *function_reader.FIELDS,
    *("function_name", "description", "tags", "test_events", "revision_id", "forked_from"),
)


@dataclass(frozen=True, kw_only=True)
class SnippetFields:
    """A snippet without fault. None stands for what is to stay as it is."""

    function: FunctionFields
    function_name: str | None = None
    description: str | None = None
    tags: dict[str, str] | None = None
    test_events: list[TestEventFields] = field(default_factory=list)
    revision_id: UUID | None = None
    """What the change was made on: another one means that somebody else changed it in between."""
    forked_from: str | None = None
    """The token of the link that it was opened by."""


def read_snippet(body: object) -> SnippetFields | list[Fault]:
    """The snippet in a JSON value, or all its faults."""
    fields = Fields(body, "a snippet", FIELDS)
    if not isinstance(body, dict):
        return fields.faults
    snippet = SnippetFields(
        function=function_reader.function_fields(fields),
        function_name=fields.take("function_name", None, read_function_name),
        description=fields.take("description", None, read_description),
        tags=fields.take("tags", None, read_tags),
        test_events=fields.take("test_events", [], read_test_events),
        revision_id=fields.take("revision_id", None, read_revision_id),
        forked_from=fields.take("forked_from", None, _token),
    )
    return fields.faults or snippet


def read_function_name(value: Any) -> str | list[Fault]:
    """A name that Lambda takes, or its fault."""
    fault = function_name_fault(value)
    return [fault] if fault else str(value)


def read_description(value: Any) -> str | list[Fault]:
    """A description, or its fault."""
    if isinstance(value, str) and len(value) <= limits.DESCRIPTION_LENGTH_MAX and is_storable(value):
        return value
    message = f"A description is text of at most {limits.DESCRIPTION_LENGTH_MAX} characters."
    return [Fault(("description",), message)]


def read_tags(value: Any) -> dict[str, str] | list[Fault]:
    """Tags with their values, or every fault of them."""
    if not isinstance(value, dict) or len(value) > limits.TAGS_MAX:
        message = f"tags must be an object with one text for each of at most {limits.TAGS_MAX} tags."
        return [Fault(("tags",), message)]
    faults = [
        Fault(("tags", key), "A tag has a key of 1 to 128 characters and a value of at most 256.")
        for key, text in value.items()
        if not isinstance(text, str)
        or not 0 < len(key) <= limits.TAG_KEY_LENGTH_MAX
        or len(text) > limits.TAG_VALUE_LENGTH_MAX
        or not is_storable(key + text)
    ]
    return faults or value


def read_revision_id(value: Any) -> UUID | list[Fault] | None:
    """A revision, or its fault; None stands for whichever there is."""
    try:
        return None if value is None else UUID(value)
    except (AttributeError, TypeError, ValueError):
        return [Fault(("revision_id",), "revision_id must be the revision of a snippet.")]


def _token(value: Any) -> str | list[Fault] | None:
    if value is None or (
        isinstance(value, str) and len(value) <= limits.LINK_TOKEN_LENGTH_MAX and is_storable(value)
    ):
        return value
    return [Fault(("forked_from",), "forked_from must be the token of a link.")]
