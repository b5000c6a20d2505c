"""The local sandbox where limits cannot be enforced: refused, unless each is accepted by name."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from invoker.sandbox import cgroup, local_cgroup

from .conftest import CHECKOUT

NOBODY = 65534
AS_NOBODY = '''
import asyncio, dataclasses, concurrent.futures.thread, encodings.idna, json, os, pathlib, sys, uuid
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
code = """
export const handler = async (event) => {
  for (const kept = []; event.hoard;) kept.push(Buffer.alloc(1e6, 1))
  return { uid: process.getuid() }
}"""
invocation = Invocation(str(uuid.uuid4()), "me", FunctionConfiguration("f"), DeploymentPackage.of_texts({"index.mjs": code}))
finished = list(engine.invoke(invocation))[-1]
hoarding = dataclasses.replace(invocation, request_id=str(uuid.uuid4()), event=b'{"hoard": true}')
outcome = list(engine.invoke(hoarding))[-1].outcome if not accepted else None
used = finished.metrics.max_memory_used_mb
print(json.dumps([json.loads(finished.response), used, engine.sandbox_notice, outcome]))
engine.close()
'''


def as_nobody(state: Path, *accepted: str, groups: Sequence[Path] = ()) -> "subprocess.CompletedProcess[str]":
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    os.chown(state, NOBODY, NOBODY)
    for folder in state.parents:
        if folder.stat().st_uid == 0 and folder.is_relative_to(tempfile.gettempdir()):
            folder.chmod(folder.stat().st_mode | 0o711)
    runtime = state / "runtime"
    runtime.mkdir()
    # The checkout may lie where nobody can go, so its runtime is brought to where this user is at home.
    join = "".join(f"echo $$ > {group}/cgroup.procs && " for group in groups)
    bring = f'{join}mount --bind {CHECKOUT}/.state/runtime {runtime} && exec "$0" "$@"'
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
    answer, memory_mb, notice, _ = json.loads(result.stdout)
    assert answer == {"uid": 993}
    assert 20 < memory_mb < 128
    assert "meant for your own code" in notice
    assert "memory and processes are not enforced" in notice


@pytest.fixture
def delegated() -> Iterator[list[Path]]:
    """Control groups that belong to nobody, as a service manager delegates them."""
    tops = [cgroup.ROOT] if local_cgroup.is_unified() else [cgroup.ROOT / "memory", cgroup.ROOT / "pids"]
    if local_cgroup.is_unified():
        (cgroup.ROOT / "cgroup.subtree_control").write_text("+memory +pids")
    groups = [top / f"delegated-{os.getpid()}" for top in tops]
    for group in groups:
        group.mkdir()
        for path in (group, *group.glob("cgroup.*")):
            os.chown(path, NOBODY, NOBODY)
    yield groups
    for group in groups:
        for folder in sorted(group.glob("**/"), reverse=True):
            folder.rmdir()


def test_in_a_delegated_group_every_limit_holds_without_root(tmp_path: Path, delegated: list[Path]) -> None:
    result = as_nobody(tmp_path, groups=delegated)
    assert result.returncode == 0, result.stderr
    answer, memory_mb, notice, outcome = json.loads(result.stdout)
    assert answer == {"uid": 993}
    assert 20 < memory_mb < 128
    assert "not enforced" not in notice
    assert outcome == "out_of_memory"
