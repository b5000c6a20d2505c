"""The floor that everything is compared with: `node -e 0`, with the Node.js of the sandboxes."""

import os
import time
from pathlib import Path

from invoker.image.runtime_tree import ROOT, runtime_directory
from tests.serving import CHECKOUT


class BareNode:
    """The binary that functions run on, started on this host without any sandbox."""

    def __init__(self) -> None:
        runtimes = Path(os.environ.get("PLAYGROUND_RUNTIME", CHECKOUT / ".state" / "runtime"))
        self.path = runtime_directory(runtimes) / ROOT / "var/lang/bin/node"

    def start_ms(self) -> float:
        """One whole process from its spawn until it is reaped. Raises RuntimeError when it fails."""
        command = [str(self.path), "-e", "0"]
        began = time.perf_counter()
        pid = os.posix_spawn(command[0], command, {"PATH": os.defpath})
        _, status = os.waitpid(pid, 0)
        took = time.perf_counter() - began
        if status:
            raise RuntimeError(f"{' '.join(command)} ended with status {status}")
        return took * 1000
