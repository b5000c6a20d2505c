"""The platform's log lines as AWS writes them, and one request id everywhere, on both sandboxes."""

import json
import math
import re
from typing import Any

import pytest

from tests.history import LIST, History
from tests.outcomes.conftest import KEY
from tests.outcomes.invoked import assert_lines, invoke
from tests.playground.lambda_api.clients import create
from tests.report_lines import INIT_REPORT

OWN_LINE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


def test_a_console_line_has_time_request_id_and_level(client: Any) -> None:
    code = "exports.handler = async () => { console.log('hello'); console.error('two\\nlines'); console.warn({ a: 1 }) }"
    told = invoke(client, create(client, code))
    own = rf"{OWN_LINE}\t{told.request_id}\t"
    assert_lines(told, own + "INFO\thello", own + "ERROR\ttwo", "lines", own + r"WARN\t\{ a: 1 \}")


def test_init_duration_comes_last_and_only_on_a_cold_start(client: Any) -> None:
    name = create(client, "exports.handler = async () => {}")
    cold, warm = invoke(client, name), invoke(client, name)
    assert re.search(r"\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms\t$", cold.lines[-1])
    assert re.search(r"\tMax Memory Used: \d+ MB\t$", warm.lines[-1])
    assert_lines(cold)
    assert_lines(warm)


def test_billed_duration_includes_init_and_is_rounded_up(client: Any) -> None:
    code = "const until = Date.now() + 100; while (Date.now() < until); exports.handler = () => new Promise((r) => setTimeout(r, 20))"
    name = create(client, code)
    cold, warm = invoke(client, name), invoke(client, name)
    assert cold.init_ms is not None
    assert cold.init_ms >= 100
    assert cold.duration_ms >= 19
    assert int(cold.report["billed_duration_ms"]) == math.ceil(round(cold.duration_ms + cold.init_ms, 2))
    assert warm.init_ms is None
    assert 19 <= warm.duration_ms < 100
    assert int(warm.report["billed_duration_ms"]) == math.ceil(warm.duration_ms)


@pytest.mark.parametrize(
    ("code", "status", "error_type"),
    [
        ("throw new RangeError('no')", "error", "RangeError"),
        ("process.exit(3)", "error", "Runtime.ExitError"),
        ("await new Promise((r) => setTimeout(r, 60000))", "timeout", None),
    ],
    ids=["throws", "exits", "is over ten seconds"],
)
def test_a_failed_init_writes_an_init_report(
    client: Any, code: str, status: str, error_type: str | None
) -> None:
    name = create(client, {"index.mjs": f"{code}\nexport const handler = async () => {{}}"}, Timeout=1)
    told = invoke(client, name)
    found = [match for line in told.lines if (match := INIT_REPORT.fullmatch(line))]
    assert (found[0]["phase"], found[0]["status"], found[0]["error_type"]) == ("init", status, error_type)
    if status == "timeout":
        assert 9_900 < float(found[0]["init_duration_ms"]) < 12_000
    assert told.report[0].endswith(
        "\tStatus: timeout" if status == "timeout" else f"\tStatus: error\tError Type: {error_type}"
    )


def test_json_logging_makes_the_functions_lines_json_and_filters_by_level(client: Any) -> None:
    code = "exports.handler = async () => { console.log('quiet'); console.error('loud %d', 1) }"
    variables = {"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "ERROR"}
    name = create(client, code, Environment={"Variables": variables})
    told = invoke(client, name)
    (line,) = [line for line in told.lines if line.startswith("{")]
    entry = json.loads(line)
    assert re.fullmatch(OWN_LINE, entry.pop("timestamp"))
    assert entry == {"level": "ERROR", "requestId": told.request_id, "message": "loud 1"}
    assert "quiet" not in told.log


def test_one_request_id_is_in_log_context_header_database_and_json_api(client: Any, history: History) -> None:
    before = set(history.records(f"aws:{KEY}"))
    name = create(client, "exports.handler = async (event, context) => context.awsRequestId")
    told = invoke(client, name)
    assert_lines(told)
    assert told.value == told.request_id
    assert set(history.records(f"aws:{KEY}")) - before == {told.request_id}
    kept = history.staff.get(f"/api/invocations/{told.request_id}").json()
    assert (kept["id"], kept["function_name"]) == (told.request_id, name)
    assert told.request_id in history.staff.get(LIST, params={"q": told.request_id}).text
