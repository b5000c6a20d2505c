"""What has to hold before anything is started, each told in a sentence."""

import errno
import fcntl
import os
import shutil
import socket
from pathlib import Path

from playground import embedded


class CannotStart(Exception):
    """Something stands in the way of a start. The message says what, and what to do."""


def lock_state(state: Path) -> int:
    """Take the state folder for this process; gives the open lock, which ends with the process.

    Raises CannotStart when another playground has it.
    """
    state.mkdir(parents=True, exist_ok=True)
    lock = os.open(state / "serve.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(lock, 32).decode(errors="replace").strip()
        os.close(lock)
        raise CannotStart(
            f"Another playground (process {holder or 'unknown'}) runs on the state folder {state}. "
            "Stop it, or choose another folder with PLAYGROUND_STATE."
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock


def check_address(host: str, port: int) -> None:
    """Raises CannotStart when nobody can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OverflowError:
        raise CannotStart(f"{port} is no port: PORT is between 1 and 65535.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} on {host} is in use by another program. "
                "Stop that program, or choose another port with PORT."
            ) from None
        raise CannotStart(f"Nothing can listen on {host}, port {port}: {error.strerror}.") from None


def check_page(manifest: Path) -> None:
    """Raises CannotStart when the page is not built."""
    if not manifest.is_file():
        raise CannotStart(f"The page is not built ({manifest} is missing): run `make setup`.")


def check_redis_server(state: Path) -> str:
    """The path of redis-server. Raises CannotStart when there is none, or its socket cannot be."""
    path = embedded.socket_path(state)
    length = len(os.fsencode(path))
    if length > embedded.SOCKET_PATH_BYTES_MAX:
        raise CannotStart(
            f"The path of the Redis socket, {path}, has {length} bytes; Linux allows "
            f"{embedded.SOCKET_PATH_BYTES_MAX}. Choose a shorter folder with PLAYGROUND_STATE."
        )
    program = shutil.which("redis-server")
    if not program:
        raise CannotStart(
            "redis-server is missing. Install it (on Debian: apt-get install redis-server), "
            "or name a running server with REDIS_URL."
        )
    return program
