"""What boto3 tells of one Invoke, with its log tail."""

import base64
import json
import re
from dataclasses import dataclass
from typing import Any

from tests.report_lines import END, INIT_REPORT, REPORT, START, status_of


@dataclass(frozen=True)
class Invoked:
    """One answer. `request_id` is the one in its header."""

    status: int
    function_error: str | None
    payload: str
    log: str
    request_id: str

    @property
    def value(self) -> Any:
        """The payload's JSON value."""
        return json.loads(self.payload)

    @property
    def lines(self) -> list[str]:
        """The lines of the log tail."""
        return self.log.splitlines()

    @property
    def report(self) -> re.Match[str]:
        """The last line, which must be a REPORT."""
        found = REPORT.fullmatch(self.lines[-1])
        assert found, self.log
        return found

    @property
    def duration_ms(self) -> float:
        """Duration of the REPORT line."""
        return float(self.report["duration_ms"])

    @property
    def init_ms(self) -> float | None:
        """Init Duration of the REPORT line, None where it has none."""
        told = self.report["init_duration_ms"]
        return None if told is None else float(told)

    @property
    def memory_mb(self) -> int:
        """Max Memory Used of the REPORT line."""
        return int(self.report["max_memory_used_mb"])


def invoke(client: Any, name: str, event: object = None, **members: Any) -> Invoked:
    """Invoke a function with the log tail."""
    payload = event if isinstance(event, bytes) else json.dumps(event or {}).encode()
    answer = client.invoke(FunctionName=name, Payload=payload, LogType="Tail", **members)
    return Invoked(
        status=answer["StatusCode"],
        function_error=answer.get("FunctionError"),
        payload=answer["Payload"].read().decode(),
        log=base64.b64decode(answer["LogResult"]).decode(),
        request_id=answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"],
    )


def assert_lines(told: Invoked, *own: str, status: str = "success", error_type: str | None = None) -> None:
    """The log is START, the function's own lines (regular expressions), END, REPORT, and nothing else.

    A failed init is told before it, with INIT_REPORT and what init printed.
    """
    at = next(at for at, line in enumerate(told.lines) if START.fullmatch(line))
    for line in told.lines[:at]:
        assert INIT_REPORT.fullmatch(line) or "\tINFO\t" in line or "\tERROR\t" in line, told.log
    between = told.lines[at + 1 : -2]
    assert len(between) == len(own), told.log
    for line, pattern in zip(between, own, strict=True):
        assert re.fullmatch(pattern, line), (pattern, line)
    assert END.fullmatch(told.lines[-2]), told.log
    assert told.log.endswith("\n")
    assert (status_of(told.report), told.report["error_type"]) == (status, error_type)
    assert {told.request_id} == {
        found["id"]
        for line, pattern in ((told.lines[at], START), (told.lines[-2], END), (told.lines[-1], REPORT))
        if (found := pattern.fullmatch(line))
    }
