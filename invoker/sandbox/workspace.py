"""The folder of this host that belongs to one sandbox, and the engine's folder of all of them."""

import fcntl
import os
import shutil
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from invoker.deployment_package import DeploymentPackage
from invoker.sandbox import control_directory
from invoker.sandbox.protocol import SandboxSpecification

LOCK = "lock"


class SandboxWorkspace:
    """`task/` with the deployment package and `control/` with the pipes and sockets of one sandbox."""

    def __init__(self, engine_folder: Path) -> None:
        self.unique = uuid.uuid4().hex
        self._folder = engine_folder / self.unique
        self._folder.mkdir()
        self.task = self._folder / "task"
        self.control = self._folder / "control"
        self.sockets: dict[str, socket.socket] = {}
        try:
            _make_readable_folder(self.task)
            self.sockets = control_directory.make(self.control)
        except OSError:
            # On a full disk, say: what was made so far goes.
            self.remove()
            raise

    def write_package(self, package: DeploymentPackage) -> None:
        """Unpack the package into `task/`, readable by the function's user and writable by nobody."""
        for path, file in package.files.items():
            target = self.task / path
            for parent in reversed(target.relative_to(self.task).parents[:-1]):
                _make_readable_folder(self.task / parent)
            target.write_bytes(file.content)
            target.chmod(0o755 if file.executable else 0o644)

    def specification(self, memory_mb: int, ephemeral_storage_mb: int) -> SandboxSpecification:
        """What a provider needs to start the sandbox."""
        return SandboxSpecification(self.unique, self.task, self.control, memory_mb, ephemeral_storage_mb)

    def remove(self) -> None:
        """Remove the folder. Nothing in it was written from inside the sandbox."""
        for listener in self.sockets.values():
            listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _make_readable_folder(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    # Whatever the umask is, the function's user has to read it.
    folder.chmod(0o755)


class EngineFolder:
    """The folder of one engine's sandboxes, locked as long as its process lives."""

    def __init__(self, state: Path) -> None:
        # Absolute, as an engine has to mount it.
        sandboxes = state.resolve() / "sandboxes"
        sandboxes.mkdir(parents=True, exist_ok=True)
        self.path = sandboxes / uuid.uuid4().hex[:12]
        with _in_turn(sandboxes):
            self.path.mkdir(mode=0o755)
            self._lock = os.open(self.path / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Remove the folder and give up the lock."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def abandoned(state: Path) -> list[tuple[Path, list[str]]]:
    """The folders of engines whose process is gone, each with the ids of its sandboxes."""
    sandboxes = state / "sandboxes"
    if not sandboxes.is_dir():
        return []
    with _in_turn(sandboxes):
        folders = [(folder, _abandoned_ids(folder)) for folder in sorted(sandboxes.glob("*/"))]
    return [(folder, ids) for folder, ids in folders if ids is not None]


def _abandoned_ids(folder: Path) -> list[str] | None:
    """The ids of the sandboxes in an engine's folder, None when it is somebody's or has gone."""
    try:
        lock = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        # Its engine, or another sweep, has removed it meanwhile.
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return [entry.name for entry in folder.iterdir() if entry.is_dir()]
    except (BlockingIOError, FileNotFoundError):
        return None
    finally:
        os.close(lock)


@contextmanager
def _in_turn(sandboxes: Path) -> Iterator[None]:
    """Between its making and its locking an engine's folder looks abandoned: nobody may look just then."""
    turn = os.open(sandboxes, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
    finally:
        os.close(turn)
