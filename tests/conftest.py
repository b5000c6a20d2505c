"""What every test may ask for: a real Redis, an engine's worker, and a whole playground that is served."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings

from playground import embedded
from playground.redis_connection import connection
from playground.supervisor import commands
from tests.history import History
from tests.leak_check import LeakCheck
from tests.leftovers import leftovers, sandbox_ids
from tests.serving import Served, has_docker

_leak_check = pytest.StashKey[LeakCheck]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin to look after what is left, in the process that starts the others and outlives them."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        config.stash[_leak_check] = LeakCheck()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail when something is left, after every fixture and every other process of the suite has ended."""
    leak_check = session.config.stash.get(_leak_check, None)
    if leak_check is None or session.exitstatus not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        return
    if leaks := leak_check.leaks():
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        assert reporter is not None
        reporter.write_sep("=", "left behind by the tests", red=True, bold=True)
        for leak in leaks:
            reporter.write_line(leak)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder of the session."""
    if (leak_check := config.stash.get(_leak_check, None)) is not None:
        leak_check.remove()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[subprocess.Popen[bytes]]:
    """A Redis server on the socket that the settings name."""
    program = shutil.which("redis-server")
    assert program, "redis-server is missing: apt-get install redis-server"
    state = Path(settings.PLAYGROUND_STATE)
    server = subprocess.Popen(commands.redis(program, state), stdout=subprocess.DEVNULL)
    _wait_for_redis(embedded.socket_path(state))
    yield server
    server.terminate()
    server.wait(10)


@pytest.fixture
def clean_redis(redis_server: subprocess.Popen[bytes]) -> None:
    """A Redis server that knows nothing yet."""
    connection().flushall()


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """A whole playground in a state folder of its own, on a free port, for as long as the tests run."""
    served = Served()
    try:
        yield served.wait_until_ready()
    finally:
        served.stop()


@pytest.fixture(scope="session")
def playground(served: Served) -> str:
    """The address of a whole playground, such as http://127.0.0.1:12345."""
    return served.url


@pytest.fixture(
    scope="session",
    params=[
        pytest.param("docker", marks=[pytest.mark.docker, pytest.mark.xdist_group("served on docker")]),
        pytest.param("local", marks=pytest.mark.xdist_group("served on local")),
    ],
)
def served_on_each_sandbox(request: pytest.FixtureRequest) -> Iterator[Served]:
    """A whole playground on each sandbox in turn, which leaves nothing behind when it has ended."""
    if request.param == "docker" and not has_docker():
        assert not os.environ.get("CI"), "no Docker Engine is reachable"
        pytest.skip("no Docker Engine is reachable")
    served = Served(SANDBOX=request.param, WAITING_SANDBOXES="2")
    try:
        served.wait_until_ready()
        yield served
        sandboxes = sandbox_ids(served.state)
    finally:
        served.stop()
    assert not leftovers(served.state, sandboxes)


@pytest.fixture(scope="session")
def history(served_on_each_sandbox: Served) -> History:
    """What the playground on each sandbox keeps."""
    return History(served_on_each_sandbox)


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """An empty folder whose path is short enough for sockets in it."""
    folder = Path(tempfile.mkdtemp(prefix="playground-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _wait_for_redis(socket: Path) -> None:
    client = redis.Redis(unix_socket_path=str(socket))
    deadline = time.monotonic() + 10
    while True:
        try:
            client.ping()
            return
        except redis.RedisError:
            assert time.monotonic() < deadline, "redis-server does not answer"
            time.sleep(0.02)
