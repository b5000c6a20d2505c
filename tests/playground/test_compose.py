"""The compose file: who may do what, and that Compose itself understands it."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
DOCKER_SOCKET = "/var/run/docker.sock"
VALUES = {"SECRET_KEY": "secret", "ENCRYPTION_KEYS": "keys", "POSTGRES_PASSWORD": "password"}


def compose_command() -> list[str] | None:
    """The plugin where it is, else Debian's Compose 1."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]):
            version = subprocess.run([*command, "version"], capture_output=True, check=False)
            if version.returncode == 0:
                return command
    return None


@pytest.fixture
def services() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())["services"]
    return services


def sources(service: dict[str, Any]) -> list[str]:
    return [str(volume).partition(":")[0] for volume in service.get("volumes", ())]


def test_it_starts_web_worker_redis_and_postgres(services: dict[str, Any]) -> None:
    assert {"web", "worker", "redis", "postgres"} <= set(services)
    for name in ("web", "worker"):
        assert services[name]["environment"]["DATABASE_URL"].startswith("postgres://")
        assert services[name]["environment"]["REDIS_URL"].startswith("redis://")


def test_the_engine_is_in_reach_of_the_proxy_and_of_what_makes_the_image_alone(
    services: dict[str, Any],
) -> None:
    having = {name for name in services if DOCKER_SOCKET in sources(services[name])}
    assert having == {"docker-proxy", "base-image"}
    assert services["base-image"]["restart"] == "no"
    assert services["docker-proxy"]["network_mode"] == "none"
    worker = services["worker"]
    assert worker["environment"]["DOCKER_HOST"] == "unix:///run/docker-proxy/docker.sock"
    assert "docker-proxy:/run/docker-proxy" in worker["volumes"]


def test_the_web_process_has_no_way_to_an_engine(services: dict[str, Any]) -> None:
    assert "DOCKER_HOST" not in services["web"]["environment"]
    for name in set(services) - {"worker", "docker-proxy", "base-image"}:
        assert not any("docker" in source or source == "/" for source in sources(services[name])), name
        assert not services[name].get("privileged")


def test_the_state_folder_has_one_path_on_both_sides(services: dict[str, Any]) -> None:
    folder = services["worker"]["environment"]["PLAYGROUND_STATE"]
    assert f"{folder}:{folder}" in services["worker"]["volumes"]


def test_nothing_is_published_beyond_this_machine_unasked(services: dict[str, Any]) -> None:
    assert services["web"]["ports"] == ["${HOST:-127.0.0.1}:${PORT:-8000}:8000"]
    assert not any("ports" in services[name] for name in set(services) - {"web"})


def test_what_it_copies_and_starts_is_there(services: dict[str, Any]) -> None:
    copied = [
        source
        for line in (CHECKOUT / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for source in line.split()[1:-1]
    ]
    assert copied
    assert not [source for source in copied if not (CHECKOUT / source).exists()]


@pytest.mark.skipif(
    compose_command() is None and "CI" not in os.environ,
    reason="no Compose is installed: docker-compose.yml was only read as YAML",
)
def test_compose_understands_it() -> None:
    command = compose_command()
    assert command, "no Compose is installed: apt-get install docker-compose"
    text = (CHECKOUT / "docker-compose.yml").read_text()
    if command == ["docker-compose"]:
        # Compose 1 does not know this one key.
        text = text.replace("    cgroup: host\n", "")

    def config(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, "--file", "-", "config"],
            cwd=CHECKOUT,
            env=environment,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )

    given = config(os.environ | VALUES)
    assert given.returncode == 0, given.stderr
    assert "postgres://playground:password@postgres/playground" in given.stdout
    without = config({name: value for name, value in os.environ.items() if name not in VALUES})
    assert without.returncode != 0
    assert "choose a" in without.stderr
