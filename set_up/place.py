"""The folders that set-up reads and makes."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """One checkout of the project and its state."""

    top: Path
    state: Path
    runtimes: Path
    system_python: Path
    """The interpreter that makes the virtual environment."""

    @classmethod
    def of_environment(cls, top: Path, environment: Mapping[str, str]) -> "Place":
        """The folders as the same variables name them that the playground's settings read."""
        state = Path(environment.get("PLAYGROUND_STATE") or top / ".state").resolve()
        runtimes = Path(environment.get("PLAYGROUND_RUNTIME") or state / "runtime").resolve()
        return cls(top, state, runtimes, Path(sys.executable))

    @property
    def virtual_environment(self) -> Path:
        """Where the Python packages go."""
        return self.top / ".venv"

    @property
    def python(self) -> Path:
        """The virtual environment's interpreter."""
        return self.virtual_environment / "bin" / "python"

    @property
    def logs(self) -> Path:
        """Where each step writes what its commands print."""
        return self.state / "logs"
