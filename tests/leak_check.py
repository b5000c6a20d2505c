"""What the whole suite may not leave behind: looked for when the last test is over.

Every process of the suite has its temporary folder in one folder of the session, and inherits its name. Whatever
still names that folder was left: a process by its command line, environment or mounts, a container by its mounts.
"""

import os
import shutil
import tempfile
import time
from pathlib import Path

from tests.leftovers import control_groups, in_use, is_empty

GONE_WITHIN_S = 15.0
"""Sandboxes are removed in the background, and the engine takes its time for a container."""

PREFIX = "pg-tests-"
KEPT_BY_OTHERS = ("pytest-of-",)
"""pytest's own folder of tmp_path, which goes with the session's."""


class LeakCheck:
    """The temporary folder of one session, and what was there before it."""

    def __init__(self) -> None:
        self._before = control_groups()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        # Tests run parts as other users, who need a temporary folder as well.
        self.folder.chmod(0o1777)
        os.environ["TMPDIR"] = str(self.folder)
        tempfile.tempdir = str(self.folder)

    def leaks(self) -> list[str]:
        """What is left, in words; waits for what is being removed just now."""
        end = time.monotonic() + GONE_WITHIN_S
        while (found := self._found()) and time.monotonic() < end:
            time.sleep(0.25)
        return found

    def remove(self) -> None:
        """Remove the session's folder."""
        tempfile.tempdir = None
        os.environ.pop("TMPDIR", None)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _found(self) -> list[str]:
        return [
            *in_use(self.folder),
            *(f"temporary file {path}" for path in self.folder.iterdir() if not _is_others(path)),
            *(f"socket {path}" for path in self.folder.rglob("*") if path.is_socket()),
            # Another playground's groups have processes in them.
            *(f"control group {group}" for group in control_groups() - self._before if is_empty(group)),
        ]


def _is_others(path: Path) -> bool:
    return path.name.startswith(KEPT_BY_OTHERS)
