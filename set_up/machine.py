"""What a machine has to be, beside the packages on it."""

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

from invoker.image.definition import ARCHITECTURES
from set_up.place import Place

FREE_MIN_BYTES = 3_000_000_000


def refusals(place: Place, builds: bool) -> list[str]:
    """Why nothing can be set up here, a sentence each; empty when nothing stands against it.

    `builds` tells whether anything is to be written at all.
    """
    return list(_refusals(place)) if builds else []


def _refusals(place: Place) -> Iterator[str]:
    if platform.system() != "Linux":
        yield f"- The sandboxes need Linux; this is {platform.system() or 'an unknown system'}."
    elif platform.machine() not in ARCHITECTURES:
        known = " and ".join(ARCHITECTURES)
        yield f"- The nodejs22.x runtime exists for {known}; this machine is {platform.machine()}."
    for folder in dict.fromkeys((place.top, _existing(place.state), _existing(place.runtimes))):
        if not os.access(folder, os.W_OK | os.X_OK):
            yield (
                f"- {folder} cannot be written. Use a checkout of your own, or set PLAYGROUND_STATE to a "
                "folder that can be."
            )
    free = shutil.disk_usage(_existing(place.state)).free
    if free < FREE_MIN_BYTES:
        yield (
            f"- {_existing(place.state)} has {free / 1e9:.1f} GB free, and the set-up needs "
            f"{FREE_MIN_BYTES / 1e9:.0f} GB while it builds."
        )


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    while not folder.exists():
        folder = folder.parent
    return folder
