"""The command line of the engine.

python -m invoker FOLDER --event FILE --memory 256 --timeout 5     runs a folder as Lambda would
python -m invoker sweep                                           removes what killed engines left
"""

import argparse
import asyncio
import getpass
import logging
import os
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path

from invoker import limits
from invoker.compiler import Compiler
from invoker.deployment_package import DeploymentPackage, PackageFile, path_faults
from invoker.engine import Engine
from invoker.environment_variables import environment_faults
from invoker.errors import InvokerError
from invoker.event_payload import event_faults, normalised
from invoker.events import Finished, LogLine, Outcome
from invoker.fault import Fault
from invoker.image import compiler
from invoker.invocation import FunctionConfiguration, Invocation, configuration_faults
from invoker.pool_settings import PoolSettings
from invoker.sandbox import choice
from invoker.sandbox.choice import KINDS, SandboxSettings
from invoker.typescript import is_compiled, output_of

EXIT_FUNCTION_ERROR = 1
EXIT_BAD_INPUT = 2
EXIT_PLATFORM = 3


def main(arguments: Sequence[str]) -> int:
    """Run a command; gives the exit status. Logs go to standard error, the response to standard output."""
    logging.basicConfig(format="%(message)s")
    if arguments[:1] == ["sweep"]:
        return _sweep(arguments[1:])
    options = _options().parse_args(arguments)
    try:
        invocation, faults = _invocation(options)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return EXIT_BAD_INPUT
    except InvokerError as error:
        print(error, file=sys.stderr)
        return EXIT_PLATFORM
    for fault in faults:
        place = f" (line {fault.line}, column {fault.column})" if fault.line else ""
        print(f"{'.'.join(fault.field)}: {fault.message}{place}", file=sys.stderr)
    if faults:
        return EXIT_BAD_INPUT
    try:
        engine = Engine.start(options.state, _settings(options), PoolSettings(waiting=0))
    except InvokerError as error:
        print(error, file=sys.stderr)
        return EXIT_PLATFORM
    try:
        return _run(engine, invocation, options.repeat)
    except KeyboardInterrupt:
        return 130
    finally:
        engine.close()


def _run(engine: Engine, invocation: Invocation, times: int) -> int:
    status = 0
    for _ in range(times):
        for event in engine.invoke(invocation):
            if isinstance(event, LogLine):
                print(event.text, file=sys.stderr, flush=True)
            elif isinstance(event, Finished):
                if event.notice:
                    print(event.notice, file=sys.stderr)
                sys.stdout.buffer.write(event.response + b"\n")
                sys.stdout.flush()
                status = 0 if event.outcome is Outcome.OK else EXIT_FUNCTION_ERROR
    return status


def _invocation(options: argparse.Namespace) -> tuple[Invocation, list[Fault]]:
    environment = dict(pair.partition("=")[::2] for pair in options.environment)
    files = {
        path.relative_to(options.folder).as_posix(): PackageFile(path.read_bytes(), os.access(path, os.X_OK))
        for path in sorted(options.folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    event = options.event.read_bytes() if options.event else b"{}"
    faults = [
        *path_faults(files),
        *configuration_faults(options.handler, options.memory, options.timeout, options.ephemeral_storage),
        *environment_faults(environment),
        *event_faults(event),
    ]
    if not files:
        faults.append(Fault(("files",), f"There are no files in {options.folder}."))
    if not faults:
        files = _compiled(files, options.state, faults)
    configuration = FunctionConfiguration(
        function_name=options.name,
        handler=options.handler,
        memory_size=options.memory,
        timeout=options.timeout,
        ephemeral_storage=options.ephemeral_storage,
        environment=environment,
        source_maps=is_compiled(files),
    )
    invocation = Invocation(
        str(uuid.uuid4()), getpass.getuser(), configuration, DeploymentPackage.of(files), normalised(event)
    )
    return invocation, faults


def _compiled(files: dict[str, PackageFile], state: Path, faults: list[Fault]) -> dict[str, PackageFile]:
    """The files with the JavaScript of those in TypeScript that has none yet. Raises InvokerError."""
    texts = {
        path: file.content.decode(errors="replace")
        for path, file in files.items()
        if path.split("/")[-1] == "package.json" or output_of(path) not in {None, *files}
    }
    if not is_compiled(texts):
        return files
    made = Compiler(compiler.program(state / "runtime")).compiled(texts)
    if isinstance(made, list):
        faults += made
        return files
    return files | {path: PackageFile(text.encode()) for path, text in made.items() if path not in files}


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m invoker", description="Run a folder as AWS Lambda would.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the deployment package, unpacked")
    parser.add_argument("--event", type=Path, metavar="FILE", help="the event as JSON; {} without it")
    parser.add_argument("--handler", default="index.handler")
    parser.add_argument("--name", default="function", help="the function's name")
    parser.add_argument("--memory", type=int, default=limits.MEMORY_DEFAULT_MB, metavar="MB")
    parser.add_argument("--timeout", type=int, default=limits.TIMEOUT_DEFAULT_S, metavar="SECONDS")
    parser.add_argument(
        "--ephemeral-storage",
        type=int,
        default=limits.EPHEMERAL_STORAGE_DEFAULT_MB,
        metavar="MB",
        help="the size of /tmp",
    )
    parser.add_argument(
        "--environment", action="append", default=[], metavar="KEY=VALUE", help="may be given several times"
    )
    parser.add_argument(
        "--repeat", type=int, default=1, metavar="N", help="invoke N times, the later ones warm"
    )
    _common(parser)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sandbox", choices=KINDS, default="auto")
    parser.add_argument("--state", type=Path, default=Path(".state"), help="the folder of all state")


def _settings(options: argparse.Namespace) -> SandboxSettings:
    return SandboxSettings(kind=options.sandbox)


def _sweep(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        "python -m invoker sweep", description="Remove what killed engines left."
    )
    _common(parser)
    options = parser.parse_args(arguments)
    try:
        count = asyncio.run(choice.sweep(choice.provider(options.state, _settings(options)), options.state))
    except InvokerError as error:
        print(error, file=sys.stderr)
        return EXIT_PLATFORM
    print(f"{count} sandboxes removed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
