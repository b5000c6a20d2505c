"""The Debian part of the root file system: a shell, the small tools and the C++ library.

Packages are unpacked and not configured: nothing of them runs, so that this needs no root and no chroot, and
takes seconds. What their configuration would have written is written here.
"""

import os
import tarfile
from pathlib import Path, PurePosixPath

from invoker.image.definition import DEBIAN_RELEASE
from invoker.image.step import Step

PACKAGES = (
    "bash",
    "ca-certificates",
    "coreutils",
    "dash",
    "findutils",
    "grep",
    "hostname",
    "libc-bin",  # C.UTF-8
    "libstdc++6",  # Node.js and native modules
    "mawk",
    "sed",
    "socat",
    "usr-is-merged",  # instead of usrmerge, which brings all of Perl
    "util-linux",
)
# Needed to install packages, to read about them, or by other programs than a function's.
LEFT_OUT = (
    *("boot", "dev", "proc", "run", "sys", "tmp", "etc/apt", "etc/cron.daily", "etc/dpkg", "etc/init.d"),
    *("etc/pam.d", "etc/systemd", "etc/logrotate.d", "usr/lib/apt", "usr/lib/dpkg", "usr/lib/systemd"),
    *("usr/lib/udev", "usr/libexec/dpkg", "usr/share/bash-completion", "usr/share/bug", "usr/share/debconf"),
    *("usr/share/doc-base", "usr/share/dpkg", "usr/share/gcc", "usr/share/gdb", "usr/share/info"),
    *("usr/share/lintian", "usr/share/locale", "usr/share/man", "usr/share/menu", "usr/share/perl5"),
    *("usr/share/pixmaps", "usr/share/polkit-1", "var/cache", "var/lib/apt", "var/lib/dpkg", "var/log"),
)
MERGED = ("bin", "lib", "lib32", "lib64", "libx32", "sbin")
MIRROR_VARIABLE = "DEBIAN_MIRROR"

# On Lambda the function's user is called so and has these ids.
USERS = """root:x:0:0:root:/root:/bin/bash
sbx_user1051:x:993:990::/home/sbx_user1051:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
"""
GROUPS = "root:x:0:\nsbx_user1051:x:990:\nnogroup:x:65534:\n"


def build(folder: Path, step: Step) -> None:
    """Fill `folder` with the file system."""
    archive = folder / "debian.tar"
    mirror = os.environ.get(MIRROR_VARIABLE)
    step.run(
        [
            *("mmdebstrap", "--variant=extract", f"--mode={'root' if os.geteuid() == 0 else 'chrootless'}"),
            *(f"--include={','.join(PACKAGES)}", DEBIAN_RELEASE, archive),
            *([mirror] if mirror else []),
        ]
    )
    step.note("unpacking")
    _unpack(archive, folder)
    archive.unlink()
    _configure(folder)


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack what belongs to the runtime; no devices, no setuid bits, everything owned by who builds."""
    for name in MERGED:
        (folder / "usr" / name).mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(f"usr/{name}")
    with tarfile.open(archive) as tar:
        # Newer Pythons would refuse the absolute links of a root file system.
        tar.extraction_filter = lambda member, _: member
        for member in tar:
            path = merged(PurePosixPath(member.name))
            if path == PurePosixPath(".") or left_out(path) or not _is_plain(member):
                continue
            if member.isdir() and (folder / path).is_dir():
                continue
            member.name = str(path)
            if member.islnk():
                member.linkname = str(merged(PurePosixPath(member.linkname)))
            member.mode &= 0o777
            if member.isdir():
                member.mode |= 0o700
            tar.extract(member, folder, numeric_owner=True)
            if os.geteuid() == 0 and not member.islnk():
                os.lchown(folder / path, 0, 0)


def merged(path: PurePosixPath) -> PurePosixPath:
    """Where a file of a package lies in a file system whose /bin, /lib and /sbin are links into /usr."""
    parts = path.parts
    return PurePosixPath("usr", path) if len(parts) > 1 and parts[0] in MERGED else path


def left_out(path: PurePosixPath) -> bool:
    """Whether a file of a package is none of the runtime's; of the documentation, licences are kept."""
    if path.is_relative_to("usr/share/doc"):
        return path.name != "copyright" and len(path.parts) != 4
    if path.parent.name == "bin" and path.name in {"openssl", "dpkg", "tar"}:
        return True
    return str(path) in MERGED or any(path.is_relative_to(name) for name in LEFT_OUT)


def _is_plain(member: tarfile.TarInfo) -> bool:
    return member.isfile() or member.isdir() or member.issym() or member.islnk()


def _configure(folder: Path) -> None:
    for name, mode in (("dev", 0o755), ("proc", 0o555), ("sys", 0o555), ("run", 0o755), ("tmp", 0o1777)):
        (folder / name).mkdir()
        (folder / name).chmod(mode)
    etc = folder / "etc"
    (etc / "passwd").write_text(USERS)
    (etc / "group").write_text(GROUPS)
    (etc / "hosts").write_text("127.0.0.1 localhost\n::1 localhost\n")
    (etc / "nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files dns\n")
    (etc / "resolv.conf").write_text("")
    (etc / "hostname").write_text("lambda\n")
    authorities = sorted((folder / "usr/share/ca-certificates/mozilla").glob("*.crt"))
    (etc / "ssl/certs").mkdir(parents=True, exist_ok=True)
    (etc / "ssl/certs/ca-certificates.crt").write_bytes(b"".join(each.read_bytes() for each in authorities))
    (folder / "usr/bin/awk").symlink_to("mawk")
    # LANG is en_US.UTF-8 on Lambda; here it means the same characters, in the C locale's order and words.
    (folder / "usr/lib/locale/en_US.utf8").symlink_to("C.utf8")
