"""A PostgreSQL server of a test's own: its folder, its socket, no port, and an unprivileged user."""

import base64
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
USER = "nobody"
DATABASE = "playground"
KEYS = {
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
}
"""What a playground needs beside the server, as it makes none up for itself then."""


def binaries() -> Path | None:
    """The folder with initdb and the server, None where there is none. Debian keeps them off the PATH."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


class PostgreSQL:
    """A server that runs until it is stopped, and can be killed and started again meanwhile.

    `url` is what DATABASE_URL takes.
    """

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = USER if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
        if self._user:
            entry = pwd.getpwnam(self._user)
            os.chown(self._folder, entry.pw_uid, entry.pw_gid)
        self.url = f"postgres://{DATABASE}@/{self._folder}/{DATABASE}"
        self._run("initdb", "--no-sync", "--auth=trust", f"--username={DATABASE}", "--encoding=UTF8")
        self.start()
        self._run("createdb", f"--host={self._folder}", f"--username={DATABASE}", DATABASE, data=False)

    def start(self) -> None:
        """Start it; it answers when this returns."""
        options = f"-c listen_addresses= -c unix_socket_directories={self._folder} -c max_connections=200"
        self._run("pg_ctl", "start", "--wait", "--timeout=90", f"--log={self._folder}/log", f"-o{options}")

    def kill(self) -> None:
        """End it as a crash does: no connection hears of it, and the next start recovers."""
        self._run("pg_ctl", "stop", "--mode=immediate", "--wait", "--timeout=90")

    def stop(self) -> None:
        """End it, and remove its folder."""
        try:
            self.kill()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str, data: bool = True) -> None:
        where = [f"--pgdata={self._folder / 'data'}"] if data else []
        ended = subprocess.run(
            [self._programs / program, *arguments, *where],
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            user=self._user,
            extra_groups=[] if self._user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT if program != "pg_ctl" else subprocess.DEVNULL,
            text=True,
            timeout=120,
            check=False,
        )
        if ended.returncode:
            log = self._folder / "log"
            told = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise AssertionError(f"{program} failed: {ended.stdout or ''} {told}")
