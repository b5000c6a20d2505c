"""The database is locked, restarted, or has no room on its disk while invocations are under way."""

import os
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.client import Person
from tests.faults.service import UnderWay, heals, submission, ticks, works
from tests.leftovers import leftovers, sandbox_ids
from tests.postgresql import KEYS, PostgreSQL, binaries
from tests.serving import Served

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(240)]
LOCKED_S = 5.0
AWAY_S = 4.0
DISK_MB = 48


def test_sqlite_locked_for_a_while(healing: Served, alice: Person, bob: Person) -> None:
    goes_on = UnderWay(alice, event='{"ticks": 90}').until_printed("tick 1")
    ends_meanwhile = UnderWay(bob, event='{"ticks": 20}').until_printed("tick 1")
    submitted: list[UnderWay] = []
    submitting = threading.Thread(target=lambda: submitted.append(UnderWay(bob)))
    with sqlite3.connect(healing.state / "db.sqlite3", isolation_level=None, timeout=60) as other:
        other.execute("BEGIN EXCLUSIVE")
        submitting.start()
        time.sleep(LOCKED_S)
        # Whoever reads is not held up, and nothing is told that is not stored.
        assert ends_meanwhile.read()["state"] == "running"
        assert not submitted
        other.execute("ROLLBACK")
    other.close()
    submitting.join(60)
    for one, count in ((goes_on, 90), (ends_meanwhile, 20), (submitted[0], 3)):
        assert one.ended()["outcome"] == "ok"
        assert one.printed() == ticks(count)
    heals(healing.url)


@pytest.fixture
def database() -> Iterator[PostgreSQL]:
    programs = binaries()
    if programs is None:
        assert not os.environ.get("CI"), "PostgreSQL is missing: apt-get install postgresql"
        pytest.skip("PostgreSQL is not installed")
    database = PostgreSQL(programs)
    yield database
    database.stop()


@contextmanager
def playground(**environment: str) -> Iterator[Served]:
    """A playground of the test's own, which leaves nothing behind."""
    served = Served(SANDBOX="local", WAITING_SANDBOXES="1", **environment)
    try:
        yield served.wait_until_ready()
        sandboxes = sandbox_ids(served.state)
    finally:
        served.stop()
    assert not leftovers(served.state, sandboxes)


def test_postgresql_restarted(database: PostgreSQL) -> None:
    with playground(DATABASE_URL=database.url, **KEYS) as served:
        alice, bob = Person(served.url), Person(served.url)
        goes_on = UnderWay(alice, event='{"ticks": 90}').until_printed("tick 1")
        ends_meanwhile = UnderWay(bob, event='{"ticks": 15}').until_printed("tick 1")
        database.kill()
        time.sleep(AWAY_S)
        refused = submission(alice)
        assert refused.status_code == 503
        assert "The database does not answer." in refused.text
        database.start()
        for one, count in ((goes_on, 90), (ends_meanwhile, 15)):
            assert one.ended()["outcome"] == "ok"
            assert one.printed() == ticks(count)
        heals(served.url)
        works(alice)
        works(bob)


@pytest.fixture
def small_disk(short_folder: Path) -> Iterator[Path]:
    """A file system of its own, DISK_MB large."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "playground-test", str(short_folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("file systems cannot be mounted here, which takes root")
    yield short_folder
    subprocess.run(["umount", "--lazy", str(short_folder)], check=True)


def fill(folder: Path) -> Callable[[], None]:
    """Leaves no byte free; gives what makes room again."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)
    return filler.unlink


def test_a_full_disk(small_disk: Path) -> None:
    with playground(PLAYGROUND_STATE=str(small_disk / "state")) as served:
        alice, bob = Person(served.url), Person(served.url)
        goes_on = UnderWay(alice, event='{"ticks": 90}').until_printed("tick 1")
        ends_meanwhile = UnderWay(bob, event='{"ticks": 25}').until_printed("tick 1")
        make_room = fill(small_disk)
        answers = [submission(bob) for _ in range(3)]
        time.sleep(AWAY_S)
        make_room()
        for one, count in ((goes_on, 90), (ends_meanwhile, 25)):
            assert one.ended()["outcome"] == "ok"
            assert one.printed() == ticks(count)
        # What found room in the database was taken, and has an end; the others were told that it has none.
        for answer in answers:
            if answer.status_code == 202:
                told = UnderWay(bob, answer=answer).ended()
                assert told["outcome"] == "ok" or (told["outcome"] == "platform_error" and told["notice"])
            else:
                assert answer.status_code == 503
                assert "The database does not answer." in answer.text
        heals(served.url)
        works(alice)
        works(bob)
