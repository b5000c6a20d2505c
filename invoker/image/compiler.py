"""esbuild, which makes JavaScript of a submission's TypeScript: the one static program of its npm package."""

import shutil
from pathlib import Path

from invoker.errors import SetUpIncomplete
from invoker.image import npm
from invoker.image.building import building
from invoker.image.definition import FOLDER, architecture, part_hash
from invoker.image.step import Step, Task


def program(runtimes: Path) -> Path:
    """The program. `runtimes` is the folder `runtime` of the state. Raises SetUpIncomplete."""
    found = _folder(runtimes) / "esbuild"
    if not found.is_file():
        raise SetUpIncomplete(f"The TypeScript compiler is missing ({found}): run `make setup`.")
    return found


def task(state: Path, runtimes: Path) -> Task | None:
    """What is left to do for it, None when it is there. Counts on a task named "toolchain"."""
    target = _folder(runtimes)
    if target.is_dir():
        return None

    def build(step: Step) -> None:
        with building(target) as made:
            modules = npm.install(FOLDER / "compiler", made / "packages", step, state)
            package = modules / "@esbuild" / architecture().compiler_package
            shutil.copy(package / "bin" / "esbuild", made / "esbuild")
            (made / "esbuild").chmod(0o755)
            shutil.rmtree(made / "packages")

    return Task("compiler", "The TypeScript compiler", 5, build, frozenset({"toolchain"}))


def _folder(runtimes: Path) -> Path:
    return runtimes / "parts" / f"compiler-{part_hash('compiler')}"
