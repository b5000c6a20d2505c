"""Where the built runtime is, and what is left to do until it is there.

<runtimes>/parts/<part>-<hash>/    each part alone, so that a change rebuilds what it touches
<runtimes>/<hash>/rootfs/          the root file system; present means whole
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from invoker.errors import SetUpIncomplete
from invoker.image import aws_sdk, debian, emulator, runtime_client
from invoker.image.assembly import assemble
from invoker.image.building import building
from invoker.image.definition import part_hash, tree_hash
from invoker.image.step import Step, Task

ROOT = "rootfs"
BUILD_TOOLS = frozenset({"system", "venv", "toolchain"})


def runtime_directory(runtimes: Path) -> Path:
    """The folder of the runtime as this version of the code defines it; `rootfs` in it is the tree.

    `runtimes` is the folder `runtime` of the state. Raises SetUpIncomplete when it is not built.
    """
    folder = runtimes / tree_hash()
    if not (folder / ROOT).is_dir():
        raise SetUpIncomplete(
            f"The runtime of the functions is not built ({folder} is missing): "
            "run `make setup`, or `python -m invoker.image build`."
        )
    return folder


def tasks(state: Path, runtimes: Path, python: Path) -> list[Task]:
    """What is left to do for the tree; empty when it is there.

    `python` is an interpreter that has pip. The tasks count on one named "venv" that makes it, on
    "toolchain", and on "system" for the tools that compile.
    """
    tree = runtimes / tree_hash()
    if (tree / ROOT).is_dir():
        return []
    builders: dict[str, tuple[str, int, Callable[[Path, Step], None], frozenset[str]]] = {
        "runtime_client": (
            "Node.js 22 and AWS's runtime interface client, compiled",
            90,
            partial(runtime_client.build, state=state),
            BUILD_TOOLS,
        ),
        "debian": ("Debian packages of the runtime", 10, debian.build, frozenset({"system"})),
        "emulator": (
            "AWS's Runtime Interface Emulator",
            5,
            partial(emulator.build, python=python),
            frozenset({"venv"}),
        ),
        "aws_sdk": (
            "AWS SDK for JavaScript of the runtime",
            15,
            partial(aws_sdk.build, state=state),
            BUILD_TOOLS,
        ),
    }
    parts = {name: runtimes / "parts" / f"{name}-{part_hash(name)}" for name in builders}
    missing = [
        Task(name, title, expected_s, partial(_part, parts[name], build), after)
        for name, (title, expected_s, build, after) in builders.items()
        if not parts[name].is_dir()
    ]

    def put_together(_: Step) -> None:
        with building(tree) as made:
            (made / ROOT).mkdir()
            assemble(made / ROOT, parts)

    return [*missing, Task("assembly", "Runtime put together", 0, put_together, frozenset(builders))]


def _part(target: Path, build: Callable[[Path, Step], None], step: Step) -> None:
    with building(target) as made:
        build(made, step)
