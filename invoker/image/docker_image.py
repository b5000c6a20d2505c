"""The image of the runtime inside a Docker Engine."""

import os
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import docker
import docker.errors
import requests.exceptions

from invoker.errors import SandboxUnavailable
from invoker.image.definition import FOLDER, tree_hash
from invoker.image.runtime_tree import ROOT

REPOSITORY = "lambda-playground/nodejs22"
AWS_BASE = "public.ecr.aws/lambda/nodejs:22"
SOURCES = ("auto", "aws", "packages")
REGISTRY_TIMEOUT_S = 5
BUILT_LABEL = "lambda-playground.built"
CHUNK_BYTES = 1 << 20
_Errors = (docker.errors.DockerException, requests.exceptions.RequestException)


def ensure_image(client: docker.DockerClient, runtime: Path | None, source: str = "auto") -> str:
    """The name of the image, made now if the engine does not have it.

    `runtime` is the folder that `runtime_directory` gives, None when only AWS's image will do. `source` is
    "packages" for that folder's tree, "aws" for AWS's own base image, and "auto" for the one that the engine
    has already, else AWS's where its registry answers within five seconds.
    Raises SandboxUnavailable.
    """
    if source not in SOURCES:
        raise SandboxUnavailable(f"{source!r} is no image source: choose one of {', '.join(SOURCES)}.")
    try:
        aws = f"{REPOSITORY}:aws-{tree_hash()}"
        if source != "packages" and _has(client, aws):
            return aws
        if source == "aws" or runtime is None:
            return _build_aws(client, aws)
        if _has(client, *_of_tree(runtime)):
            return _of_tree(runtime)[0]
        if source == "auto" and _registry_answers(client):
            return _build_aws(client, aws)
        return _import_tree(client, runtime)
    except _Errors as error:
        raise SandboxUnavailable(f"The Docker Engine has no image of the runtime: {error}") from error


def _has(client: docker.DockerClient, name: str, built: str | None = None) -> bool:
    try:
        image = client.images.get(name)
    except docker.errors.ImageNotFound:
        return False
    return built is None or image.labels.get(BUILT_LABEL) == built


def _registry_answers(client: docker.DockerClient) -> bool:
    """Whether AWS's image can be pulled. A thread asks, because the engine takes its own time to give up."""
    answers: list[object] = []

    def ask() -> None:
        try:
            answers.append(client.images.get_registry_data(AWS_BASE))
        except _Errors:
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(REGISTRY_TIMEOUT_S)
    return bool(answers)


def _build_aws(client: docker.DockerClient, name: str) -> str:
    client.images.build(path=str(FOLDER / "aws"), tag=name, buildargs={"BASE": AWS_BASE}, pull=True, rm=True)
    return name


def _of_tree(runtime: Path) -> tuple[str, str]:
    """The image's name, and when its tree was built: built again, it may hold newer Debian packages."""
    return f"{REPOSITORY}:{runtime.name}", str(int((runtime / ROOT).stat().st_mtime))


def _import_tree(client: docker.DockerClient, runtime: Path) -> str:
    name, built = _of_tree(runtime)
    client.api.import_image_from_stream(
        _archive(runtime / ROOT),
        repository=REPOSITORY,
        tag=runtime.name,
        changes=[f"LABEL {BUILT_LABEL}={built}", "WORKDIR /var/task", 'ENTRYPOINT ["/bin/sh"]'],
    )
    if not _has(client, name, built):
        raise SandboxUnavailable(f"The Docker Engine did not take the image {name}.")
    return name


def _archive(root: Path) -> Iterator[bytes]:
    """The tree as a tar archive, in pieces, everything owned by root whoever built it."""
    reading, writing = os.pipe()

    def owned_by_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        return member

    def write() -> None:
        with (
            os.fdopen(writing, "wb") as out,
            tarfile.open(fileobj=out, mode="w|", bufsize=CHUNK_BYTES) as tar,
        ):
            tar.add(root, arcname=".", filter=owned_by_root)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    with os.fdopen(reading, "rb") as source:
        while chunk := source.read(CHUNK_BYTES):
            yield chunk
    writer.join()
