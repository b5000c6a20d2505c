"""Which sandbox this host gets."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from invoker.errors import SandboxUnavailable
from invoker.image.runtime_tree import runtime_directory
from invoker.sandbox.docker import DockerProvider, connect
from invoker.sandbox.local import LocalProvider
from invoker.sandbox.protocol import SandboxProvider
from invoker.sandbox.workspace import abandoned

KINDS = ("auto", "docker", "local")


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """`kind` is one of KINDS; "auto" takes Docker when an engine is reachable, else the local one.

    `image_source` is "auto", "aws" or "packages"; `oci_runtime` names a runtime of the engine such as
    "runsc", empty for its default. `accept_unenforced` names limits that the local sandbox may leave out.
    """

    kind: str = "auto"
    image_source: str = "auto"
    oci_runtime: str = ""
    accept_unenforced: frozenset[str] = field(default_factory=frozenset)
    runtime: Path | None = None
    """The folder with the built runtime, when it is not `runtime` in the state folder."""


def provider(state: Path, settings: SandboxSettings) -> SandboxProvider:
    """The provider of this host. Raises SandboxUnavailable, SetUpIncomplete."""
    if settings.kind not in KINDS:
        raise SandboxUnavailable(f"{settings.kind!r} is no sandbox: choose one of {', '.join(KINDS)}.")
    # Absolute, as sandboxes are started from elsewhere.
    runtimes = (settings.runtime or state / "runtime").resolve()
    if settings.kind == "local":
        return LocalProvider(runtime_directory(runtimes), settings.accept_unenforced)
    try:
        client = connect()
    except SandboxUnavailable:
        if settings.kind == "docker":
            raise
        return LocalProvider(runtime_directory(runtimes), settings.accept_unenforced)
    # AWS's own image brings every part along.
    runtime = None if settings.image_source == "aws" else runtime_directory(runtimes)
    return DockerProvider(client, runtime, settings.image_source, settings.oci_runtime)


async def sweep(sandbox_provider: SandboxProvider, state: Path) -> int:
    """Remove what killed engines left in this state folder; gives the number of sandboxes."""
    count = 0
    for folder, sandbox_ids in abandoned(state):
        await sandbox_provider.sweep(sandbox_ids)
        shutil.rmtree(folder, ignore_errors=True)
        count += len(sandbox_ids)
    return count
