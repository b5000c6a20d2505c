"""What real servers need before anything may start, and the address they are known by. Pure."""

import base64
import binascii
from collections.abc import Sequence
from urllib.parse import urlsplit

SECRET_KEY_LENGTH_MIN = 50
SECRET_KEY_CHARACTERS_MIN = 10
"""Different ones."""
ENCRYPTION_KEY_BYTES = 32
EXAMPLES = ("django-insecure-", "changeme", "change-me", "secret", "example")


def secret_key_fault(key: str) -> str | None:
    """A sentence that says what is wrong with SECRET_KEY, None for a good one."""
    if not key:
        return (
            "SECRET_KEY is missing: with DATABASE_URL or REDIS_URL set it has to be given, "
            "a long random text."
        )
    if key.lower().startswith(EXAMPLES):
        return "SECRET_KEY is one of the examples that everybody knows: give it a long random text."
    if len(key) < SECRET_KEY_LENGTH_MIN or len(set(key)) < SECRET_KEY_CHARACTERS_MIN:
        return f"SECRET_KEY is too short or simple: take {SECRET_KEY_LENGTH_MIN} random characters or more."
    return None


def encryption_keys_fault(keys: Sequence[str]) -> str | None:
    """A sentence that says what is wrong with ENCRYPTION_KEYS, None for good ones."""
    if not keys:
        return (
            "ENCRYPTION_KEYS is missing: with DATABASE_URL or REDIS_URL set it has to be given, "
            "32 random bytes in URL-safe Base64."
        )
    for number, key in enumerate(keys, 1):
        if not _is_fernet_key(key):
            return f"Key {number} of ENCRYPTION_KEYS is not 32 bytes in URL-safe Base64."
        if set(base64.urlsafe_b64decode(key)) == {0}:
            return f"Key {number} of ENCRYPTION_KEYS is not random."
    return None


def public_url(allowed_hosts: Sequence[str], https: bool, host: str, port: int) -> str:
    """The address that links in e-mails begin with: of the first name that is allowed, or of this machine."""
    scheme = "https" if https else "http"
    names = [name for name in allowed_hosts if name and not name.startswith(("*", "."))]
    if names:
        return f"{scheme}://{names[0]}"
    own = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound
    return f"{scheme}://{f'[{own}]' if ':' in own else own}:{port}"


def public_url_fault(url: str) -> str | None:
    """A sentence that says what is wrong with PUBLIC_URL, None for a good one."""
    parts = urlsplit(url)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.path
        or parts.query
        or parts.fragment
    ):
        return "PUBLIC_URL is no address such as https://lambda.example.org, without a path."
    return None


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key.encode("ascii"), b"-_", validate=True)) == ENCRYPTION_KEY_BYTES
    except (binascii.Error, UnicodeEncodeError):
        return False
