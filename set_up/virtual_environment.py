"""The virtual environment with the Python packages that a lock file names, with their hashes."""

import hashlib
from pathlib import Path

from invoker.image.step import Step, Task
from set_up.place import Place


def tasks(place: Place, testing: bool) -> list[Task]:
    """What is left to do: "venv" makes the environment, "packages" fills it. Both or the second or none.

    The development packages hold those of the run, so an environment for tests serves both.
    """
    runtime, development = (
        place.top / "requirements" / f"{name}.lock" for name in ("runtime", "development")
    )
    stamp = place.virtual_environment / "set-up-stamp"
    full = f"{_hash(runtime)} {_hash(development)}"
    found = stamp.read_text() if stamp.is_file() else ""
    if found == full or (not testing and found.split(" ")[0] == _hash(runtime)):
        return []
    lock, mark = (development, full) if testing else (runtime, _hash(runtime))
    total = packages_in(lock)

    def make(step: Step) -> None:
        step.run([place.system_python, "-m", "venv", "--clear", place.virtual_environment])

    def fill(step: Step) -> None:
        stamp.unlink(missing_ok=True)
        install(step, place.python, lock)
        stamp.write_text(mark)

    needs_environment = not _works(place)
    made = [Task("venv", "Python's virtual environment", 5, make, frozenset({"system"}))]
    filled = Task("packages", f"{total} Python packages", total // 2, fill, frozenset({"venv"}))
    return [*(made if needs_environment else []), filled]


def packages_in(lock: Path) -> int:
    """How many packages a lock file names."""
    return sum(
        1 for line in lock.read_text().splitlines() if "==" in line and not line.startswith((" ", "#"))
    )


def install(step: Step, python: Path, lock: Path) -> None:
    """Install what a lock file names into the environment of that interpreter. Raises StepFailed."""
    step.run(
        [
            *(python, "-m", "pip", "install", "--require-hashes", "--no-deps"),
            *("--progress-bar", "off", "--disable-pip-version-check", "--retries", "2"),
            *("--requirement", lock),
        ],
        counting=("Collecting",),
        total=packages_in(lock),
    )


def _works(place: Place) -> bool:
    return place.python.exists() and (place.virtual_environment / "bin" / "pip").exists()


def _hash(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
