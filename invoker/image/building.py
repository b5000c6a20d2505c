"""Folders that are either whole or not there."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".building-"


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """A temporary folder beside `target` that takes its place when the block ends well, else is removed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{target.name}-", dir=target.parent))
    folder.chmod(0o755)
    try:
        yield folder
        shutil.rmtree(target, ignore_errors=True)
        folder.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_interrupted(parent: Path) -> None:
    """Remove what a killed build left in a folder. Call it only while no other build runs there."""
    for folder in parent.glob(f"{PREFIX}*"):
        shutil.rmtree(folder, ignore_errors=True)
