"""The tools that exported projects are tried with, for tests alone.

SAM CLI and cfn-lint have an environment of their own, as they want older packages than ours; the AWS CDK,
esbuild and TypeScript are in the versions that exported projects pin.
"""

import hashlib
from pathlib import Path

from invoker.image import npm
from invoker.image.building import building
from invoker.image.step import Step, Task
from set_up import virtual_environment
from set_up.place import Place


def tasks(place: Place) -> list[Task]:
    """What is left to do: "sam_cli" makes its own virtual environment, "cdk" installs npm packages."""
    lock = place.top / "requirements" / "exports.lock"
    versions = place.top / "playground" / "exports" / "tools"
    sam_cli, cdk = place.state / "tools" / "sam_cli", place.state / "tools" / "cdk"

    def make_sam_cli(step: Step) -> None:
        # Programs of such an environment name its path, so it is made where it stays; the stamp comes last.
        step.run([place.system_python, "-m", "venv", "--clear", sam_cli])
        virtual_environment.install(step, sam_cli / "bin" / "python", lock)
        (sam_cli / "stamp").write_text(_hash(lock))

    def make_cdk(step: Step) -> None:
        with building(cdk) as made:
            npm.install(versions, made / "npm", step, place.state)
            (made / "stamp").write_text(_hash(versions / "package-lock.json"))

    left: list[Task] = []
    if _read(sam_cli / "stamp") != _hash(lock):
        after = frozenset({"system", "venv"})
        left.append(Task("sam_cli", "SAM CLI and cfn-lint", 30, make_sam_cli, after))
    if _read(cdk / "stamp") != _hash(versions / "package-lock.json"):
        left.append(Task("cdk", "AWS CDK", 10, make_cdk, frozenset({"toolchain"})))
    return left


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.is_file() else ""
