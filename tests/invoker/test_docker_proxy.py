"""The Docker sandbox through the proxy of docker-compose.yml, and what does not pass it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docker
import docker.errors
import pytest
from docker.types import Mount

from invoker.errors import SandboxUnavailable
from invoker.events import Outcome
from invoker.pool_settings import PoolSettings
from invoker.sandbox.docker import connect

from .conftest import CHECKOUT, Runner, start_engine

CONFIGURATION = CHECKOUT / "deploy" / "docker-proxy.cfg"


ENGINE = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """Runs functions on an engine that knows the proxy's socket alone."""
    if shutil.which("haproxy") is None:
        assert not os.environ.get("CI"), "haproxy is missing"
        pytest.skip("haproxy is missing: apt-get install haproxy")
    try:
        connect().close()
    except SandboxUnavailable as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    if not ENGINE.startswith("unix://"):
        pytest.skip(f"the Docker Engine is at {ENGINE}, not at a socket")
    state = tmp_path_factory.mktemp("proxied").resolve()
    proxy_socket = Path(f"/tmp/docker-proxy-{os.getpid()}.sock")
    environment = {
        **os.environ,
        "DOCKER_ENGINE_SOCKET": ENGINE.removeprefix("unix://"),
        "DOCKER_PROXY_SOCKET": str(proxy_socket),
        "PLAYGROUND_STATE": str(state),
    }
    # The image is made before, as the service base-image does it.
    start_engine("docker", state, PoolSettings(waiting=0)).close()
    proxy = subprocess.Popen(["haproxy", "-db", "-f", str(CONFIGURATION)], env=environment)
    try:
        wait_for(proxy_socket)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DOCKER_HOST", f"unix://{proxy_socket}")
            engine = start_engine("docker", state, PoolSettings(waiting=1))
            yield Runner(engine, "docker", state)
            engine.close()
    finally:
        proxy.terminate()
        proxy.wait(30)
        proxy_socket.unlink(missing_ok=True)


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        with socket.socket(socket.AF_UNIX) as attempt:
            if attempt.connect_ex(str(path)) == 0:
                return
        assert time.monotonic() < deadline, "haproxy does not listen"
        time.sleep(0.05)


@pytest.fixture
def client(proxied: Runner) -> Iterator[docker.DockerClient]:
    """The docker SDK at the proxy."""
    client = connect()
    yield client
    client.close()


def test_functions_run_through_the_proxy(proxied: Runner) -> None:
    code = "export const handler = async (event) => { if (event.hang) for (;;); return 42 }"
    assert proxied(code, memory_size=256).finished.response == b"42"
    assert (
        proxied(code, memory_size=256, event=b'{"hang": true}', timeout=1).finished.outcome is Outcome.TIMEOUT
    )
    assert proxied(code, memory_size=256).finished.response == b"42"
    assert proxied(code, ephemeral_storage=1024).finished.response == b"42"


def sandbox(state: Path, **changes: Any) -> dict[str, Any]:
    """The members with which a container that passes is created, and some that were changed."""
    task = state / "sandboxes" / ("0" * 12) / ("0" * 32) / "task"
    task.mkdir(parents=True, exist_ok=True)
    (image, *_) = [
        tag for image in whole_engine().images.list("lambda-playground/nodejs22") for tag in image.tags
    ]
    return {
        "image": image,
        "user": "993:990",
        "read_only": True,
        "network_mode": "none",
        "ipc_mode": "none",
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges"],
        "mounts": [Mount("/var/task", str(task), type="bind", read_only=True)],
        **changes,
    }


def whole_engine() -> docker.DockerClient:
    """A client of the engine itself."""
    return docker.DockerClient(base_url=ENGINE)


def refused(call: Callable[[], object]) -> None:
    with pytest.raises(docker.errors.APIError) as error:
        call()
    assert error.value.status_code == 403


