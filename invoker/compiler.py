"""esbuild run over the TypeScript files of a submission.

It reads strangers' text, so it gets nothing else: text comes in by standard input, which is the way of
esbuild that opens no file and reads no tsconfig.json, and JavaScript goes out by standard output. Limits hold
its memory, its time and its files, and root steps down to nobody.
"""

import os
import subprocess
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from invoker import limits
from invoker.errors import InvokerError
from invoker.fault import Fault
from invoker.typescript import Compilation, compilations, complaints

NOBODY = 65534
NOT_STARTED = (126, 127)
"""What the shell says of a program that it cannot execute or find."""
TARGET = "node22"
_LIMITED = (
    f"ulimit -v {limits.COMPILER_MEMORY_BYTES // 1024} && ulimit -t {limits.COMPILER_CPU_S}"
    ' && ulimit -f 0 && ulimit -c 0 && ulimit -n 64 && exec "$@"'
)
TOO_LONG = "The TypeScript compiler was stopped: the files take too long to compile."
TOO_MUCH = (
    "The TypeScript compiler was stopped: the file needs too much memory or time, or is nested too deeply."
)


class Compiler:
    """Compiles with one program; remembers what it has compiled. Thread-safe."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._kept: OrderedDict[tuple[Compilation, str], str] = OrderedDict()
        self._lock = threading.Lock()

    def compiled(self, texts: Mapping[str, str]) -> dict[str, str] | list[Fault]:
        """The submitted files and the JavaScript of those in TypeScript, or every fault of them.

        Raises InvokerError when the compiler cannot be run.
        """
        planned = compilations(texts)
        faults = [one for one in planned if isinstance(one, Fault)]
        if faults:
            return faults
        made: dict[str, str] = {}
        give_up = time.monotonic() + limits.COMPILER_TIMEOUT_S
        for compilation in planned:
            assert isinstance(compilation, Compilation)
            script = self._compile(compilation, texts[compilation.path], give_up - time.monotonic())
            if isinstance(script, list):
                faults += script
            else:
                made[compilation.output] = script
        return faults or {**texts, **made}

    def _compile(self, compilation: Compilation, text: str, seconds: float) -> str | list[Fault]:
        with self._lock:
            if (known := self._kept.get((compilation, text))) is not None:
                self._kept.move_to_end((compilation, text))
                return known
        field = ("files", compilation.path)
        if seconds <= 0:
            return [Fault(field, TOO_LONG)]
        try:
            done = self._run(_arguments(compilation), text, seconds)
        except subprocess.TimeoutExpired:
            return [Fault(field, TOO_LONG)]
        if done.returncode == 1:
            return complaints(compilation.path, text, done.stderr.decode(errors="replace"))
        if done.returncode in NOT_STARTED:
            raise InvokerError(
                f"The TypeScript compiler did not start: {done.stderr.decode(errors='replace')}"
            )
        if done.returncode != 0:
            return [Fault(field, TOO_MUCH)]
        script = done.stdout.decode()
        if len(text) + len(script) <= limits.COMPILED_KEPT_CHARACTERS_MAX:
            with self._lock:
                self._kept[compilation, text] = script
                while len(self._kept) > limits.COMPILED_KEPT:
                    self._kept.popitem(last=False)
        return script

    def _run(self, arguments: list[str], text: str, seconds: float) -> "subprocess.CompletedProcess[bytes]":
        root = os.geteuid() == 0
        try:
            # Through the descriptor, as nobody may not look into the folders that lead to the program.
            program = os.open(self._program, os.O_RDONLY | os.O_CLOEXEC)
            try:
                return subprocess.run(
                    ["/bin/sh", "-c", _LIMITED, "sh", f"/proc/self/fd/{program}", *arguments],
                    input=text.encode(),
                    capture_output=True,
                    check=False,
                    timeout=seconds,
                    pass_fds=(program,),
                    cwd="/",
                    env={"PATH": "/usr/bin:/bin", "GOMAXPROCS": "2"},
                    user=NOBODY if root else None,
                    group=NOBODY if root else None,
                    extra_groups=[] if root else None,
                )
            finally:
                os.close(program)
        except OSError as error:
            raise InvokerError(f"The TypeScript compiler cannot be run: {error}") from error


def _arguments(compilation: Compilation) -> list[str]:
    return [
        f"--loader={compilation.loader}",
        # What a trace names, beside the JavaScript of the same folder.
        f"--sourcefile={PurePosixPath(compilation.path).name}",
        f"--format={compilation.module_format}",
        f"--target={TARGET}",
        "--platform=node",
        "--sourcemap=inline",
        "--sources-content=false",
        "--tsconfig-raw={}",
        "--charset=utf8",
        "--log-level=error",
        "--log-limit=20",
        "--color=false",
    ]
