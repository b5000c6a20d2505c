"""The workshops that the playground brings along: folders in `shipped/`."""

from pathlib import Path
from typing import Final

from playground.workshops.plan import WorkshopPlan
from playground.workshops.plan_files import plan_of_files

FOLDER: Final = Path(__file__).parent / "shipped"


class BrokenWorkshop(Exception):
    """A folder in `shipped/` is no workshop."""


def shipped_names() -> list[str]:
    """The names of all, as `shipped_workshop` takes them."""
    return sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())


def shipped_workshop(name: str) -> WorkshopPlan:
    """A workshop by its name, such as first-steps. Raises KeyError for another name, BrokenWorkshop."""
    if name not in shipped_names():
        raise KeyError(name)
    folder = FOLDER / name
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    read = plan_of_files(files)
    if isinstance(read, list):
        told = "\n".join(f"{'/'.join((name, *fault.field))}: {fault.message}" for fault in read)
        raise BrokenWorkshop(told)
    return read
