"""A Docker daemon of a test's own, which may be killed: beside the machine's, with nothing shared.

It has a mount namespace of its own, so that no mount of it is seen in any other process. What it ends are the two
processes that it started, and shims that were told its own socket: never what merely names its folder.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path

import docker
import docker.errors
import requests.exceptions

from invoker.sandbox.processes import descendants
from tests.worker_process import until

ANSWERS_WITHIN_S = 90.0
PROGRAMS = ("dockerd", "containerd", "runc", "unshare", "nsenter")
SHIM = "containerd-shim"
CONTAINERD = """version = 2
root = "{folder}/containerd-data"
state = "{folder}/containerd-state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "{folder}/containerd.sock"
"""


def missing() -> str:
    """Why there can be none here, empty when there can."""
    if os.geteuid() != 0:
        return "a Docker daemon takes root"
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    return f"{', '.join(absent)} missing: apt-get install docker.io" if absent else ""


class DockerDaemon:
    """dockerd and containerd in a folder of their own. `host` is what DOCKER_HOST takes."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="dockerd-"))
        self.host = f"unix://{self._folder}/docker.sock"
        self._address = f"{self._folder}/containerd.sock"
        self._log = self._folder / "log"
        self._dockerd: subprocess.Popen[bytes] | None = None
        (self._folder / "containerd.toml").write_text(CONTAINERD.format(folder=self._folder))
        # Not the one that a machine's own daemon has, or had until it was killed.
        self._containerd = self._started(
            *("unshare", "--mount", "--propagation", "private"),
            *("containerd", "--config", f"{self._folder}/containerd.toml"),
        )
        try:
            until(Path(self._address).is_socket, self.log, ANSWERS_WITHIN_S)
            self.start()
        except BaseException:
            self.remove()
            raise

    def start(self) -> None:
        """Start dockerd; it answers when this returns."""
        (self._folder / "pid").unlink(missing_ok=True)
        self._dockerd = self._started(
            *("nsenter", f"--mount=/proc/{self._containerd.pid}/ns/mnt"),
            *("dockerd", "--host", self.host),
            *("--data-root", f"{self._folder}/data"),
            *("--exec-root", f"{self._folder}/exec"),
            *("--pidfile", f"{self._folder}/pid"),
            *("--containerd", self._address),
            *("--bridge", "none", "--iptables=false", "--ip-forward=false"),
        )
        until(self._answers, self.log, ANSWERS_WITHIN_S)

    def kill(self) -> None:
        """End dockerd as a crash does. Its containers live on until it starts again and ends them."""
        assert self._dockerd
        self._dockerd.kill()
        self._dockerd.wait()

    def containers(self) -> list[str]:
        """The ids of all that it has."""
        with contextlib.closing(docker.DockerClient(self.host)) as client:
            return [str(container.id) for container in client.containers.list(all=True)]

    def log(self) -> str:
        """The end of what it says."""
        return self._log.read_text(errors="replace")[-3000:]

    def remove(self) -> None:
        """End everything and remove its folder, whatever state it is in."""
        for daemon in (self._dockerd, self._containerd):
            if daemon is not None:
                _end(daemon)
        # A daemon that was killed leaves shims with their containers.
        for shim in self.shims():
            for pid in reversed(descendants(shim)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        until(lambda: not self.shims(), self.log, ANSWERS_WITHIN_S)
        # With the last process in it the mount namespace has gone.
        shutil.rmtree(self._folder)

    def shims(self) -> list[int]:
        """The processes that hold this daemon's containers, known by the socket that they were told."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                program, *arguments = (process / "cmdline").read_bytes().decode().split("\0")
                told = ("-address", self._address) in pairwise(arguments)
                if told and Path(program).name.startswith(SHIM):
                    found.append(int(process.name))
        return found

    def _started(self, *command: str) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DOCKER_")}
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/"
            )

    def _answers(self) -> bool:
        assert self._dockerd
        assert self._dockerd.poll() is None, self.log()
        try:
            with contextlib.closing(docker.DockerClient(self.host, timeout=10)) as client:
                return bool(client.ping())
        except (docker.errors.DockerException, requests.exceptions.RequestException):
            return False


def _end(daemon: subprocess.Popen[bytes]) -> None:
    daemon.terminate()
    try:
        daemon.wait(40)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()
