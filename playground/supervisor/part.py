"""One part of a playground: a process that ends with its supervisor, however that ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class Part:
    """A process with a name for people, run in `folder`.

    Its stdout goes to `log`, its stderr to the supervisor's.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        folder: Path,
        log: Path,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                # Ctrl-C goes to the terminal's whole group; the parts end in their order instead.
                start_new_session=True,
                preexec_fn=_end_with(os.getpid()),
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def ended(self) -> str | None:
        """How the process ended, None while it lives."""
        status = self._process.poll()
        if status is None:
            return None
        if status < 0:
            return f"killed by {signal.Signals(-status).name}"
        return f"exit status {status}"

    def stop(self, patience_s: float) -> None:
        """Ask the process to end, then kill it and everything that it left in its group."""
        if self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(patience_s)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _end_with(supervisor: int) -> Callable[[], None]:
    def set_death_signal() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:
            os._exit(1)

    return set_death_signal


def wait_until(condition: Callable[[], bool], timeout_s: float, pause_s: float = 0.02) -> bool:
    """Whether a condition came true in time."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause_s)
    return True
