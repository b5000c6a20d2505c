"""A test event: an event with a name, and the response that it should have. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from invoker import limits
from invoker.event_payload import event_faults
from invoker.fault import Fault
from playground.json_body import Fields, is_storable

FIELDS = ("name", "event", "expected", "template")


@dataclass(frozen=True, kw_only=True)
class TestEventFields:
    """A test event without fault. `event` and `expected` are JSON texts as they were typed."""

    __test__ = False  # It is no test of ours.

    name: str
    event: str = "{}"
    expected: str | None = None
    template: dict[str, Any] | None = None
    """The page's template that made it: its id, and the fields as they were filled in."""


def read_test_event(body: object) -> TestEventFields | list[Fault]:
    """The event in a JSON value, or all its faults.

    Text that is no JSON is taken: somebody may save what is half typed, and a test of it says what is wrong.
    """
    fields = Fields(body, "a test event", FIELDS)
    event = TestEventFields(
        name=fields.text("name", "", limits.TEST_EVENT_NAME_LENGTH_MAX),
        event=fields.text("event", "{}"),
        expected=fields.take("expected", None, _expected),
        template=fields.take("template", None, _template),
    )
    if not event.name.strip():
        fields.faults.append(Fault(("name",), "A test event needs a name."))
    for name, text in (("name", event.name), ("event", event.event), ("expected", event.expected or "")):
        if not is_storable(text):
            fields.faults.append(Fault((name,), f"{name} is not valid Unicode text."))
    return fields.faults or event


def read_test_events(body: object) -> list[TestEventFields] | list[Fault]:
    """The events of a snippet in their order, or all their faults with the way to each."""
    if not isinstance(body, list):
        return [Fault(("test_events",), "test_events must be a list.")]
    if len(body) > limits.TEST_EVENTS_MAX:
        message = f"{len(body)} test events are too many: {limits.TEST_EVENTS_MAX} at most."
        return [Fault(("test_events",), message)]
    events: list[TestEventFields] = []
    faults: list[Fault] = []
    for index, one in enumerate(body):
        read = read_test_event(one)
        if isinstance(read, list):
            faults.extend(_below(index, fault) for fault in read)
        else:
            events.append(read)
    return faults or size_faults(events) or events


def size_faults(events: Sequence[TestEventFields]) -> list[Fault]:
    """What is wrong with the events of a snippet together: names that repeat, too many, too large."""
    names = [event.name for event in events]
    twice = sorted({name for name in names if names.count(name) > 1})
    faults = [
        Fault(("test_events", str(names.index(name)), "name"), f"The name {name} is there twice.")
        for name in twice
    ]
    size = sum(len(event.event.encode()) + len((event.expected or "").encode()) for event in events)
    if size > limits.TEST_EVENTS_BYTES_MAX:
        message = f"The test events take {size} bytes; {limits.TEST_EVENTS_BYTES_MAX} are allowed (6 MB)."
        faults.append(Fault(("test_events",), message))
    if len(events) > limits.TEST_EVENTS_MAX:
        message = f"{len(events)} test events are too many: {limits.TEST_EVENTS_MAX} at most."
        faults.append(Fault(("test_events",), message))
    return faults


def _below(index: int, fault: Fault) -> Fault:
    return Fault(("test_events", str(index), *fault.field), fault.message, fault.line, fault.column)


def _expected(value: object) -> str | list[Fault] | None:
    if value is None:
        return None
    if not isinstance(value, str):
        return [Fault(("expected",), "expected must be the JSON text of a response.")]
    return [
        Fault(("expected",), fault.message.replace("event", "expected response"), fault.line, fault.column)
        for fault in (event_faults(value.encode(errors="surrogatepass")))
    ] or value


def _template(value: object) -> dict[str, Any] | list[Fault] | None:
    good = value is None or (
        isinstance(value, dict)
        and value.keys() == {"id", "fields"}
        and isinstance(value["id"], str)
        and isinstance(value["fields"], dict)
        and all(isinstance(text, str) for text in value["fields"].values())
        and all(map(is_storable, (value["id"], *value["fields"], *value["fields"].values())))
    )
    if good:
        return value  # type: ignore[return-value]
    return [Fault(("template",), "template must be an object with the id and the fields of a template.")]
