"""Node.js and AWS's runtime interface client (RIC), with the client's native part compiled.

The RIC is 3.3.0 and not 4: version 4 refuses every handler with a third parameter, `callback`
(Runtime.CallbackHandlerDeprecated), and nodejs22.x accepts them.
"""

import os
import shutil
from pathlib import Path

from invoker.image import npm
from invoker.image.definition import FOLDER, architecture
from invoker.image.step import Step

KEPT = ("LICENSE", "NOTICE", "THIRD-PARTY-LICENSES", "package.json")


def build(folder: Path, step: Step, state: Path) -> None:
    """Fill `folder` with `node`, Node.js's licence, and `aws-lambda-ric/` as it is required at run time."""
    packages = folder / "packages"
    modules = npm.install(FOLDER / "runtime_client", packages, step, state)
    node = modules / architecture().node_package
    step.note("compiling")
    step.run(
        ["npm", "rebuild", "aws-lambda-ric", "--foreground-scripts"],
        folder=packages,
        environment={
            **npm.environment(state),
            "npm_config_nodedir": str(node),
            "MAKEFLAGS": f"-j{os.cpu_count() or 1}",
        },
    )
    client = modules / "aws-lambda-ric"
    made = folder / "aws-lambda-ric"
    made.mkdir()
    for name in KEPT:
        (client / name).rename(made / name)
    (made / "dist").mkdir()
    for name in ("index.mjs", "rapid-client.node"):
        (client / "dist" / name).rename(made / "dist" / name)
    (node / "bin/node").rename(folder / "node")
    (node / "LICENSE").rename(folder / "LICENSE.node")
    shutil.rmtree(packages)
