"""Docker with gVisor as its runtime, where the engine that is reachable has one of the name runsc."""

import json
import platform
import time
from collections.abc import Iterator

import pytest

from invoker.errors import SandboxUnavailable
from invoker.events import Outcome, ResponseChunk
from invoker.pool_settings import PoolSettings
from invoker.sandbox.docker import GVISOR, connect
from tests.hostile.case import Case, cases

from .conftest import Runner, start_engine
from .test_sandbox_settings import folders_of, found, wait_until

HOSTILE = ("d07", "d10", "e03", "e13", "f03", "f08", "f10", "f14", "f15", "f17", "f18", "f28", "h06")


@pytest.fixture(scope="module")
def gvisor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """Runs functions on gVisor."""
    try:
        runtimes = connect().info()["Runtimes"]
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    if GVISOR not in runtimes:
        pytest.skip("the Docker Engine has no runtime runsc: docs/gvisor.md tells how to add it")
    state = tmp_path_factory.mktemp("gvisor")
    # Without its share of CPU, of which gVisor's own work would take most.
    engine = start_engine("docker", state, PoolSettings(waiting=1, cpu_share=False), GVISOR)
    yield Runner(engine, "docker", state)
    engine.close()
    assert list((state / "sandboxes").iterdir()) == []


def test_the_kernel_that_a_function_sees_is_not_this_machine_s(gvisor: Runner) -> None:
    result = gvisor(
        "import os from 'node:os'; export const handler = async () => os.release()", memory_size=512
    )
    assert json.loads(result.finished.response) != platform.release()


def test_there_is_no_way_out(gvisor: Runner) -> None:
    network = found(gvisor, "network")
    assert (network["interfaces"], network["routes"]) == (["lo"], 0)
    assert set(network["connected"]) <= {"ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL"}
    assert set(network["resolved"]) <= {"EAI_AGAIN", "ENOTFOUND"}
    assert network["asked"] != "resolved"


def test_user_and_capabilities_are_the_same(gvisor: Runner) -> None:
    status = found(gvisor, "status")
    assert status["Uid"].split() == ["993"] * 4
    assert {status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd")} == {"0" * 16}


def test_only_tmp_can_be_written_and_has_its_size(gvisor: Runner) -> None:
    folders = ["/", "/etc", "/opt", "/var/lang", "/var/runtime", "/var/task", "/run/invoker"]
    assert "none" not in found(gvisor, "writing", folders=folders)
    assert found(gvisor, "writing", folders=["/tmp"]) == ["none"]
    tmp = found(gvisor, "tmp")
    assert tmp["blocks"] * tmp["bsize"] == 512 << 20


def test_what_functions_need_works(gvisor: Runner) -> None:
    expected = {
        "child": "42",
        "worker": 42,
        "wasm": 42,
        "atomics": "timed-out",
        "file": "42",
        "listens": "42",
    }
    assert found(gvisor, "works") == expected


OUTCOMES = {
    "return 1": Outcome.OK,
    "throw new Error('no')": Outcome.FUNCTION_ERROR,
    "process.exit(3)": Outcome.FUNCTION_ERROR,
    "for (;;);": Outcome.TIMEOUT,
}


@pytest.mark.parametrize("statement", OUTCOMES)
def test_outcomes_are_the_same_and_failures_leave_nothing(gvisor: Runner, statement: str) -> None:
    code = f"export const handler = async () => {{ {statement} }} // outcome"
    result = gvisor(code, memory_size=512, timeout=5)
    assert result.finished.outcome is OUTCOMES[statement], result.log
    assert result.report.startswith(f"REPORT RequestId: {result.request_id}\t")
    if result.finished.outcome is not Outcome.OK and "throw" not in statement:
        wait_until(lambda: not folders_of(gvisor, code))


def test_the_memory_limit_kills_and_says_so(gvisor: Runner) -> None:
    code = "export const handler = async () => { for (const kept = [];;) kept.push(Buffer.alloc(8e6, 1)) }"
    result = gvisor(code, memory_size=512, timeout=60)
    assert result.finished.outcome is Outcome.OUT_OF_MEMORY, result.log


def test_environments_stay_warm_and_stand_still(gvisor: Runner) -> None:
    code = "let ticks = 0; setInterval(() => ticks++, 10); export const handler = async () => ticks"

    def ticks() -> int:
        return int(gvisor(code, memory_size=512).finished.response)

    before = ticks()
    time.sleep(1)
    assert ticks() < before + 50


def test_streamed_chunks_come_one_by_one(gvisor: Runner) -> None:
    code = """
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      for (const text of ['one', 'two', 'three']) {
        stream.write(text)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      stream.end()
    })"""
    events = gvisor(code, memory_size=512, timeout=20).events
    chunks = [event for event in events if isinstance(event, ResponseChunk)]
    assert b"".join(chunk.content for chunk in chunks) == b"onetwothree"
    assert len(chunks) == 3


@pytest.mark.parametrize(
    "case", [case for case in cases() if case.name.startswith(HOSTILE)], ids=lambda case: case.name
)
def test_hostile_functions_end_as_expected_and_the_next_one_runs(gvisor: Runner, case: Case) -> None:
    configuration = {**case.configuration, "memory_size": 1024}
    configuration["name"] = configuration.pop("function_name")
    result = gvisor(dict(case.files), event=case.event.encode(), owner=case.name, **configuration)
    accepted = {case.expected["outcome"], *case.expected.get("outcome_any", ())}
    assert result.finished.outcome.value in accepted, (result.finished, result.log)
    assert gvisor("export const handler = async () => 'next'", memory_size=512).finished.response == b'"next"'
