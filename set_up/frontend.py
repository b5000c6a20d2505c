"""The editor page: its npm packages, and the build that Django serves."""

import hashlib
from pathlib import Path

from invoker.image import toolchain
from invoker.image.step import Step, Task
from set_up.place import Place

NOT_SOURCE = {"node_modules", "dist", ".svelte-kit", "coverage"}


def tasks(place: Place) -> list[Task]:
    """What is left to do: "frontend" installs, "page" builds. Both, the second alone, or none."""
    folder = place.top / "frontend"
    installed = folder / "node_modules" / ".set-up-stamp"
    built = folder / "dist" / ".set-up-stamp"
    lock = _hash(folder, [folder / "package-lock.json"])
    source = _hash(folder, _sources(folder))
    environment = toolchain.environment(place.state)

    def install(step: Step) -> None:
        installed.unlink(missing_ok=True)
        step.run(["npm", "ci"], folder=folder, environment=environment)
        installed.write_text(lock)

    def build(step: Step) -> None:
        built.unlink(missing_ok=True)
        step.run(["npm", "run", "build"], folder=folder, environment=environment)
        built.write_text(source)

    left: list[Task] = []
    if _read(installed) != lock:
        left.append(Task("frontend", "npm packages of the page", 15, install, frozenset({"toolchain"})))
    if left or _read(built) != source:
        left.append(Task("page", "Build of the page", 10, build, frozenset({"toolchain", "frontend"})))
    return left


def _sources(folder: Path) -> list[Path]:
    found: list[Path] = []
    for entry in sorted(folder.iterdir()):
        if entry.name in NOT_SOURCE:
            continue
        found += [entry] if entry.is_file() else sorted(file for file in entry.rglob("*") if file.is_file())
    return found


def _hash(folder: Path, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"\0{file.relative_to(folder)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.is_file() else ""
