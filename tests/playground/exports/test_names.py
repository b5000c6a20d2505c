"""Names for other places are names there, and none is given twice."""

import pytest

from playground.exports.names import LogicalIds, event_paths, stack_name


def test_every_event_has_a_file_of_its_own_whatever_its_name() -> None:
    names = ["event", "Event", "../../etc/passwd", "a b", "a/b", "", "-rf", "CON", "ü"]
    assert event_paths(names) == [
        "events/event.json",
        "events/Event-2.json",
        "events/etc-passwd.json",
        "events/a-b.json",
        "events/a-b-2.json",
        "events/event-3.json",
        "events/rf.json",
        "events/event-CON.json",
        "events/event-4.json",
    ]


def test_a_number_behind_a_name_does_not_make_it_anothers() -> None:
    assert event_paths(["a", "a-2", "a"]) == ["events/a.json", "events/a-2.json", "events/a-3.json"]


@pytest.mark.parametrize(
    ("name", "logical_id"),
    [
        ("api-router", "ApiRouterFunction"),
        ("order_receipt", "OrderReceiptFunction"),
        ("myFunction", "MyFunction"),
        ("404", "My404Function"),
        ("--", "MyFunction"),
    ],
)
def test_a_logical_id_reads_as_the_name_does(name: str, logical_id: str) -> None:
    assert LogicalIds().of(name, "Function") == logical_id


def test_no_logical_id_is_given_twice() -> None:
    ids = LogicalIds(["CodeKey"])
    given = [ids.of(name) for name in ("CODE_KEY", "DB_URL", "DbUrl", "db-url")]
    assert given == ["CodeKey2", "DbUrl", "DbUrl2", "DbUrl3"]


def test_no_logical_id_is_a_truth_value_of_yaml() -> None:
    assert [LogicalIds().of(name) for name in ("ON", "no", "Null")] == ["OnValue", "NoValue", "NullValue"]


@pytest.mark.parametrize(
    ("name", "stack"), [("order_receipt", "order-receipt"), ("404", "function-404"), ("_", "function")]
)
def test_a_stack_name_begins_with_a_letter(name: str, stack: str) -> None:
    assert stack_name(name) == stack
