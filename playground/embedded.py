"""The state folder of an embedded playground: where its parts meet, and its keys."""

import base64
import os
import secrets
from pathlib import Path
from urllib.parse import quote

SOCKET_PATH_BYTES_MAX = 107
"""The longest path a Unix socket can have on Linux, without its final NUL."""


def socket_path(state: Path) -> Path:
    """Where the embedded Redis server listens."""
    return state / "redis.sock"


def logs_folder(state: Path) -> Path:
    """Where each part's own log is written."""
    return state / "logs"


def mail_url(state: Path) -> str:
    """Where e-mails are written, a file each: with nothing given there is no server that sends them."""
    folder = state / "mails"
    # A link in one of them opens an account.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"filemail:///{quote(str(folder))}"


def secret_key(state: Path) -> str:
    """The key that signs cookies: made once, then kept in the state folder for its owner's eyes only."""
    return _kept(state, "secret_key", secrets.token_urlsafe(48))


def encryption_keys(state: Path) -> list[str]:
    """The keys of environment variables at rest, one a line, the newest first; the first is made once."""
    return _kept(state, "encryption_keys", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()).split()


def _kept(state: Path, name: str, new: str) -> str:
    """The text of a file that only its owner may read, which is made where there is none."""
    path = state / name
    state.mkdir(parents=True, exist_ok=True)
    mine = state / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
    if not path.exists():
        mine.touch(0o600)
        mine.write_text(new)
        try:
            # A link is made whole or not at all, so that two processes that start together agree on one key.
            os.link(mine, path)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_text().strip()
