"""One step of set-up: what it says while it works, and the commands that it runs."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

TICK_S = 10.0
TAIL_LINES = 15
_STARTED = time.monotonic()
_NO_NETWORK = re.compile(
    r"Temporary failure (in name resolution|resolving)|Could not resolve|Name or service not known"
    r"|Network is unreachable|ENOTFOUND|EAI_AGAIN|ENETUNREACH|ETIMEDOUT|ECONNREFUSED"
    r"|Failed to establish a new connection|NameResolutionError|No address associated with hostname"
)


class StepFailed(Exception):
    """A step could not be done; the message says why, for whoever ran the set-up."""


@dataclass(frozen=True, slots=True)
class Task:
    """A step before it is taken: its act runs once every task named in `after` is done."""

    name: str
    title: str
    expected_s: int
    """How long it usually takes, in seconds; 0 when that is not worth saying."""
    act: Callable[["Step"], None]
    after: frozenset[str] = frozenset()


class Step:
    """A step while it is taken. Prints a line at its start and end, and one every ten seconds between."""

    def __init__(self, task: Task, logs: Path) -> None:
        self._task = task
        self._log = logs / f"set-up-{task.name}.log"
        self._note = ""
        self._ended = threading.Event()
        self._stopped = False
        self._process: subprocess.Popen[str] | None = None

    def take(self) -> None:
        """Run the act. Raises StepFailed when a command of it fails or the disk does."""
        usual = f" (usually about {self._task.expected_s} s)" if self._task.expected_s else ""
        self.say(f"{self._task.title}{usual}")
        began = time.monotonic()
        ticking = threading.Thread(target=self._tick, args=(began,), daemon=True)
        ticking.start()
        try:
            self._task.act(self)
        except OSError as error:
            raise StepFailed(f"{self._task.title}: {error}") from error
        finally:
            self._ended.set()
            ticking.join()
        self.say(f"{self._task.title}: done in {time.monotonic() - began:.1f} s")

    def say(self, sentence: str) -> None:
        """Print one line with the time since the start of set-up."""
        print(f"[{time.monotonic() - _STARTED:6.1f} s] {sentence}", flush=True)

    def note(self, text: str) -> None:
        """What the next line of progress tells: how far this step is."""
        self._note = text

    def run(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
        counting: tuple[str, ...] = (),
        total: int = 0,
    ) -> str:
        """Run a command to its end and give what it printed, which also goes to the step's log.

        With `counting`, progress is told in percent: lines that start with one of these, of `total`.
        Raises StepFailed with the end of the output.
        """
        lines: list[str] = []
        counted = 0
        self.note("0 %" if counting else "")
        for line in self._lines([str(part) for part in command], folder, environment):
            lines.append(line)
            if not counting:
                self.note(line.strip()[:70])
            elif line.startswith(counting):
                counted += 1
                self.note(f"{min(100, 100 * counted // max(1, total))} %")
        return "".join(lines)

    def stop(self) -> None:
        """End the command that runs, because another step failed or somebody asked for the end."""
        self._stopped = True
        if self._process is not None:
            self._end(self._process)

    @staticmethod
    def _end(process: subprocess.Popen[str]) -> None:
        """Ask the command and all that it started to end."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)

    def _lines(
        self, command: list[str], folder: Path | None, environment: Mapping[str, str] | None
    ) -> Iterator[str]:
        printed: list[str] = []
        with _logged(self._log, command) as write:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,
            )
            if self._stopped:
                self._end(self._process)
            assert self._process.stdout is not None
            with self._process.stdout:
                for line in self._process.stdout:
                    write(line)
                    printed.append(line)
                    yield line
            code = self._process.wait()
        if code != 0:
            raise StepFailed(self._failure(command, code, "".join(printed)))

    def _failure(self, command: list[str], code: int, output: str) -> str:
        if self._stopped:
            return f"{self._task.title}: stopped."
        if _NO_NETWORK.search(output):
            return (
                f"{self._task.title}: this step fetches packages, and the network cannot be reached. "
                f"Connect this machine (or set its proxy) and run the same command again. Log: {self._log}"
            )
        tail = "\n".join(f"    {line}" for line in output.splitlines()[-TAIL_LINES:])
        return f"{self._task.title}: `{Path(command[0]).name}` ended with {code}. Log: {self._log}\n{tail}"

    def _tick(self, began: float) -> None:
        while not self._ended.wait(TICK_S):
            so_far = f"{time.monotonic() - began:.0f} s"
            self.say(f"{self._task.title}: {so_far}{', ' + self._note if self._note else ''}")


@contextmanager
def _logged(path: Path, command: list[str]) -> Iterator[Callable[[str], object]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n")
        yield log.write


def in_order(tasks: Sequence[Task], logs: Path) -> int:
    """Take the tasks one by one, in an order that their `after` allows; gives the exit code."""
    done: set[str] = set()
    names = {task.name for task in tasks}
    waiting = list(tasks)
    try:
        while waiting:
            task = next(task for task in waiting if task.after & names <= done)
            Step(task, logs).take()
            waiting.remove(task)
            done.add(task.name)
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0
