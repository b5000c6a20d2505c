"""The tools that exported projects are tried with, as set-up installs them, and how they are run."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.serving import CHECKOUT

RUNTIMES = Path(os.environ.get("PLAYGROUND_RUNTIME", CHECKOUT / ".state" / "runtime"))
_STATES = (RUNTIMES.parent, CHECKOUT / ".state")
STATE = next((folder for folder in _STATES if (folder / "tools" / "sam_cli").is_dir()), _STATES[-1])
"""Where set-up has put the tools; the settings of tests name another folder as the state."""

NODE = STATE / "tools" / "node" / "bin"
NODE_MODULES = STATE / "tools" / "cdk" / "npm" / "node_modules"
SAM_CLI = STATE / "tools" / "sam_cli" / "bin"
PATIENCE_S = 110


def run(
    folder: Path, *command: str | Path, status: int = 0, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder of its own environment. Raises AssertionError at another exit status."""
    finished = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={
            "PATH": f"{NODE}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            # What a project needs is there; whatever asks for more is to fail, not to be fetched.
            "npm_config_offline": "true",
            **(environment or {}),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert finished.returncode == status, finished.stdout + finished.stderr
    return finished


def install(project: Path) -> None:
    """What `npm install` does in a project, by the packages that are there."""
    (project / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
