"""Cold starts from waiting sandboxes: what the function finds is what a fresh start would show it."""

import json
import re
import time
import uuid
from pathlib import Path

import pytest

from invoker.events import Outcome
from invoker.pool_settings import PoolSettings
from invoker.sandbox.cgroup import CPU_PERIOD_US, FUNCTION, Cgroup, of_process
from invoker.sandbox.local_cgroup import is_unified

from .conftest import Run, Runner, pids_of, start_engine

PROBE = """
import v8 from 'node:v8'
import fs from 'node:fs'
export const handler = async () => ({
  heap: Math.round(v8.getHeapStatistics().heap_size_limit / 1048576),
  arguments: process.argv, flags: process.execArgv, options: process.env.NODE_OPTIONS ?? null,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone, path: process.env.PATH,
  limit: fs.existsSync('/sys/fs/cgroup/memory/memory.limit_in_bytes')
    ? Number(fs.readFileSync('/sys/fs/cgroup/memory/memory.limit_in_bytes')) / 1048576 : null,
})"""


def probe(run: Runner, **options: object) -> dict[str, object]:
    result = run(PROBE, name=f"probe-{uuid.uuid4().hex[:8]}", **options)
    assert result.finished.outcome is Outcome.OK, result.log
    value: dict[str, object] = json.loads(result.finished.response)
    return value


def test_a_function_starts_in_a_sandbox_that_waited(run: Runner) -> None:
    run.wait_until_filled()
    result = run(PROBE, name="first")
    metrics = result.finished.metrics
    assert metrics is not None
    assert metrics.cold_start
    # Making a sandbox takes 300 ms and more.
    assert metrics.sandbox_ms < 150
    assert "Init Duration" in result.report


@pytest.mark.parametrize("memory_size", [128, 512, 1769])
def test_heap_and_limit_are_those_of_the_memory_size(run: Runner, memory_size: int) -> None:
    run.wait_until_filled()
    answer = probe(run, memory_size=memory_size)
    heap = answer["heap"]
    assert isinstance(heap, int)
    assert memory_size * 0.8 <= heap <= memory_size * 1.15
    assert f"--max-old-space-size={memory_size * 90 // 100}" in answer["flags"]  # type: ignore[operator]
    assert answer["limit"] in {None, memory_size}


def test_arguments_are_the_same_waited_or_started_afresh(run: Runner) -> None:
    waited, afresh = probe(run), probe(run, environment={"NODE_OPTIONS": "--no-warnings"})
    assert waited["arguments"] == afresh["arguments"] == ["/var/lang/bin/node", "/var/runtime/index.mjs"]
    assert waited["flags"] == afresh["flags"]
    assert (waited["options"], afresh["options"]) == (None, "--no-warnings")


def test_what_node_reads_when_it_starts_is_there_when_it_starts(run: Runner) -> None:
    code = "export const handler = async () => process.report.getReport().header.commandLine && new Error('x').stack.length"
    short = run(code, environment={"NODE_OPTIONS": "--stack-trace-limit=0"})
    assert json.loads(short.finished.response) < json.loads(run(code).finished.response)
    assert probe(run, environment={"TZ": "Asia/Tokyo"})["zone"] == "Asia/Tokyo"
    assert probe(run, environment={"PATH": "/tmp"})["path"] == "/tmp"


def test_a_start_afresh_is_in_the_init_duration(run: Runner) -> None:
    # What has passed since Node.js started, when the function's code is reached.
    code = "const started = performance.now(); export const handler = async () => started"
    finished = run(code, name="afresh", environment={"NODE_NO_WARNINGS": "1"}).finished
    assert finished.metrics is not None
    assert finished.metrics.init_duration_ms is not None
    assert finished.metrics.init_duration_ms >= json.loads(finished.response)


def test_nothing_of_the_wait_is_left_in_the_function_s_process(run: Runner) -> None:
    code = """
    import fs from 'node:fs'
    export const handler = async () => ({
      listeners: process.eventNames().filter((name) => name.startsWith?.('SIG')),
      pipes: fs.readdirSync('/proc/self/fd').map((fd) => { try { return fs.readlinkSync('/proc/self/fd/' + fd) } catch { return '' } })
        .filter((target) => target.includes('release') || target.includes('waiting')),
      globals: Object.keys(globalThis).filter((name) => /wait|release/i.test(name)),
    })"""
    assert json.loads(run(code).finished.response) == {"listeners": [], "pipes": [], "globals": []}


def test_a_waiting_sandbox_that_ended_is_not_given_to_anybody(run: Runner) -> None:
    run.wait_until_filled()
    run.kill_waiting()
    time.sleep(0.3)
    assert run(PROBE, name="after-the-kill").finished.outcome is Outcome.OK
    run.wait_until_filled()


CRASHES = {
    "timeout": "for (;;);",
    "exit": "process.exit(3)",
    "memory": "const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1))",
}


