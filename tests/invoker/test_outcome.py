"""What an invocation's passage means, row by row as Lambda answers it."""

import json
from dataclasses import replace

import pytest

from invoker.answer import Answer
from invoker.deployment_package import DeploymentPackage
from invoker.events import FunctionError, Outcome
from invoker.invocation import FunctionConfiguration, Invocation
from invoker.outcome import Verdict, exit_message, init_duration_ms, verdict
from invoker.passage import Ending, Passage

ID = "5b866fb1-7154-4af6-8078-6ef6ca4c2ddd"
MB = 1024 * 1024
INVOCATION = Invocation(
    ID, "somebody", FunctionConfiguration("shop", memory_size=128, timeout=3), DeploymentPackage.of_texts({})
)
# Init took 126.51 ms from second 1,000; the event was handed out 1 ms later, the answer came after 12.34 ms.
COLD = Passage(
    Ending.ANSWERED,
    began=1_000.0,
    ready=1_000.12651,
    handed_out=1_000.12751,
    ended=1_000.13985,
    answer=Answer(1_000.13985, b'{"doubled":42}'),
    memory_bytes=65 * MB + 1,
)
WARM = replace(COLD, ready=None, handed_out=2_000.0, ended=2_000.01234)
EXITED = replace(COLD, ending=Ending.EXITED, answer=None)
EXITED_IN_INIT = replace(EXITED, ready=None, handed_out=None)


def cold(passage: Passage) -> Verdict:
    return verdict(INVOCATION, passage, cold_start=True, suppressed_init=False, sandbox_ms=250.0)


def answered(
    body: bytes, error_type: str | None = None, in_init: bool = False, too_large: bool = False
) -> Verdict:
    passage = replace(COLD, answer=Answer(COLD.ended, body, error_type, in_init, too_large))
    return cold(replace(passage, ready=None, handed_out=None) if in_init else passage)


def test_a_returned_value_is_the_payload() -> None:
    result = cold(COLD)
    assert (result.outcome, result.response, result.error, result.notice) == (
        Outcome.OK,
        b'{"doubled":42}',
        None,
        None,
    )
    assert result.lines == (
        f"END RequestId: {ID}",
        f"REPORT RequestId: {ID}\tDuration: 12.34 ms\tBilled Duration: 139 ms\tMemory Size: 128 MB\t"
        "Max Memory Used: 66 MB\tInit Duration: 126.51 ms\t",
    )


def test_a_returned_undefined_is_null() -> None:
    assert answered(b"null").response == b"null"


@pytest.mark.parametrize(
    ("error_type", "in_init", "message"),
    [
        ("OrderRefused", False, "no stock"),
        ("Runtime.UnhandledPromiseRejection", False, "Error: nobody listens"),
        ("Runtime.HandlerNotFound", True, "index.x is undefined or not exported"),
        ("Runtime.ImportModuleError", True, "Error: Cannot find module 'x'"),
        ("Runtime.UserCodeSyntaxError", True, "SyntaxError: Unexpected token"),
        ("Runtime.MalformedHandlerName", True, "Bad handler"),
    ],
)
def test_an_error_of_the_runtime_is_the_payload_as_it_came(
    error_type: str, in_init: bool, message: str
) -> None:
    body = json.dumps({"errorType": error_type, "errorMessage": message, "trace": ["at f"]}).encode()
    result = answered(body, error_type, in_init)
    assert result.outcome is (Outcome.INIT_ERROR if in_init else Outcome.FUNCTION_ERROR)
    assert result.response == body
    assert result.error == FunctionError(error_type, message, ("at f",))
    assert result.lines[0] == f"END RequestId: {ID}"
    assert result.lines[-1].endswith(f"\tStatus: error\tError Type: {error_type}")


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        (None, "Runtime exited without providing a reason"),
        ("exit status 0", "Runtime exited without providing a reason"),
        ("exit status 127", "Runtime exited with error: exit status 127"),
        ("signal: aborted", "Runtime exited with error: signal: aborted"),
    ],
)
@pytest.mark.parametrize(
    ("passage", "outcome"), [(EXITED, Outcome.FUNCTION_ERROR), (EXITED_IN_INIT, Outcome.INIT_ERROR)],
    ids=["handler", "init"],
)  # fmt: skip
def test_an_exit_is_an_exit_error(
    passage: Passage, outcome: Outcome, reason: str | None, message: str
) -> None:
    result = cold(replace(passage, exit_reason=reason))
    assert exit_message(reason) == message
    assert result.outcome is outcome
    text = f"RequestId: {ID} Error: {message}"
    assert result.response.decode() == f'{{"errorType":"Runtime.ExitError","errorMessage":"{text}"}}'
    assert result.lines[:3] == (text, "Runtime.ExitError", f"END RequestId: {ID}")
    assert result.lines[3].endswith("\tStatus: error\tError Type: Runtime.ExitError")


