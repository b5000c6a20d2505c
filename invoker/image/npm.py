"""npm packages as a lock file in this folder names them, with their hashes."""

import shutil
from pathlib import Path

from invoker.image.step import Step
from invoker.image.toolchain import environment

__all__ = ["environment", "install"]


def install(source: Path, target: Path, step: Step, state: Path) -> Path:
    """Install what `source`/package-lock.json names into `target`; no script of a package is run.

    Gives the folder node_modules. Raises StepFailed.
    """
    target.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, target / name)
    step.run(["npm", "ci", "--ignore-scripts"], folder=target, environment=environment(state))
    return target / "node_modules"
