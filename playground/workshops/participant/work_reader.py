"""The JSON body of a save → a participant's work, or every fault of it at once. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from invoker.fault import Fault
from playground.json_body import Fields, is_storable
from playground.snippets import function_reader
from playground.snippets.function_reader import FunctionFields
from playground.snippets.test_event import TestEventFields, read_test_events
from playground.workshops.limits import WORK_BYTES_MAX

FIELDS = (*function_reader.FIELDS, "test_events", "revision")


@dataclass(frozen=True, kw_only=True)
class WorkFields:
    """Work without fault."""

    function: FunctionFields
    test_events: Sequence[TestEventFields]
    revision: int
    """The one that it was made on: 0 for the starter."""


def read_work(body: object) -> WorkFields | list[Fault]:
    """The work in a JSON value, or all its faults."""
    fields = Fields(body, "a participant's work", FIELDS)
    if not isinstance(body, dict):
        return fields.faults
    nothing: list[TestEventFields] = []
    work = WorkFields(
        function=function_reader.function_fields(fields),
        test_events=fields.take("test_events", nothing, read_test_events),
        revision=fields.take("revision", 0, _revision),
    )
    files = work.function.files
    texts = [*files, *files.values()]
    for one in work.test_events:
        texts += [one.name, one.event, one.expected or "", json.dumps(one.template or {})]
    size = sum(len(text.encode(errors="replace")) for text in texts)
    if size > WORK_BYTES_MAX:
        message = f"Files and test events take {size} bytes; {WORK_BYTES_MAX} are allowed in a workshop."
        fields.faults.append(Fault(("files",), message))
    fields.faults.extend(
        Fault(("files", path), "The file is not text that can be kept.")
        for path, text in files.items()
        if not is_storable(text)
    )
    return fields.faults or work


def _revision(value: Any) -> int | list[Fault]:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31:
        return value
    return [Fault(("revision",), "revision must be the number that the work had when it was read.")]
