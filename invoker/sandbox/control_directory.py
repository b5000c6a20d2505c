"""The folder through which the worker and one sandbox talk.

The sandbox sees it read-only at /run/invoker, so it can create and replace nothing in it. Everything is
made by the worker: sockets that the sandbox connects to, pipes that it writes to, and the two scripts.

    entry          what the sandbox starts: three relays and the RIE
    wait           what the RIE starts: Node.js and the runtime client, which wait for a function
    waiting.mjs    what they wait in
    start          the runtime started afresh, where Node.js itself has to see the function's environment
    waiting        says that they wait
    release        carries the function's environment, and with it the permission to load the function
    rie.sock       carries the RIE's invoke endpoint (the sandbox connects, the worker asks)
    api.sock       carries the RIE's own Runtime API
    runtime.sock   carries the Runtime API that the runtime client sees: the worker answers
    stdout stderr  the function's output
    rie.log        the RIE's log
"""

import contextlib
import fcntl
import os
import shlex
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

from invoker import limits

MOUNT = "/run/invoker"
RUNTIME_API = "127.0.0.1:9001"
PIPES = ("stdout", "stderr", "rie.log", "waiting", "release")
SOCKETS = ("rie.sock", "api.sock", "runtime.sock")

# socat polls until the other end listens; the RIE is asked only after the Runtime API answers, because the
# runtime client does not try twice.
_WAIT = "retry=2000,interval=0.005,nodelay"
ENTRY = f"""#!/bin/sh
cd /var/task
socat TCP-LISTEN:9001,bind=127.0.0.1,fork,reuseaddr,nodelay,backlog=64 UNIX-CONNECT:{MOUNT}/runtime.sock &
socat UNIX-CONNECT:{MOUNT}/api.sock TCP:127.0.0.1:9002,{_WAIT} &
{{ socat -u /dev/null TCP:127.0.0.1:9001,{_WAIT}
  exec socat UNIX-CONNECT:{MOUNT}/rie.sock TCP:127.0.0.1:8080,{_WAIT}; }} &
env -i PATH=/usr/bin:/bin AWS_LAMBDA_FUNCTION_TIMEOUT={limits.TIMEOUT_MAX_S + 60} \\
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128 /usr/local/bin/aws-lambda-rie \\
  --runtime-interface-emulator-address 127.0.0.1:8080 --runtime-api-address 127.0.0.1:9002 \\
  {MOUNT}/wait </dev/null >{MOUNT}/rie.log 2>&1
exit 1
"""
KILLED_STATUS = 128 + signal.SIGKILL
"""How a sandbox ends whose first process was killed, which the kernel lets nobody inside do.

The script above is that process, and stays: when the emulator ends, it ends with another status.
"""

TELEMETRY_DESCRIPTOR = 3
TELEMETRY = {"_LAMBDA_TELEMETRY_LOG_FD": str(TELEMETRY_DESCRIPTOR)}
NODE = "/var/lang/bin/node"
RUNTIME = "/var/runtime/index.mjs"
SOURCE_MAPS = "--enable-source-maps"
WAITING = "waiting.mjs"
# Read once: each start needs it, and a service that has become another user may not reach its own files.
_WAITING_TEXT = Path(__file__).with_name(WAITING).read_bytes()


def make(folder: Path) -> dict[str, socket.socket]:
    """Make the folder with its pipes and the entry script; gives the listening sockets by name."""
    folder.mkdir()
    folder.chmod(0o755)
    for name in PIPES:
        os.mkfifo(folder / name)
        (folder / name).chmod(0o666)
    (folder / "entry").write_text(ENTRY)
    (folder / "entry").chmod(0o755)
    return {name: _listen(folder, name) for name in SOCKETS}


def write_wait(folder: Path, environment: Mapping[str, str], memory_mb: int) -> None:
    """Write what the RIE starts: node with what every function's environment begins with."""
    (folder / WAITING).write_bytes(_WAITING_TEXT)
    (folder / WAITING).chmod(0o644)
    _write_script(folder / "wait", environment, memory_mb, [f"{MOUNT}/{WAITING}"])


def write_start(
    folder: Path, environment: Mapping[str, str], memory_mb: int, source_maps: bool, wrapper: str
) -> None:
    """Write what takes the place of the waiting runtime: node with exactly this environment.

    `wrapper` is the path of a wrapper script, which is started in place of node with its command line; empty
    without one.
    """
    module = [SOURCE_MAPS, RUNTIME] if source_maps else [RUNTIME]
    _write_script(folder / "start", {**environment, **TELEMETRY}, memory_mb, module, wrapper)


def _write_script(
    path: Path, environment: Mapping[str, str], memory_mb: int, module: list[str], wrapper: str = ""
) -> None:
    command = [
        *(f"{key}={value}" for key, value in environment.items()),
        *([wrapper] if wrapper else []),
        NODE,
        *node_arguments(memory_mb),
        *module,
    ]
    script = (
        f"#!/bin/sh\nexec </dev/null >{MOUNT}/stdout 2>{MOUNT}/stderr {TELEMETRY_DESCRIPTOR}>{MOUNT}/stdout\n"
        f"{_refusals_of(shlex.quote(wrapper)) if wrapper else ''}exec env -i {shlex.join(command)}\n"
    )
    path.write_bytes(script.encode())
    path.chmod(0o755)


def _refusals_of(wrapper: str) -> str:
    """What Lambda's own start script says and answers of a wrapper script that cannot be run."""
    return (
        f'[ -f {wrapper} ] || {{ echo {wrapper}": does not exist"; exit 127; }}\n'
        f'[ -x {wrapper} ] || {{ echo {wrapper}": is not an executable"; exit 126; }}\n'
    )


def node_arguments(memory_mb: int) -> list[str]:
    """Node's arguments as on nodejs22.x: no ES syntax in plain .js, no require() of an ES module.

    The heap may grow into the whole memory size, so that the sandbox's limit decides and not V8's guess.
    """
    return [
        "--no-experimental-require-module",
        "--no-experimental-detect-module",
        "--expose-gc",
        "--max-http-header-size=81920",
        f"--max-semi-space-size={max(1, memory_mb * 5 // 100)}",
        f"--max-old-space-size={memory_mb * 90 // 100}",
    ]


def open_pipe(folder: Path, name: str) -> int:
    """A descriptor that reads a pipe without waiting and never sees its end, as writers come and go."""
    pipe = os.open(folder / name, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    with contextlib.suppress(OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, limits.PIPE_BYTES)
    return pipe


def _listen(folder: Path, name: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.setblocking(False)
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        # A path to a socket may have 107 bytes; through the descriptor it is always short.
        listener.bind(f"/proc/self/fd/{descriptor}/{name}")
    finally:
        os.close(descriptor)
    (folder / name).chmod(0o666)
    listener.listen(64)
    return listener
