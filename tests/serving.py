"""A whole playground as its user starts it: `manage.py serve` in a state folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
READY_MAX_S = 120


class Served:
    """A started playground. `output` and `errors` grow while it runs."""

    def __init__(self, **environment: str) -> None:
        state = environment.pop("PLAYGROUND_STATE", "") or tempfile.mkdtemp(prefix="playground-served-")
        self.state = Path(state)
        self.port = int(environment.pop("PORT", "0")) or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output: list[str] = []
        self.errors: list[str] = []
        self.ready = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=CHECKOUT,
            env=serve_environment(self.state, self.port) | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        assert self.process.stderr
        self._readers = [
            threading.Thread(target=self._read, args=(self.process.stdout, self.output), daemon=True),
            threading.Thread(target=self._read, args=(self.process.stderr, self.errors), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def wait_until_ready(self) -> "Served":
        """Raises AssertionError with what was said when it does not come up."""
        while not self.ready.wait(0.1):
            if self.process.poll() is not None:
                break
        assert self.ready.is_set(), f"not ready: {''.join(self.output)} {''.join(self.errors)} {self.logs()}"
        return self

    def wait_until_ended(self, timeout_s: float = 40) -> int:
        """The exit status."""
        status = self.process.wait(timeout_s)
        for reader in self._readers:
            reader.join(5)
        return status

    def stop(self) -> int:
        """End it as Ctrl-C does, and remove its state."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.wait_until_ended()
        finally:
            self.process.kill()
            shutil.rmtree(self.state, ignore_errors=True)

    def logs(self) -> str:
        """The end of every part's log."""
        return "\n".join(
            f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}"
            for log in (self.state / "logs").glob("*")
        )

    def parts(self) -> dict[str, int]:
        """The process ids of the parts by name."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        found = {}
        for child in children:
            command = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            for name, mark in (("redis", "redis-server"), ("worker", "celery"), ("web", "playground.web")):
                if mark in command:
                    found[name] = int(child)
        return found

    def _read(self, stream: object, lines: list[str]) -> None:
        for line in stream:  # type: ignore[attr-defined]
            lines.append(line)
            if line.startswith("Ready on "):
                self.ready.set()


def serve_environment(state: Path, port: int) -> dict[str, str]:
    """The environment of an embedded playground on the checkout's runtime."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    runtime = os.environ.get("PLAYGROUND_RUNTIME", str(CHECKOUT / ".state" / "runtime"))
    return environment | {
        "PLAYGROUND_STATE": str(state),
        "PLAYGROUND_RUNTIME": runtime,
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }


def free_port() -> int:
    """A port of the loopback address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def has_docker() -> bool:
    """Whether a Docker Engine is reachable."""
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0
