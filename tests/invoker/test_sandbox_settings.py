"""What a function finds of the sandbox around it, setting by setting, and what holds it from outside.

CPU share: test_cold_starts. Logs: test_log_budget. One owner and version: test_environments.
"""

import json
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

from invoker import limits
from invoker.events import Outcome
from invoker.sandbox.cgroup import Cgroup, of_process

from .conftest import Run, Runner, pids_of

PROBES = """
import dns from 'node:dns/promises'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import { spawn, spawnSync } from 'node:child_process'
import { Worker } from 'node:worker_threads'

const failure = (attempt) => { try { attempt(); return 'none' } catch (error) { return error.code } }
const connect = (host) => new Promise((resolve) => {
  const socket = net.connect({ host, port: 80, timeout: 3000 }, () => resolve('connected'))
  socket.on('error', (error) => resolve(error.code)).on('timeout', () => resolve('timeout'))
})
const lines = (file) => fs.readFileSync(file, 'utf8').trim().split('\\n')

const probes = {
  status: () => Object.fromEntries(lines('/proc/self/status').map((line) => line.split(/:\\s*/))),
  limits: () => lines('/proc/self/limits'),
  network: async () => ({
    interfaces: Object.keys(os.networkInterfaces()),
    routes: lines('/proc/net/route').length - 1,
    connected: await Promise.all(ADDRESSES.map(connect)),
    resolved: await Promise.all(
      NAMES.map((name) => dns.lookup(name).then(() => 'resolved', (error) => error.code))),
    asked: await dns.resolve4('example.com').then(() => 'resolved', (error) => error.code),
  }),
  writing: ({ folders }) => folders.map((folder) => failure(() => fs.writeFileSync(folder + '/probe', 'x'))),
  tmp: () => fs.statfsSync('/tmp'),
  manyFiles: ({ most }) => {
    let count = 0
    fs.mkdirSync('/tmp/many')
    const failed = failure(() => { for (; count < most; count++) fs.writeFileSync(`/tmp/many/${count}`, '') })
    fs.rmSync('/tmp/many', { recursive: true })
    return { count, failed }
  },
  sharedMemory: () => {
    const failed = failure(() => fs.writeFileSync('/dev/shm/large', Buffer.alloc(4 << 20)))
    return failed
  },
  openFiles: () => {
    const open = []
    const failed = failure(() => { for (;;) open.push(fs.openSync('/dev/null')) })
    open.forEach((file) => fs.closeSync(file))
    return { count: open.length, failed }
  },
  children: async () => {
    // A shell that cannot fork ends; what it started is in its process group.
    const count = 'i=0; while :; do sleep 60 & i=$((i+1)); echo $i; done'
    const shell = spawn('/bin/sh', ['-c', count], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
    let printed = ''
    shell.stdout.on('data', (text) => { printed += text })
    await new Promise((resolve) => shell.on('exit', resolve))
    process.kill(-shell.pid, 'SIGKILL')
    return Number(printed.trim().split('\\n').at(-1))
  },
  namespaces: () => ['--user', '--mount', '--net'].map((kind) => spawnSync('unshare', [kind, 'true']).status),
  works: async () => ({
    child: spawnSync('/bin/sh', ['-c', 'echo $((6 * 7))']).stdout.toString().trim(),
    worker: await new Promise((resolve, reject) =>
      new Worker("require('node:worker_threads').parentPort.postMessage(42)", { eval: true })
        .on('message', resolve).on('error', reject)),
    wasm: new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(
      [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 7, 5, 1, 1, 97, 0, 0, 10, 6, 1, 4, 0, 65, 42, 11],
    ))).exports.a(),
    atomics: Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1),
    file: (fs.writeFileSync('/tmp/file', '42'), fs.copyFileSync('/tmp/file', '/tmp/copy'),
      fs.watch('/tmp').close(), fs.readFileSync('/tmp/copy', 'utf8')),
    listens: await new Promise((resolve) => {
      const server = net.createServer((socket) => socket.end('42')).listen(0, '127.0.0.1', () =>
        net.connect(server.address().port, '127.0.0.1').on('data', (data) => {
          server.close()
          resolve(String(data))
        }))
    }),
  }),
}
export const handler = async (event) => probes[event.probe](event)
"""
ADDRESSES = [
    "169.254.169.254",
    "172.17.0.1",
    "10.0.0.1",
    "192.168.0.1",
    "1.1.1.1",
    "fd00:ec2::254",
    "2606:4700::1111",
]
NAMES = ["example.com", "redis", "postgres", "host.docker.internal", "metadata.google.internal"]
CODE = f"const ADDRESSES = {json.dumps(ADDRESSES)}, NAMES = {json.dumps(NAMES)}\n{PROBES}"


