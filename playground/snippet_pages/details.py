"""What somebody may say of a snippet beside its code: name, description and tags. Pure."""

from typing import Any

from invoker.fault import Fault
from playground.json_body import Fields
from playground.snippets.snippet_reader import read_description, read_function_name, read_tags


def read_details(body: object) -> dict[str, Any] | list[Fault]:
    """The columns to be changed, or every fault at once."""
    fields = Fields(body, "a snippet", ("function_name", "description", "tags"))
    no_tags: dict[str, str] = {}
    details = {
        "function_name": fields.take("function_name", "", read_function_name),
        "description": fields.take("description", "", read_description),
        "tags": fields.take("tags", no_tags, read_tags),
    }
    return fields.faults or details
