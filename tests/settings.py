"""The playground's settings for tests: a state folder of their own, with the runtime of the checkout."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.postgresql import KEYS

SERVER = "TESTS_DATABASE_URL"
"""Names a PostgreSQL server to run on in place of SQLite."""
CHECKOUT = Path(__file__).resolve().parent.parent
_state = tempfile.mkdtemp(prefix="playground-test-")
atexit.register(shutil.rmtree, _state, ignore_errors=True)

for _name in (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ENCRYPTION_KEYS",
    "ALLOWED_HOSTS",
    "DEBUG",
    "HTTPS",
    "HOST",
    "PORT",
):
    os.environ.pop(_name, None)
_server = os.environ.get(SERVER, "")
if _server:
    os.environ |= {"DATABASE_URL": _server, **KEYS}
os.environ.setdefault("PLAYGROUND_RUNTIME", str(CHECKOUT / ".state" / "runtime"))
os.environ["PLAYGROUND_STATE"] = _state

from playground.settings import *  # noqa: E402, F403
from playground.settings import DATABASES  # noqa: E402

if _server:
    # With the server come settings that only real servers have.
    EMBEDDED = LAMBDA_API_ANY_CREDENTIALS = True
else:
    # A file, because an in-memory database locks whole tables against the threads of one test.
    DATABASES["default"]["TEST"] = {"NAME": f"{_state}/test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
