"""One file set out of a pinned Python wheel, without installing it or what it depends on."""

import re
import shutil
import zipfile
from pathlib import Path

from invoker.image.definition import FOLDER
from invoker.image.step import Step, StepFailed

LOCK = FOLDER / "wheels.lock"


def unpack(package: str, prefix: str, folder: Path, step: Step, python: Path) -> None:
    """Download `package` as wheels.lock pins it and unpack what lies under `prefix` into `folder`.

    `python` is an interpreter that has pip. Raises StepFailed.
    """
    requirement = folder / "requirement.txt"
    requirement.write_text(_pinned(package))
    step.run(
        [
            *(python, "-m", "pip", "download", "--require-hashes", "--no-deps", "--only-binary", ":all:"),
            *("--progress-bar", "off", "--disable-pip-version-check", "--retries", "2"),
            *("--dest", folder, "--requirement", requirement),
        ]
    )
    requirement.unlink()
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if member.filename.startswith(prefix) and not member.is_dir():
                target = folder / member.filename.removeprefix(prefix).lstrip("/")
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as source, target.open("wb") as out:
                    shutil.copyfileobj(source, out, 1 << 20)
                target.chmod(0o755 if member.external_attr >> 16 & 0o100 else 0o644)
    wheel.unlink()


def _pinned(package: str) -> str:
    found = re.search(rf"^{re.escape(package)}==(?:.*\\\n)*.*\n", LOCK.read_text(), re.MULTILINE)
    if found is None:
        raise StepFailed(f"{package} is not pinned in {LOCK}.")
    return found.group()
