"""What is promised of the database holds on PostgreSQL too: the same tests, on a real server."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import psycopg
import pytest
from environ import Env

from tests.client import Person
from tests.postgresql import KEYS, PostgreSQL, binaries
from tests.serving import CHECKOUT, Served
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


def test_no_connection_is_opened_for_what_an_open_one_can_do(server: PostgreSQL) -> None:
    served = Served(SANDBOX="local", DATABASE_URL=server.url, **KEYS).wait_until_ready()
    try:
        person = Person(served.url)

        def use() -> None:
            assert person.run("export const handler = async () => 1;")["outcome"] == "ok"
            assert person.http.get("/api/snippets").status_code == 200

        for _ in range(5):
            use()
        database = Env.db_url_config(server.url)
        with psycopg.connect(
            host=database["HOST"], user=database["USER"], dbname=database["NAME"], autocommit=True
        ) as connection:
            before = _opened(connection)
            for _ in range(10):
                use()
            opened = _opened(connection) - before
    finally:
        served.stop()
    # A thread more may have had its first piece of work.
    assert opened <= 3


def _opened(connection: psycopg.Connection) -> int:
    """How many connections there have been. A server counts each within a second."""
    time.sleep(1.5)
    row = connection.execute("SELECT sum(sessions) FROM pg_stat_database").fetchone()
    assert row
    return int(row[0])
