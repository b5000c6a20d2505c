"""The Docker daemon is killed and started again, a daemon of the test's own."""

import os
import time
from collections.abc import Iterator

import pytest

from tests.client import Person
from tests.docker_daemon import DockerDaemon, missing
from tests.faults.service import LATEST_S, TICKING, UnderWay, heals, healthy, ticks, works
from tests.leftovers import leftovers, sandbox_ids
from tests.serving import Served
from tests.worker_process import until

pytestmark = [pytest.mark.docker, pytest.mark.xdist_group("faults"), pytest.mark.timeout(400)]
AWAY_S = 4.0


@pytest.fixture
def daemon() -> Iterator[DockerDaemon]:
    if reason := missing():
        assert not os.environ.get("CI"), reason
        pytest.skip(reason)
    daemon = DockerDaemon()
    yield daemon
    daemon.remove()


def test_the_docker_daemon_restarted(daemon: DockerDaemon) -> None:
    served = Served(SANDBOX="docker", DOCKER_HOST=daemon.host, BASE_IMAGE="packages", WAITING_SANDBOXES="1")
    try:
        served.wait_until_ready()
        alice, bob = Person(served.url), Person(served.url)
        works(bob)
        invocation = UnderWay(alice, event='{"ticks": 1000}').until_printed("tick 2")
        daemon.kill()
        meanwhile = [UnderWay(bob, f"{TICKING} // {at}") for at in range(3)]
        time.sleep(AWAY_S)
        until(lambda: not healthy(served.url), timeout_s=LATEST_S)
        daemon.start()

        told = invocation.ended()
        assert told["outcome"] == "platform_error"
        assert "Your code is not the reason" in told["notice"]
        printed = invocation.printed()
        assert printed == ticks(len(printed))
        assert len(printed) >= 3
        for one in meanwhile:
            told = one.ended()
            assert told["outcome"] == "ok" or told["notice"], told
        heals(served.url)
        works(alice)
        works(bob)
        sandboxes = sandbox_ids(served.state)
    finally:
        served.stop()
    assert not leftovers(served.state, sandboxes)
    assert daemon.containers() == []
