"""Programs that come from the system's own packages: which are missing, and putting them in."""

import ctypes
import importlib.util
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from invoker.image.step import Step, StepFailed, Task

LOCK_WAIT_S = 600
LOCK_RETRY_S = 5
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
POSTGRESQL = Path("/usr/lib/postgresql")
POLICY = Path("/usr/sbin/policy-rc.d")
RELEASE = Path("/etc/os-release")
APT_SAYS = ("Get:", "Unpacking ", "Setting up ")
"""How the lines begin that apt prints of each package, fetched, unpacked and set up."""
_LOCKED = ("Could not get lock", "Unable to acquire the dpkg frontend lock", "is another process using it")


@dataclass(frozen=True, slots=True)
class Need:
    """Something the system has to offer, the Debian package that brings it, and what it is for."""

    name: str
    package: str
    purpose: str
    present: Callable[[], bool]
    dispensable: bool = False
    """Whether the rest does without it outside CI: the tests that need it are skipped and say so."""


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _program(name: str, package: str, purpose: str, dispensable: bool = False) -> Need:
    return Need(name, package, purpose, lambda: shutil.which(name) is not None, dispensable)


RUNNING = (
    _program("redis-server", "redis-server", "the queue and the live events"),
    _program("bwrap", "bubblewrap", "the local sandbox"),
    Need("libseccomp", "libseccomp2", "its filter of system calls", lambda: _loads("libseccomp.so.2")),
)
ENVIRONMENT = (
    Need(
        "Python's venv module",
        "python3-venv",
        "the Python packages",
        lambda: importlib.util.find_spec("ensurepip") is not None,
    ),
)
BUILDING = (
    _program("mmdebstrap", "mmdebstrap", "the runtime's root file system"),
    Need("Debian's archive keys", "debian-archive-keyring", "the same", KEYRING.exists),
    *(
        _program(name, package, "compiling AWS's runtime client")
        for name, package in (
            ("cmake", "cmake"),
            ("g++", "g++"),
            ("make", "make"),
            ("autoconf", "autoconf"),
            ("automake", "automake"),
            ("libtoolize", "libtool"),
        )
    ),
)
TESTING = (
    _program("chromium", "chromium", "the tests of the page", dispensable=True),
    _program("haproxy", "haproxy", "the tests of the proxy before the Docker Engine", dispensable=True),
    Need(
        "PostgreSQL's initdb",
        "postgresql",
        "the tests of the other database",
        # Debian keeps it off the PATH, in a folder for each version.
        lambda: shutil.which("initdb") is not None or any(POSTGRESQL.glob("*/bin/initdb")),
        dispensable=True,
    ),
)


def missing(testing: bool, builds_runtime: bool, makes_environment: bool) -> list[Need]:
    """What this machine has to offer for the purpose, and does not."""
    needs = [
        *RUNNING,
        *(ENVIRONMENT if makes_environment else ()),
        *(BUILDING if builds_runtime else ()),
        *(TESTING if testing else ()),
    ]
    return [need for need in needs if not need.present()]


def refusals(needs: list[Need]) -> list[str]:
    """Why they are not installed here, naming all of them; empty where they can be, or are dispensable."""
    if may_install() or (not os.environ.get("CI") and all(need.dispensable for need in needs)):
        return []
    packages = " ".join(need.package for need in needs)
    if _is_debian():
        how = f"As root: apt-get install --no-install-recommends {packages}"
    else:
        how = f"Debian's packages with them are {packages}; install what this system calls them"
    return [
        *(f"- {need.name} is missing ({need.purpose})." for need in needs),
        f"{how}, then run this again.",
    ]


def may_install() -> bool:
    """Whether installing packages is ours to do: as root, on Debian or Ubuntu."""
    return os.geteuid() == 0 and _is_debian()


def task(needs: list[Need]) -> Task:
    """The installation of what is missing."""
    packages = [need.package for need in needs]

    def act(step: Step) -> None:
        step.say(f"Installing {' '.join(packages)}")
        with _no_services_started():
            _apt(step, ["update"])
            planned = _apt(step, ["install", "--simulate", *packages]).count("\nInst ")
            _apt(step, ["install", *packages], counting=APT_SAYS, total=len(APT_SAYS) * planned)

    return Task("system", "System packages", 60, act)


def _apt(step: Step, arguments: list[str], counting: tuple[str, ...] = (), total: int = 0) -> str:
    """Run apt-get; while another package manager is at work, say so and wait for it."""
    give_up = time.monotonic() + LOCK_WAIT_S
    while True:
        try:
            return step.run(
                ["apt-get", "--yes", "--no-install-recommends", *arguments],
                environment={"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
                counting=counting,
                total=total,
            )
        except StepFailed as failure:
            if not any(sign in str(failure) for sign in _LOCKED) or time.monotonic() > give_up:
                raise
            step.say("Another package manager holds apt's lock; waiting for it to finish.")
            time.sleep(LOCK_RETRY_S)


@contextmanager
def _no_services_started() -> Iterator[None]:
    """Keep packages from starting their services: the playground starts its own Redis."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def _is_debian() -> bool:
    if not RELEASE.exists() or shutil.which("apt-get") is None:
        return False
    fields = dict(line.split("=", 1) for line in RELEASE.read_text().splitlines() if "=" in line)
    families = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', "").split()
    return bool({"debian", "ubuntu"} & set(families))
