"""The runtime's tree as a function sees it."""

import json
import os
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from invoker.errors import SetUpIncomplete
from invoker.image import debian, definition
from invoker.image.runtime_tree import runtime_directory

RUNTIMES = Path(os.environ.get("PLAYGROUND_RUNTIME", Path(__file__).parents[2] / ".state" / "runtime"))
ENVIRONMENT = {
    "LANG": "en_US.UTF-8",
    "TZ": ":UTC",
    "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    "NODE_PATH": "/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:"
    "/var/runtime:/var/task",
}
SDK = [
    *(
        "client-cloudwatch",
        "client-cloudwatch-logs",
        "client-dynamodb",
        "client-eventbridge",
        "client-kinesis",
    ),
    *("client-lambda", "client-s3", "client-secrets-manager", "client-sfn", "client-sns", "client-sqs"),
    *("client-ssm", "client-sts", "lib-dynamodb", "lib-storage", "s3-request-presigner", "util-dynamodb"),
]


@pytest.fixture(scope="module")
def root() -> Path:
    """The built tree."""
    return runtime_directory(RUNTIMES) / "rootfs"


def inside(root: Path, task: Path, *command: str, layer: Path | None = None) -> str:
    """What a command prints in the tree, with a folder as /var/task."""
    if shutil.which("bwrap") is None:
        pytest.fail("bwrap is missing: apt-get install bubblewrap")
    bwrap = [
        *("bwrap", "--unshare-all", "--die-with-parent", "--clearenv", "--uid", "993", "--gid", "990"),
        *("--ro-bind", str(root), "/", "--ro-bind", str(task), "/var/task", "--chdir", "/var/task"),
        *("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"),
        *(["--ro-bind", str(layer), "/opt"] if layer else []),
        *(part for name, value in ENVIRONMENT.items() for part in ("--setenv", name, value)),
    ]
    done = subprocess.run([*bwrap, *command], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_it_is_node_22(root: Path, tmp_path: Path) -> None:
    assert inside(root, tmp_path, "node", "-p", "process.version").startswith("v22.")


def test_every_client_of_the_sdk_is_imported_and_required_and_is_the_same(root: Path, tmp_path: Path) -> None:
    (tmp_path / "all.mjs").write_text(
        "import { createRequire } from 'node:module'\n"
        "const require = createRequire(import.meta.url)\n"
        f"for (const name of {json.dumps(SDK)}) {{\n"
        "  const imported = await import(`@aws-sdk/${name}`), required = require(`@aws-sdk/${name}`)\n"
        "  const same = Object.keys(required).every((key) => imported[key] === required[key])\n"
        "  console.log(name, Object.keys(required).length > 0 && same)\n"
        "}\n"
    )

    assert inside(root, tmp_path, "node", "all.mjs").splitlines() == [f"{name} true" for name in SDK]


def test_a_layer_is_imported_and_goes_before_the_sdk(root: Path, tmp_path: Path) -> None:
    for name in ("mine", "@aws-sdk/client-s3"):
        package = tmp_path / "layer/nodejs/node_modules" / name
        package.mkdir(parents=True)
        (package / "index.js").write_text(f"exports.from = 'layer {name}'")
    (tmp_path / "task").mkdir()
    (tmp_path / "task/index.mjs").write_text(
        "import mine from 'mine'; import s3 from '@aws-sdk/client-s3'; console.log(mine.from + ', ' + s3.from)"
    )

    printed = inside(root, tmp_path / "task", "node", "index.mjs", layer=tmp_path / "layer")

    assert printed == "layer mine, layer @aws-sdk/client-s3\n"


def test_the_runtime_client_loads_with_its_native_part(root: Path, tmp_path: Path) -> None:
    script = "import('/var/runtime/node_modules/aws-lambda-ric/dist/index.mjs').then((m) => console.log(typeof m.run))"

    assert inside(root, tmp_path, "node", "-e", script) == "function\n"


def test_the_language_is_known_to_programs(root: Path, tmp_path: Path) -> None:
    assert inside(root, tmp_path, "bash", "-c", "printf 'äö' | wc -m") == "2\n"


def test_the_function_s_user_has_a_name(root: Path, tmp_path: Path) -> None:
    identity = inside(root, tmp_path, "id")

    assert identity == "uid=993(sbx_user1051) gid=990(sbx_user1051) groups=990(sbx_user1051)\n"


def test_relay_shell_and_emulator_are_there(root: Path, tmp_path: Path) -> None:
    programs = ("socat", "setpriv", "awk", "aws-lambda-rie")
    script = "".join(f"command -v {program};" for program in programs)

    found = inside(root, tmp_path, "sh", "-c", script).split()

    assert [Path(path).name for path in found] == list(programs)


def test_nothing_in_it_gives_privileges_or_is_a_device(root: Path) -> None:
    for path in root.rglob("*"):
        mode = path.lstat().st_mode
        assert path.is_symlink() or path.is_file() or path.is_dir(), path
        assert path.is_symlink() or mode & 0o6000 == 0, path


def test_mount_points_are_empty_and_licences_are_kept(root: Path) -> None:
    for name in ("var/task", "opt", "run/invoker", "tmp"):
        assert list((root / name).iterdir()) == []
    assert (root / "tmp").stat().st_mode & 0o7777 == 0o1777
    assert (root / "usr/share/doc/socat/copyright").is_file()
    assert (root / "var/lang/LICENSE").is_file()
    assert (root / "var/runtime/node_modules/aws-lambda-ric/THIRD-PARTY-LICENSES").is_file()


def test_it_stays_small(root: Path) -> None:
    assert sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) < 220_000_000


def test_a_runtime_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(SetUpIncomplete, match="make setup"):
        runtime_directory(tmp_path)


def test_another_architecture_has_another_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    here = definition.part_hash("debian")
    monkeypatch.setattr("platform.machine", lambda: "other")

    assert definition.part_hash("debian") != here
    with pytest.raises(SetUpIncomplete, match="this machine is other"):
        definition.architecture()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("usr/bin/bash", True),
        ("usr/share/doc/bash", True),
        ("usr/share/doc/bash/copyright", True),
        ("usr/share/doc/bash/examples", False),
        ("usr/share/locale/fr/LC_MESSAGES/bash.mo", False),
        ("usr/share/localedef", True),
        ("var/lib/dpkg/status", False),
        ("dev/null", False),
        ("etc/ssl/openssl.cnf", True),
        ("usr/bin/dpkg", False),
        ("bin", False),
    ],
)
def test_of_the_packages_only_the_runtime_s_files_are_kept(path: str, kept: bool) -> None:
    assert debian.left_out(PurePosixPath(path)) is not kept


@pytest.mark.parametrize(
    ("path", "place"),
    [("bin/sh", "usr/bin/sh"), ("lib/x/libc.so.6", "usr/lib/x/libc.so.6"), ("usr/bin/env", "usr/bin/env")],
)
def test_programs_lie_in_usr(path: str, place: str) -> None:
    assert debian.merged(PurePosixPath(path)) == PurePosixPath(place)
