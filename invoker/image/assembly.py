"""The parts put together: the tree that a function sees.

Parts are linked, not copied, so that the tree takes no second place on the disk.
"""

import os
import shutil
from pathlib import Path

from invoker.image.definition import FOLDER

# A module of a function finds packages in node_modules beside it and in every folder above; NODE_PATH counts
# for require() alone. With these two, `import` finds layers first and the SDK next, as on Lambda.
IMPORTED_FROM = {"var/node_modules": "/opt/nodejs/node_modules", "node_modules": "/var/runtime/node_modules"}
EMPTY = ("opt", "run/invoker", "var/task", "home", "root")


def assemble(root: Path, parts: dict[str, Path]) -> None:
    """Make the root file system `root` of the parts' folders, named as in definition.PARTS."""
    _link(parts["debian"], root)
    client = parts["runtime_client"]
    runtime = root / "var/runtime"
    modules = runtime / "node_modules"
    _link(parts["aws_sdk"], modules)
    _link(client / "aws-lambda-ric", modules / "aws-lambda-ric")
    shutil.copy(FOLDER / "index.mjs", runtime / "index.mjs")
    (root / "var/lang/bin").mkdir(parents=True)
    os.link(client / "node", root / "var/lang/bin/node")
    os.link(client / "LICENSE.node", root / "var/lang/LICENSE")
    emulator = root / "usr/local/bin/aws-lambda-rie"
    emulator.parent.mkdir(parents=True, exist_ok=True)
    os.link(parts["emulator"] / "aws-lambda-rie", emulator)
    for name in EMPTY:
        (root / name).mkdir(parents=True, exist_ok=True)
    for name, target in IMPORTED_FROM.items():
        (root / name).symlink_to(target)


def _link(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, target, copy_function=os.link, symlinks=True, dirs_exist_ok=True)
