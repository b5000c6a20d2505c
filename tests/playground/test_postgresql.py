"""What is promised of the database holds on PostgreSQL too: the same tests, on a real server."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.postgresql import PostgreSQL, binaries
from tests.serving import CHECKOUT
from tests.settings import SERVER

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("postgresql")]


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    programs = binaries()
    if programs is None:
        assert not os.environ.get("CI"), "PostgreSQL is missing: apt-get install postgresql"
        pytest.skip("PostgreSQL is not installed")
    server = PostgreSQL(programs)
    yield server
    server.stop()


@pytest.mark.parametrize(
    "tests",
    [
        *("test_queue", "test_stream", "test_api", "test_admin", "test_limits", "test_encryption"),
        *(
            "accounts/test_coming",
            "accounts/test_under_way",
            "accounts/test_leaving",
            "access_keys/test_ownership",
        ),
    ],
)
def test_the_same_holds_on_postgresql(server: PostgreSQL, tests: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    # In a process of its own, as Django knows one default database.
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", f"tests/playground/{tests}.py"),
            *("-q", "-n", "0", "-p", "no:cacheprovider", "--create-db"),
        ],
        cwd=CHECKOUT,
        env={**environment, SERVER: server.url},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
    assert " passed" in ended.stdout
