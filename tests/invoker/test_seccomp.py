"""The local sandbox's filter of system calls: what it is made of, on either architecture."""

import ctypes
import os
from collections.abc import Iterator

import pytest

from invoker.errors import SandboxUnavailable
from invoker.sandbox import seccomp, system_calls

# As in the kernel's linux/audit.h, which libseccomp takes them from.
X86_64, AARCH64 = 0xC000003E, 0xC00000B7
INSTRUCTION_BYTES = 8
INSTRUCTIONS_MAX = 4_096
"""The kernel takes no longer program."""
FORBIDDEN = {
    "mount",
    "unshare",
    "setns",
    "clone3",
    "ptrace",
    "bpf",
    "keyctl",
    "io_uring_setup",
    "perf_event_open",
}


@pytest.fixture
def made_anew() -> Iterator[None]:
    """The program is not taken from before, and not kept."""
    seccomp.program.cache_clear()
    yield
    seccomp.program.cache_clear()


def number(name: str, architecture: int) -> int:
    """A call's number on an architecture, negative where it has none."""
    library = ctypes.CDLL(seccomp.LIBRARY)
    return int(library.seccomp_syscall_resolve_name_arch(ctypes.c_uint32(architecture), name.encode()))


def test_it_is_a_program_that_the_kernel_takes() -> None:
    program = seccomp.program()
    assert len(program) % INSTRUCTION_BYTES == 0
    assert 100 < len(program) // INSTRUCTION_BYTES < INSTRUCTIONS_MAX


def test_each_start_reads_it_from_its_beginning() -> None:
    for _ in range(2):
        descriptor = seccomp.descriptor()
        try:
            assert os.read(descriptor, len(seccomp.program()) + 1) == seccomp.program()
        finally:
            os.close(descriptor)


def test_what_leads_out_of_a_sandbox_is_not_in_the_list() -> None:
    assert not FORBIDDEN & system_calls.ALLOWED


@pytest.mark.parametrize("architecture", [X86_64, AARCH64])
def test_what_every_program_needs_is_in_the_list_on_each_architecture(architecture: int) -> None:
    needed = {
        "read",
        "write",
        "openat",
        "close",
        "mmap",
        "futex",
        "execve",
        "ppoll",
        "epoll_pwait",
        "exit_group",
    }
    assert needed <= system_calls.ALLOWED
    assert all(number(name, architecture) >= 0 for name in needed | {"clone", "socket", "personality"})


def test_without_the_library_the_local_sandbox_says_what_is_missing(
    made_anew: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seccomp, "LIBRARY", "libseccomp.so.none")
    with pytest.raises(SandboxUnavailable, match=r"libseccomp\.so\.none"):
        seccomp.program()