@pytest.mark.parametrize(
    "reason", ["signal: killed", None], ids=["told by the emulator", "emulator killed too"]
)
@pytest.mark.parametrize("passage", [EXITED, EXITED_IN_INIT], ids=["handler", "init"])
def test_a_kill_at_the_memory_limit_is_told_in_lambdas_words_and_in_plain_ones(
    passage: Passage, reason: str | None
) -> None:
    result = cold(replace(passage, exit_reason=reason, out_of_memory=True, memory_bytes=120 * MB))
    assert result.outcome is Outcome.OUT_OF_MEMORY
    assert json.loads(result.response) == {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: {ID} Error: Runtime exited with error: signal: killed",
    }
    assert "\tMemory Size: 128 MB\tMax Memory Used: 128 MB\t" in result.lines[-1]
    assert result.notice is not None
    assert result.notice.startswith("Memory ran out: the function used all of its 128 MB")


def test_a_function_that_survives_its_child_is_told_that_memory_ran_out() -> None:
    result = cold(replace(COLD, out_of_memory=True))
    assert result.outcome is Outcome.OK
    assert result.notice == "Memory ran out: a process of the function was killed at the limit of 128 MB."


def test_a_sandbox_that_was_lost_is_told_in_words() -> None:
    result = cold(EXITED)
    assert result.outcome is Outcome.FUNCTION_ERROR
    assert result.notice is not None
    assert result.notice.startswith("The sandbox ended before the function had answered.")
    assert cold(replace(EXITED, exit_reason="exit status 1")).notice is None


def test_a_timeout_is_told_with_the_functions_own_limit() -> None:
    result = cold(replace(COLD, ending=Ending.TIMEOUT, answer=None, ended_at=1_003.1289))
    assert result.outcome is Outcome.TIMEOUT
    assert result.response.decode() == (
        '{"errorType":"Sandbox.Timedout",'
        f'"errorMessage":"RequestId: {ID} Error: Task timed out after 3.00 seconds"}}'
    )
    assert result.lines == (
        f"1970-01-01T00:16:43.128Z {ID} Task timed out after 3.00 seconds",
        f"END RequestId: {ID}",
        f"REPORT RequestId: {ID}\tDuration: 3000.00 ms\tBilled Duration: 3127 ms\tMemory Size: 128 MB\t"
        "Max Memory Used: 66 MB\tInit Duration: 126.51 ms\tStatus: timeout",
    )


def test_a_response_over_the_limit_is_refused_in_lambdas_words() -> None:
    result = answered(b"", too_large=True)
    assert result.outcome is Outcome.FUNCTION_ERROR
    assert result.response.decode() == (
        '{"errorType":"Function.ResponseSizeTooLarge","errorMessage":'
        '"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}'
    )
    assert result.lines[-1].endswith("\tStatus: error\tError Type: Function.ResponseSizeTooLarge")


def test_a_cancelled_invocation_has_its_end_and_its_report() -> None:
    result = cold(replace(COLD, ending=Ending.CANCELLED, answer=None))
    assert result.outcome is Outcome.CANCELLED
    assert [line.split(" ")[0] for line in result.lines[-2:]] == ["END", "REPORT"]


def test_a_warm_invocation_has_no_init_and_is_timed_from_its_hand_out() -> None:
    metrics = verdict(INVOCATION, WARM, cold_start=False, suppressed_init=False, sandbox_ms=0.4).metrics
    assert (metrics.duration_ms, metrics.billed_duration_ms) == (12.34, 13)
    assert metrics.init_duration_ms is None
    assert not metrics.cold_start


def test_an_init_that_is_repeated_counts_into_the_duration() -> None:
    result = verdict(INVOCATION, COLD, cold_start=True, suppressed_init=True, sandbox_ms=0.0)
    assert (result.metrics.duration_ms, result.metrics.init_duration_ms) == (139.85, None)
    assert "Init Duration" not in result.lines[-1]


@pytest.mark.parametrize("ready", [None, 1_000.12651], ids=["within init", "before the event was handed out"])
def test_a_failed_init_is_counted_once(ready: float | None) -> None:
    metrics = cold(replace(EXITED_IN_INIT, ready=ready, exit_reason="exit status 1")).metrics
    assert (metrics.duration_ms, metrics.billed_duration_ms) == (139.85, 140)
    assert metrics.init_duration_ms is None


def test_the_init_phase_lasts_to_its_end_or_to_its_failure() -> None:
    assert init_duration_ms(COLD) == pytest.approx(126.51)
    assert init_duration_ms(EXITED_IN_INIT) == pytest.approx(139.85)


def test_memory_used_is_the_peak_rounded_up_and_never_over_the_size() -> None:
    assert cold(COLD).metrics.max_memory_used_mb == 66
    assert cold(replace(COLD, memory_bytes=129 * MB)).metrics.max_memory_used_mb == 128


def test_an_error_type_of_the_functions_choice_cannot_write_a_line_of_the_report() -> None:
    body = json.dumps({"errorType": "Bad\nREPORT RequestId: forged", "errorMessage": "x"}).encode()
    result = answered(body, "Bad")
    assert result.response == body
    assert sum(line.startswith("REPORT") for text in result.lines for line in text.splitlines()) == 1
