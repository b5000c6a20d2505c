"""AWS SAM CLI where it is installed, on the same image as the Docker sandbox."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docker
from botocore.exceptions import BotoCoreError

from invoker.image.docker_image import ensure_image
from invoker.image.runtime_tree import runtime_directory
from invoker.sandbox.control_directory import NODE
from tests.bench import handlers
from tests.bench.ways_in import EVENT, Boto3Function
from tests.playground.lambda_api.clients import lambda_client
from tests.serving import CHECKOUT, free_port

REPOSITORY = "lambda-playground/sam"
TAG = f"{REPOSITORY}:bench"
FUNCTION = "Measured"
READY_MAX_S = 120.0
TEMPLATE = f"""\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  {FUNCTION}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code/
      Handler: index.handler
      Runtime: nodejs22.x
      Timeout: 30
      MemorySize: 128
"""

# SAM CLI starts /var/runtime/bootstrap, which AWS's image has and the one made of packages has not.
DOCKERFILE = """\
FROM {image}
USER 0
COPY bootstrap /tmp/bootstrap
RUN test -x /var/runtime/bootstrap || cp /tmp/bootstrap /var/runtime/bootstrap
"""
BOOTSTRAP = f"""\
#!/bin/sh
export LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime
exec {NODE} --no-experimental-require-module --no-experimental-detect-module --expose-gc /var/runtime/index.mjs
"""


def program() -> str | None:
    """The path of `sam`: what the variable SAM names, else what the PATH has."""
    return shutil.which(os.environ.get("SAM") or "sam")


def environment() -> dict[str, str]:
    """What `sam` is started with: it tells nobody of it, and asks AWS nothing."""
    return {
        **os.environ,
        "SAM_CLI_TELEMETRY": "0",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "AKIABENCH",
        "AWS_SECRET_ACCESS_KEY": "any",
    }


def build_image(client: docker.DockerClient, context: Path, tag: str) -> None:
    """Make the image that SAM CLI runs functions in, out of the runtime's; `context` is a folder to make."""
    runtimes = Path(os.environ.get("PLAYGROUND_RUNTIME", CHECKOUT / ".state" / "runtime"))
    context.mkdir()
    (context / "bootstrap").write_text(BOOTSTRAP)
    (context / "bootstrap").chmod(0o755)
    image = ensure_image(client, runtime_directory(runtimes))
    (context / "Dockerfile").write_text(DOCKERFILE.format(image=image))
    client.images.build(path=str(context), tag=tag, rm=True)


def remove_images(client: docker.DockerClient, repository: str) -> None:
    """Remove every image of a repository, those too that SAM CLI made of it.

    What was built of the same files is one image, which other repositories may have their names for.
    """
    for image in client.images.list(repository):
        for tag in image.tags:
            if tag.startswith(f"{repository}:"):
                client.images.remove(tag, force=True)


class Sam:
    """SAM CLI with one function and an image of its own; used in a `with` block, which leaves nothing."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._client = docker.from_env()
        self._folder = Path(tempfile.mkdtemp(prefix="playground-bench-sam-"))
        (self._folder / "code").mkdir()
        (self._folder / "template.yaml").write_text(TEMPLATE)
        (self._folder / "event.json").write_text(EVENT)

    def __enter__(self) -> "Sam":
        try:
            self._write_code()
            self._build_image()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self._remove()

    def cold_ms(self) -> float:
        """One whole `sam local invoke` of new code. Raises RuntimeError when it does not give the event back."""
        self._write_code()
        began = time.perf_counter()
        run = subprocess.run(
            self._command("invoke", FUNCTION, "--event", "event.json"),
            cwd=self._folder,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        took = time.perf_counter() - began
        if run.returncode or EVENT not in run.stdout:
            raise RuntimeError(f"sam local invoke failed: {run.stdout} {run.stderr}")
        return took * 1000

    @contextmanager
    def started(self) -> Iterator[Boto3Function]:
        """The function behind `sam local start-lambda` with its container kept warm."""
        port = free_port()
        output = (self._folder / "start-lambda.log").open("w+")
        server = subprocess.Popen(
            self._command("start-lambda", "--port", str(port), "--warm-containers", "EAGER"),
            cwd=self._folder,
            env=environment(),
            stdout=output,
            stderr=output,
        )
        try:
            # It has no log tail.
            function = Boto3Function(lambda_client(f"http://127.0.0.1:{port}"), FUNCTION, "None")
            _wait_for(function, server, Path(output.name))
            yield function
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)
            output.close()

    def _remove(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        remove_images(self._client, REPOSITORY)

    def _build_image(self) -> None:
        build_image(self._client, self._folder / "image", TAG)
        # Its first run makes a further image of this one; that is no part of what is measured.
        self.cold_ms()

    def _command(self, *arguments: str) -> list[str]:
        return [self._path, "local", *arguments, "--invoke-image", TAG, "--skip-pull-image"]

    def _write_code(self) -> None:
        (self._folder / "code" / "index.mjs").write_text(handlers.trivial())


def _wait_for(function: Boto3Function, server: "subprocess.Popen[Any]", log: Path) -> None:
    end = time.monotonic() + READY_MAX_S
    while True:
        try:
            function.invoke()
            return
        except BotoCoreError as error:
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(
                    f"sam local start-lambda does not answer: {log.read_text()[-2000:]}"
                ) from error
            time.sleep(0.5)
