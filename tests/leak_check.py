"""What the whole suite may not leave behind: looked for when the last test is over.

Every process of the suite has its temporary folder in one folder of the session, and inherits its name. Whatever
still names that folder was left: a process by its command line, environment or mounts, a container by its mounts.
Other playgrounds on the same machine have other folders, so nothing of theirs is told.
"""

import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

from tests.leftovers import control_groups, in_use

GONE_WITHIN_S = 30.0
"""Sandboxes are removed in the background, and the engine takes its time for a container."""

WATCH_EACH_S = 1.0
PREFIX = "pg-tests-"
OURS = "playground-"
"""How the folders begin that our tests make; browsers and tools leave their own."""


class LeakCheck:
    """The temporary folder of one session, and the sandboxes that were seen in it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        # Tests run parts as other users, who need a temporary folder as well.
        self.folder.chmod(0o1777)
        self._before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = str(self.folder)
        tempfile.tempdir = str(self.folder)
        self._sandboxes: set[str] = set()
        self._over = threading.Event()
        threading.Thread(target=self._watch, name="leak check", daemon=True).start()

    def leaks(self) -> list[str]:
        """What is left, in words; waits for what is being removed just now."""
        self._over.set()
        end = time.monotonic() + GONE_WITHIN_S
        while (found := self._found()) and time.monotonic() < end:
            time.sleep(0.25)
        return found

    def remove(self) -> None:
        """Remove the session's folder."""
        self._over.set()
        tempfile.tempdir = None
        os.environ.pop("TMPDIR", None)
        if self._before is not None:
            os.environ["TMPDIR"] = self._before
        shutil.rmtree(self.folder, ignore_errors=True)

    def _watch(self) -> None:
        """A control group tells only the id of its sandbox: those of this session are looked up in time."""
        while not self._over.wait(WATCH_EACH_S):
            self._sandboxes |= {folder.name for folder in self.folder.glob("*/sandboxes/*/*")}

    def _found(self) -> list[str]:
        return [
            *in_use(self.folder),
            *(f"temporary folder {path}" for path in self.folder.glob(f"{OURS}*")),
            *(f"socket {path}" for path in self.folder.rglob("*") if path.is_socket()),
            *(f"control group {group}" for group in control_groups() if group.name in self._sandboxes),
        ]
