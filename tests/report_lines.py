"""The platform's log lines, field by field and in their order, as AWS writes them."""

import re

REQUEST_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

START = re.compile(rf"START RequestId: (?P<id>{REQUEST_ID}) Version: \$LATEST")
END = re.compile(rf"END RequestId: (?P<id>{REQUEST_ID})")
REPORT = re.compile(
    rf"REPORT RequestId: (?P<id>{REQUEST_ID})\t"
    r"Duration: (?P<duration_ms>\d+\.\d\d) ms\t"
    r"Billed Duration: (?P<billed_duration_ms>\d+) ms\t"
    r"Memory Size: (?P<memory_size_mb>\d+) MB\t"
    r"Max Memory Used: (?P<max_memory_used_mb>\d+) MB"
    r"(?:\tInit Duration: (?P<init_duration_ms>\d+\.\d\d) ms)?"
    r"(?:\t|\tStatus: (?P<status>timeout)|\tStatus: (?P<failed>error)\tError Type: (?P<error_type>.*))"
)
INIT_REPORT = re.compile(
    r"INIT_REPORT Init Duration: (?P<init_duration_ms>\d+\.\d\d) ms\tPhase: (?P<phase>init|invoke)\t"
    r"Status: (?P<status>timeout|error)(?:\tError Type: (?P<error_type>.*))?"
)


def figures(report: re.Match[str]) -> dict[str, float]:
    """The numbers of a REPORT line by the names that the JSON API has for them."""
    return {
        name: float(value)
        for name, value in report.groupdict().items()
        if name[-3:] in {"_ms", "_mb"} and value
    }


def status_of(report: re.Match[str]) -> str:
    """How the invocation ended: success, error or timeout."""
    return report["status"] or report["failed"] or "success"