@pytest.mark.parametrize("statement", CRASHES.values(), ids=CRASHES)
def test_after_a_reset_init_counts_into_duration(run: Runner, statement: str) -> None:
    code = f"""
    import fs from 'node:fs'
    await new Promise((resolve) => setTimeout(resolve, 400))
    let calls = 0
    const before = fs.existsSync('/tmp/mark')
    export const handler = async (event) => {{
      calls++
      fs.writeFileSync('/tmp/mark', 'x')
      if (event.fail) {{ {statement} }}
      return {{ calls, before }}
    }}"""

    def invoke(event: bytes) -> Run:
        return run(code, event=event, timeout=2, name=f"reset-{len(statement)}")

    failed = invoke(b'{"fail":true}')
    assert "Init Duration" in failed.report
    again = invoke(b"{}")
    assert json.loads(again.finished.response) == {"calls": 1, "before": False}
    metrics = again.finished.metrics
    assert metrics is not None
    assert "Init Duration" not in again.report
    assert metrics.init_duration_ms is None
    assert metrics.duration_ms > 400
    assert again.platform_lines[0].startswith("START ")
    warm = invoke(b"{}").finished.metrics
    assert warm is not None
    assert not warm.cold_start
    assert warm.duration_ms < 400


def test_start_cold_after_a_reset_has_an_init_of_its_own(run: Runner) -> None:
    code = "export const handler = async (event) => { if (event.fail) process.exit(1) }"
    run(code, event=b'{"fail":true}', name="reset-then-cold")
    assert "Init Duration" in run(code, name="reset-then-cold", start_cold=True).report


def test_a_suppressed_init_is_under_the_function_s_timeout(run: Runner) -> None:
    code = """
    import fs from 'node:fs'
    await new Promise((resolve) => setTimeout(resolve, 1500))
    export const handler = async (event) => { if (event.fail) process.exit(1); return 'late' }"""
    assert (
        run(code, event=b'{"fail":true}', timeout=1, name="slow").finished.outcome is Outcome.FUNCTION_ERROR
    )
    again = run(code, timeout=1, name="slow")
    assert again.finished.outcome is Outcome.TIMEOUT
    assert "Task timed out after 1.00 seconds" in again.log


BURN = """
const used = () => process.cpuUsage().user / 1000
const burn = (ms) => { const end = used() + ms; while (used() < end); }
burn(150)
export const handler = async (event) => burn(event.ms ?? 0)"""


def group_of(code: str, of_node: bool) -> Cgroup:
    """The groups of the function's Node.js, or of the emulator beside it."""
    pids = [pid for pid in pids_of(code) if ("node" in Path(f"/proc/{pid}/comm").read_text()) == of_node]
    group = of_process(pids[0])
    assert group is not None
    return group


def cpu_group(code: str) -> Path:
    group = group_of(code, of_node=True)
    assert group.cpu is not None
    # On v2 the group of a process is told as the whole sandbox's, whose memory the function's shares.
    return group.cpu / FUNCTION if group.unified else group.cpu


def share(group: Path) -> float | None:
    """The CPUs that a group may use, None without a limit."""
    if is_unified():
        quota, period = (group / "cpu.max").read_text().split()
    else:
        quota, period = ((group / f"cpu.cfs_{name}_us").read_text().strip() for name in ("quota", "period"))
    return None if quota in {"max", "-1"} else int(quota) / int(period)


def burst_us(group: Path) -> int:
    return int((group / ("cpu.max.burst" if is_unified() else "cpu.cfs_burst_us")).read_text())


def throttled(group: Path) -> int:
    return int(re.findall(r"nr_throttled (\d+)", (group / "cpu.stat").read_text())[0])


@pytest.mark.parametrize("memory_size", [128, 1769])
def test_cpu_time_is_in_proportion_to_memory_once_init_is_over(run: Runner, memory_size: int) -> None:
    code = f"{BURN} // {uuid.uuid4()}"
    assert run(code, memory_size=memory_size, timeout=60).finished.outcome is Outcome.OK
    group = cpu_group(code)
    assert share(group) == pytest.approx(memory_size / 1769, rel=0.01)
    # Init burned 150 ms of a CPU: held back to the share of 128 MB that is twenty periods.
    after_init = throttled(group)
    assert after_init <= 5
    # A machine with much else to do may give the function less than its share for a while.
    end = time.monotonic() + 60
    run(code, memory_size=memory_size, event=b'{"ms":100}', timeout=60)
    while memory_size == 128 and throttled(group) < after_init + 5 and time.monotonic() < end:
        run(code, memory_size=memory_size, event=b'{"ms":100}', timeout=60)
    assert (throttled(group) >= after_init + 5) == (memory_size == 128)


def test_a_share_can_be_lowered_below_what_was_left_over_before(run: Runner) -> None:
    code = f"export const handler = async () => 1 // {uuid.uuid4()}"
    assert run(code, memory_size=1769).finished.outcome is Outcome.OK
    sandbox, function = group_of(code, of_node=False), cpu_group(code)
    for cpus in (0.5, 0.1, 2.0):
        sandbox.limit_cpu(cpus)
        assert (share(function), burst_us(function)) == (cpus, cpus * CPU_PERIOD_US)


def test_the_cpu_share_can_be_off(run: Runner) -> None:
    code = f"export const handler = async () => 1 // {uuid.uuid4()}"
    engine = start_engine(run.kind, run.state / "unshared", PoolSettings(waiting=0, cpu_share=False))
    try:
        unshared = Runner(engine, run.kind, run.state / "unshared")
        assert unshared(code).finished.outcome is Outcome.OK
        assert share(cpu_group(code)) is None
    finally:
        engine.close()
