"""The runtime's image in a real Docker Engine."""

import io
import os
import tarfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import docker
import pytest

from invoker.errors import SandboxUnavailable
from invoker.image import docker_image
from invoker.image.docker_image import ensure_image

pytestmark = pytest.mark.docker


@pytest.fixture(scope="module")
def client() -> Iterator[docker.DockerClient]:
    """A client of the engine. Skips outside CI where none is reachable."""
    try:
        client = docker.from_env()
        client.ping()
    except docker.errors.DockerException as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no Docker Engine is reachable: {error}")
    yield client
    client.close()


@pytest.fixture
def runtime(client: docker.DockerClient, tmp_path: Path) -> Iterator[Path]:
    """A small tree of another name than the real one, and its image removed at the end."""
    runtime = tmp_path / f"test-{uuid.uuid4().hex[:12]}"
    (runtime / "rootfs/etc").mkdir(parents=True)
    (runtime / "rootfs/etc/hostname").write_text("lambda\n")
    (runtime / "rootfs/link").symlink_to("etc/hostname")
    (runtime / "rootfs/tmp").mkdir()
    (runtime / "rootfs/tmp").chmod(0o1777)
    yield runtime
    for image in client.images.list(f"{docker_image.REPOSITORY}:{runtime.name}"):
        client.images.remove(str(image.id), force=True)


def members(client: docker.DockerClient, image: str) -> dict[str, tarfile.TarInfo]:
    container = client.containers.create(image)
    try:
        exported = b"".join(cast(Iterator[bytes], container.export()))
        with tarfile.open(fileobj=io.BytesIO(exported)) as tar:
            return {member.name.removeprefix("./").rstrip("/"): member for member in tar}
    finally:
        container.remove(force=True)


def test_the_image_holds_the_tree_owned_by_root(client: docker.DockerClient, runtime: Path) -> None:
    if os.geteuid() == 0:
        os.chown(runtime / "rootfs/etc/hostname", 1000, 1000)

    image = ensure_image(client, runtime, "packages")

    found = members(client, image)
    assert image == f"lambda-playground/nodejs22:{runtime.name}"
    assert (found["etc/hostname"].uid, found["etc/hostname"].gid) == (0, 0)
    assert found["link"].linkname == "etc/hostname"
    assert found["tmp"].mode & 0o7777 == 0o1777


def test_an_image_that_is_there_is_taken_as_it_is(client: docker.DockerClient, runtime: Path) -> None:
    first = client.images.get(ensure_image(client, runtime, "packages")).id

    assert client.images.get(ensure_image(client, runtime, "packages")).id == first


def test_a_tree_that_was_built_again_makes_another_image(client: docker.DockerClient, runtime: Path) -> None:
    first = client.images.get(ensure_image(client, runtime, "packages")).id
    os.utime(runtime / "rootfs", (0, 0))

    assert client.images.get(ensure_image(client, runtime, "packages")).id != first


def test_without_a_registry_the_packages_are_taken_after_seconds(
    client: docker.DockerClient, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docker_image, "AWS_BASE", "localhost:1/lambda/nodejs:22")
    monkeypatch.setattr(docker_image, "tree_hash", lambda: runtime.name)
    began = time.monotonic()

    assert ensure_image(client, runtime, "auto") == f"lambda-playground/nodejs22:{runtime.name}"
    assert time.monotonic() - began < docker_image.REGISTRY_TIMEOUT_S + 10


def test_aws_s_own_image_is_not_replaced_where_it_was_asked_for(
    client: docker.DockerClient, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docker_image, "AWS_BASE", "localhost:1/lambda/nodejs:22")
    monkeypatch.setattr(docker_image, "tree_hash", lambda: runtime.name)

    with pytest.raises(SandboxUnavailable, match="has no image of the runtime"):
        ensure_image(client, runtime, "aws")


def test_a_source_that_does_not_exist_is_refused(client: docker.DockerClient, runtime: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="choose one of auto, aws, packages"):
        ensure_image(client, runtime, "docker")