def found(run: Runner, probe: str, **event: object) -> Any:
    """What a probe finds, in a sandbox with room and time for all of them."""
    asked = json.dumps({"probe": probe, **event}).encode()
    result = run(CODE, name="probes", event=asked, memory_size=1769, timeout=60)
    assert result.finished.outcome is Outcome.OK, result.log
    return json.loads(result.finished.response)


def test_there_is_no_way_out(run: Runner) -> None:
    network = found(run, "network")
    assert network["interfaces"] == ["lo"]
    assert network["routes"] == 0
    assert set(network["connected"]) <= {"ENETUNREACH", "EADDRNOTAVAIL"}
    assert set(network["resolved"]) <= {"EAI_AGAIN", "ENOTFOUND"}
    assert network["asked"] in {"ECONNREFUSED", "ETIMEOUT", "ESERVFAIL"}


def test_it_has_no_capability_and_gets_none(run: Runner) -> None:
    status = found(run, "status")
    sets = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")
    assert {status[name] for name in sets} == {"0" * 16}
    assert status["NoNewPrivs"] == "1"


def test_it_is_nobody_special(run: Runner) -> None:
    status = found(run, "status")
    assert status["Uid"].split() == ["993"] * 4
    assert status["Gid"].split() == ["990"] * 4
    assert set(status["Groups"].split()) <= {"990"}


def test_system_calls_are_filtered(run: Runner) -> None:
    assert found(run, "status")["Seccomp"] == "2"
    assert 0 not in found(run, "namespaces")


def test_what_functions_need_passes_the_filter(run: Runner) -> None:
    expected = {
        "child": "42",
        "worker": 42,
        "wasm": 42,
        "atomics": "timed-out",
        "file": "42",
        "listens": "42",
    }
    assert found(run, "works") == expected


def test_only_tmp_can_be_written(run: Runner) -> None:
    folders = [
        "/",
        "/etc",
        "/usr/bin",
        "/opt",
        "/var/lang",
        "/var/runtime",
        "/var/task",
        "/run/invoker",
        "/dev",
    ]
    assert "none" not in found(run, "writing", folders=folders)
    assert found(run, "writing", folders=["/tmp"]) == ["none"]


def test_tmp_is_in_memory_with_a_size(run: Runner) -> None:
    tmp = found(run, "tmp")
    assert tmp["type"] == 0x01021994, "not a tmpfs"
    assert tmp["blocks"] * tmp["bsize"] == limits.EPHEMERAL_STORAGE_DEFAULT_MB << 20


def test_on_docker_tmp_takes_a_number_of_files(run: Runner) -> None:
    """Bubblewrap has no option for it; there, files count against the memory size alone."""
    files = limits.EPHEMERAL_STORAGE_DEFAULT_MB * limits.TMP_INODES_PER_MB
    many = found(run, "manyFiles", most=files)
    assert many["failed"] == ("ENOSPC" if run.kind == "docker" else "none")
    assert many["count"] < files or run.kind == "local"


def test_shared_memory_takes_next_to_nothing(run: Runner) -> None:
    assert found(run, "sharedMemory") in {"ENOENT", "EROFS", "ENOSPC", "EACCES"}


def test_files_and_processes_are_limited_and_nothing_dumps_core(run: Runner) -> None:
    lines = found(run, "limits")
    (core,) = [line.split()[4:6] for line in lines if line.startswith("Max core file size")]
    (files,) = [line.split()[3:5] for line in lines if line.startswith("Max open files")]
    assert (core, files) == (["0", "0"], [str(limits.OPEN_FILES_MAX)] * 2)
    opened = found(run, "openFiles")
    assert opened["failed"] == "EMFILE"
    assert opened["count"] < limits.OPEN_FILES_MAX
    assert 500 < found(run, "children") < limits.PROCESSES_MAX