def test_a_sandbox_can_be_created_and_removed(proxied: Runner, client: docker.DockerClient) -> None:
    container = client.containers.create(**sandbox(proxied.state))
    container.remove(force=True)


CHANGES: dict[str, dict[str, Any]] = {
    "privileged": {"privileged": True},
    "capability": {"cap_add": ["SYS_ADMIN"]},
    "capabilities kept": {"cap_drop": ["NET_RAW"]},
    "root": {"user": "0:0"},
    "writable root": {"read_only": False},
    "device": {"devices": ["/dev/kmsg:/dev/kmsg:r"]},
    "processes of the host": {"pid_mode": "host"},
    "network of the host": {"network_mode": "host"},
    "network": {"network_mode": "bridge"},
    "shared memory of the host": {"ipc_mode": "host"},
    "no profile": {"security_opt": ["seccomp=unconfined"]},
    "folder of the host": {"mounts": [Mount("/var/task", "/etc", type="bind", read_only=True)]},
    "another place": {"mounts": [Mount("/etc", "/etc", type="bind")]},
    "volume": {"mounts": [Mount("/var/task", "data", type="volume")]},
    "bind": {"volumes": ["/:/host"]},
    "another image": {"image": "debian:12"},
    "control group": {"cgroup_parent": "/"},
    "environment": {"environment": {"SECRET": "x"}},
    "port": {"ports": {"80/tcp": 8080}},
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_other_container_can_be_created(proxied: Runner, client: docker.DockerClient, change: str) -> None:
    refused(lambda: client.containers.create(**sandbox(proxied.state, **CHANGES[change])))


@pytest.mark.parametrize(
    "member",
    [
        '"HostConfig": {"Privileged": true}',
        '"hostconfig": {"privileged": true}',
        '"Host\\u0043onfig": {"Privile\\u0067ed": true}',
        '"HostConfig": {"NetworkMode": "none", "NetworkMode": "host"}',
        '"HostConfig": {"NetworkMode"\n:\t"host"}',
        '"HostConfig" : {"Binds" : ["/:/host"]}',
        '"HostConfig": {"Mounts": [{"Source": "/var", "Source": "/"}]}',
    ],
)
def test_no_spelling_brings_another_member_in(
    proxied: Runner, client: docker.DockerClient, member: str
) -> None:
    fine = (
        '"Image": "lambda-playground/nodejs22:any", "User": "993:990", "HostConfig": {"ReadonlyRootfs": true, '
        '"NetworkMode": "none", "IpcMode": "none", "CapDrop": ["ALL"], "SecurityOpt": ["no-new-privileges"]}'
    )

    def status(body: str) -> int:
        answer = client.api.post(
            f"{client.api.base_url}/v{client.api.api_version}/containers/create",
            data=body,
            headers={"Content-Type": "application/json"},
        )
        return int(answer.status_code)

    # There is no such image, which is for the engine to say.
    assert status(f"{{{fine}}}") == 404
    assert status(f"{{{fine}, {member}}}") == 403
    assert status(f"{{{member}, {fine}}}") == 403


def test_nothing_else_of_the_engine_is_in_reach(proxied: Runner, client: docker.DockerClient) -> None:
    some = "0" * 64
    refused(lambda: client.images.list())
    refused(lambda: client.images.pull("debian", tag="12"))
    refused(lambda: client.images.build(path=str(CHECKOUT / "invoker" / "image" / "aws")))
    refused(lambda: client.volumes.list())
    refused(lambda: client.volumes.create("data"))
    refused(lambda: client.networks.list())
    refused(lambda: client.info())
    refused(lambda: client.api.exec_create(some, "id"))
    refused(lambda: client.api.get_archive(some, "/etc"))
    refused(lambda: client.api.top(some))
    refused(lambda: client.api.kill(some))
    refused(lambda: client.api.rename(some, "other"))
    refused(lambda: client.api.commit(some))
    refused(lambda: client.containers.prune())
