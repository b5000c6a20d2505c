"""The state folder of an embedded playground: where its parts meet, and its secret key."""

import os
import secrets
from pathlib import Path

SOCKET_PATH_BYTES_MAX = 107
"""The longest path a Unix socket can have on Linux, without its final NUL."""


def socket_path(state: Path) -> Path:
    """Where the embedded Redis server listens."""
    return state / "redis.sock"


def logs_folder(state: Path) -> Path:
    """Where each part's own log is written."""
    return state / "logs"


def secret_key(state: Path) -> str:
    """The key that signs cookies: made once, then kept in the state folder for its owner's eyes only."""
    path = state / "secret_key"
    state.mkdir(parents=True, exist_ok=True)
    mine = state / f".secret_key.{os.getpid()}.{secrets.token_hex(4)}"
    if not path.exists():
        mine.touch(0o600)
        mine.write_text(secrets.token_urlsafe(48))
        try:
            # A link is made whole or not at all, so that two processes that start together agree on one key.
            os.link(mine, path)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_text().strip()
