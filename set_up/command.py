"""The command line of set-up."""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from invoker.image.building import remove_interrupted
from set_up import machine, plan, system_packages
from set_up.place import Place

PURPOSES = ("run", "test")


def main(arguments: Sequence[str]) -> int:
    """Make what is missing for a purpose; gives the exit code, with every refusal said on stderr."""
    if len(arguments) != 1 or arguments[0] not in PURPOSES:
        print(f"usage: python3 -m set_up {'|'.join(PURPOSES)}", file=sys.stderr)
        return 2
    place = Place.of_environment(Path(__file__).resolve().parent.parent, os.environ)
    testing = arguments[0] == "test"
    tasks = plan.tasks(place, testing)
    missing = system_packages.missing(testing, plan.builds_runtime(tasks), plan.makes_environment(tasks))
    if not tasks and not missing:
        return 0
    refusals = machine.refusals(place, bool(tasks)) + system_packages.refusals(missing)
    if refusals:
        print("\n".join(["Nothing was set up, because:", *refusals]), file=sys.stderr)
        return 1
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _as_interrupt)
    try:
        with _alone(place):
            # Another set-up may have made it all while this one waited.
            return _set_up(place, testing)
    except KeyboardInterrupt:
        print("Set-up was interrupted; what is done is kept.", file=sys.stderr)
        return 130


def _set_up(place: Place, testing: bool) -> int:
    tasks = plan.tasks(place, testing)
    missing = system_packages.missing(testing, plan.builds_runtime(tasks), plan.makes_environment(tasks))
    for folder in (place.state / "tools", place.runtimes, place.runtimes / "parts"):
        remove_interrupted(folder)
    if missing and system_packages.may_install():
        tasks.insert(0, system_packages.task(missing))
    if not tasks:
        return 0
    began = time.monotonic()
    failures = plan.execute(tasks, place.logs)
    if failures:
        print("\n".join(["", "Set-up is not complete.", *failures]), file=sys.stderr)
        return 1
    print(f"Set-up is complete, in {time.monotonic() - began:.0f} s.", flush=True)
    return 0


def _as_interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Hold the lock that keeps two set-ups of one folder apart; it goes with the process."""
    place.state.mkdir(parents=True, exist_ok=True)
    with (place.state / "set-up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up works in this folder; waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
