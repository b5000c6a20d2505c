"""`python -m invoker.image build` makes the runtime's tree; `image` makes the Docker image of it."""

import argparse
import os
import sys
from pathlib import Path

from invoker.errors import InvokerError
from invoker.image import compiler, runtime_tree, toolchain
from invoker.image.step import Task, in_order


def main() -> int:
    """Read the command line and do it; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m invoker.image", description=__doc__)
    parser.add_argument("command", choices=("build", "image"))
    parser.add_argument("--state", type=Path, default=Path(os.environ.get("PLAYGROUND_STATE", ".state")))
    parser.add_argument("--source", default="auto", help="image: auto, aws or packages")
    arguments = parser.parse_args()
    state = arguments.state.resolve()
    runtimes = Path(os.environ.get("PLAYGROUND_RUNTIME", state / "runtime")).resolve()
    try:
        return _build(state, runtimes) if arguments.command == "build" else _image(runtimes, arguments.source)
    except InvokerError as error:
        print(error, file=sys.stderr)
        return 1


def _build(state: Path, runtimes: Path) -> int:
    python = Path(sys.executable)
    pending: list[Task] = runtime_tree.tasks(state, runtimes, python)
    if typescript := compiler.task(state, runtimes):
        pending.append(typescript)
    if pending and (tools := toolchain.task(state, python)):
        pending.insert(0, tools)
    code = in_order(pending, state / "logs")
    if code == 0:
        print(runtime_tree.runtime_directory(runtimes))
    return code


def _image(runtimes: Path, source: str) -> int:
    import docker

    from invoker.image.docker_image import ensure_image
    from invoker.sandbox import engine_limits

    try:
        client = docker.from_env()
    except docker.errors.DockerException as error:
        print(f"No Docker Engine answers: {error}", file=sys.stderr)
        return 1
    # A worker behind the proxy may not ask the engine for this.
    if refusal := engine_limits.refusal(client.info()):
        print(refusal, file=sys.stderr)
        return 1
    # AWS's own image brings every part along.
    runtime = None if source == "aws" else runtime_tree.runtime_directory(runtimes)
    print(ensure_image(client, runtime, source))
    return 0


if __name__ == "__main__":
    sys.exit(main())
