"""The local sandbox where limits cannot be enforced: refused, unless each is accepted by name."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from .conftest import CHECKOUT

NOBODY = 65534
AS_NOBODY = """
import asyncio, concurrent.futures.thread, encodings.idna, json, os, pathlib, sys, uuid
from invoker.deployment_package import DeploymentPackage
from invoker.engine import Engine
from invoker.errors import InvokerError
from invoker.image.definition import tree_hash
from invoker.invocation import FunctionConfiguration, Invocation
from invoker.sandbox.choice import SandboxSettings
state, runtime, accepted = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), frozenset(sys.argv[3:])
tree_hash()  # kept, as its files may lie where this user cannot read
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    engine = Engine.start(state, SandboxSettings("local", runtime=runtime, accept_unenforced=accepted))
except InvokerError as error:
    sys.exit(str(error))
code = "export const handler = async () => ({ uid: process.getuid() })"
invocation = Invocation(str(uuid.uuid4()), "me", FunctionConfiguration("f"), DeploymentPackage.of_texts({"index.mjs": code}))
finished = list(engine.invoke(invocation))[-1]
print(json.dumps([json.loads(finished.response), finished.metrics.max_memory_used_mb, engine.sandbox_notice]))
engine.close()
"""


def as_nobody(state: Path, *accepted: str) -> "subprocess.CompletedProcess[str]":
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    os.chown(state, NOBODY, NOBODY)
    for folder in state.parents:
        if folder.stat().st_uid == 0 and folder.is_relative_to(tempfile.gettempdir()):
            folder.chmod(folder.stat().st_mode | 0o711)
    runtime = state / "runtime"
    runtime.mkdir()
    # The checkout may lie where nobody can go, so its runtime is brought to where this user is at home.
    bring = f'mount --bind {CHECKOUT}/.state/runtime {runtime} && exec "$0" "$@"'
    python = [sys.executable, "-c", AS_NOBODY, str(state), str(runtime), *accepted]
    return subprocess.run(
        ["unshare", "--mount", "sh", "-c", bring, *python],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_limits_that_cannot_be_enforced_are_refused_with_the_setting_that_accepts_them(
    tmp_path: Path,
) -> None:
    result = as_nobody(tmp_path, "memory")
    assert result.returncode == 1
    assert "cannot enforce the limits of processes here" in result.stderr
    assert "LOCAL_SANDBOX_ACCEPT_UNENFORCED=memory,processes" in result.stderr


def test_accepted_by_name_it_runs_and_says_what_is_missing(tmp_path: Path) -> None:
    result = as_nobody(tmp_path, "memory", "processes")
    assert result.returncode == 0, result.stderr
    answer, memory_mb, notice = json.loads(result.stdout)
    assert answer == {"uid": 993}
    assert 20 < memory_mb < 128
    assert "meant for your own code" in notice
    assert "memory and processes are not enforced" in notice
