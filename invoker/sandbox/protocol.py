"""What every sandbox offers, however it is made."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SandboxSpecification:
    """What one sandbox is made of.

    `task` and `control` are folders of the host, mounted read-only at /var/task and /run/invoker.
    Sizes are in MB.
    """

    sandbox_id: str
    task: Path
    control: Path
    memory_mb: int
    ephemeral_storage_mb: int


class Sandbox(Protocol):
    """One started sandbox. Whoever started it calls `remove`, also after a failure."""

    async def memory_peak_bytes(self) -> int:
        """The most memory that the function has had so far; 0 when it can no longer be read."""

    async def out_of_memory_kills(self) -> int:
        """How many processes the memory limit has killed in this sandbox."""

    async def was_killed_from_outside(self) -> bool:
        """Whether what ended this sandbox was nothing in it. Asked when it turned out to have ended."""

    async def set_apart(self) -> None:
        """Whatever of the runtime runs now, and all that comes from it, is the function's from here on."""

    async def limit_memory(self, megabytes: int) -> None:
        """Change the memory limit. Raises SandboxFailure."""

    async def limit_cpu(self, cpus: float) -> None:
        """Give the function this much CPU time, in CPUs, as far as the host allows."""

    async def freeze(self) -> None:
        """Let nothing in it run until `thaw`, as far as the host allows."""

    async def thaw(self) -> None:
        """Let everything in it go on."""

    async def remove(self) -> None:
        """End every process in it and remove what it is made of. May be called twice."""


class SandboxProvider(Protocol):
    """Starts sandboxes of one kind on this host."""

    kind: str
    """"docker" or "local"."""
    notice: str
    """A sentence for whoever runs the service, empty when there is nothing to say."""

    async def check(self) -> str:
        """A few words on the state of the engine. Raises SandboxUnavailable when none can be started."""

    async def start(self, specification: SandboxSpecification) -> Sandbox:
        """Start a sandbox that runs /run/invoker/entry. Raises SandboxFailure, with nothing left behind."""

    async def sweep(self, sandbox_ids: list[str]) -> None:
        """Remove what is left of these sandboxes of an engine that is gone."""