def cgroup_of(run: Runner, code: str, **configuration: object) -> Cgroup:
    """The control groups of the warm environment of a function that is first run."""
    assert run(code, **configuration).finished.outcome is Outcome.OK
    (pid,) = [pid for pid in pids_of(code) if "node" in Path(f"/proc/{pid}/comm").read_text()]
    group = of_process(pid)
    assert group is not None
    return group


@pytest.mark.parametrize("memory_size", [128, 300])
def test_memory_has_no_swap_beside_it(run: Runner, memory_size: int) -> None:
    group = cgroup_of(run, unique("export const handler = async () => 1"), memory_size=memory_size)
    size = str(memory_size << 20)
    if group.unified:
        assert (group.memory / "memory.max").read_text().strip() == size
        assert (group.memory / "memory.swap.max").read_text().strip() == "0"
    else:
        assert (group.memory / "memory.limit_in_bytes").read_text().strip() == size
        with_swap = group.memory / "memory.memsw.limit_in_bytes"
        # A kernel that does not count swap has no such file.
        assert not with_swap.exists() or with_swap.read_text().strip() == size


def test_between_two_invocations_everything_stands_still(run: Runner) -> None:
    code = "let ticks = 0; setInterval(() => ticks++, 10); export const handler = async () => ticks"

    def ticks() -> int:
        return int(run(code, memory_size=1769).finished.response)

    before = ticks()
    time.sleep(1)
    assert ticks() < before + 30


ENDINGS = {
    "timeout": ("for (;;);", Outcome.TIMEOUT),
    "crash": ("process.abort()", Outcome.FUNCTION_ERROR),
    "exit": ("process.exit(3)", Outcome.FUNCTION_ERROR),
    "memory": ("for (const kept = [];;) kept.push(Buffer.alloc(8e6, 1))", Outcome.OUT_OF_MEMORY),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_after_a_failure_nothing_of_the_sandbox_is_left(run: Runner, ending: str) -> None:
    statement, outcome = ENDINGS[ending]
    code = unique(f"""
    import {{ spawn }} from 'node:child_process'
    import {{ once }} from 'node:events'
    export const handler = async () => {{
      await once(spawn('/bin/sleep', ['600'], {{ detached: true, stdio: 'ignore' }}), 'spawn')
      {statement}
    }}""")
    # Only the one that is to time out has to do so soon: the others take their time on a busy machine.
    assert run(code, timeout=2 if ending == "timeout" else 30).finished.outcome is outcome
    wait_until(lambda: not pids_of(code) and not folders_of(run, code))


def test_the_deadline_does_not_need_the_emulator(run: Runner) -> None:
    code = unique("""
    import fs from 'node:fs'
    export const handler = async () => {
      const emulators = fs.readdirSync('/proc').filter((pid) => {
        try { return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('aws-lambda-rie') } catch {}
      })
      emulators.forEach((pid) => process.kill(pid, 'SIGSTOP'))
      console.log(`${emulators.length} stopped`)
      for (;;);
    }""")
    began = time.monotonic()
    result: Run = run(code, timeout=1)
    assert "1 stopped" in result.log
    assert result.finished.outcome is Outcome.TIMEOUT
    # Without a deadline of its own, it would be the emulator's: a quarter of an hour.
    assert time.monotonic() - began < 60
    wait_until(lambda: not pids_of(code))


def unique(code: str) -> str:
    """The same code as nobody else has it, so that its processes can be told from all others."""
    return f"{code} // {uuid.uuid4()}"


def folders_of(run: Runner, code: str) -> list[Path]:
    """The folders of this engine's sandboxes that hold this code."""
    return [path for path in run.state.glob("sandboxes/*/*/task/index.mjs") if path.read_text() == code]


def wait_until(condition: Any) -> None:
    """Wait half a minute at most."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
