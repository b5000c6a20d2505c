"""The AWS SDK for JavaScript v3, which functions import without having it in their deployment package."""

import shutil
from pathlib import Path

from invoker.image import npm
from invoker.image.definition import FOLDER
from invoker.image.step import Step

# Read by compilers and debuggers, never at run time; more than half of the whole.
LEFT_OUT = (".d.ts", ".d.mts", ".d.cts", ".map")


def build(folder: Path, step: Step, state: Path) -> None:
    """Fill `folder` with the content of a node_modules."""
    packages = folder / "packages"
    modules = npm.install(FOLDER / "aws_sdk", packages, step, state)
    step.note("leaving out type declarations")
    for name in (".bin", ".package-lock.json"):
        path = modules / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for types in modules.rglob("dist-types"):
        shutil.rmtree(types)
    for file in modules.rglob("*"):
        if file.name.endswith(LEFT_OUT) and file.is_file():
            file.unlink()
    for package in modules.iterdir():
        package.rename(folder / package.name)
    shutil.rmtree(packages)
